-- A churn takes the nearest recorded reason, the earlier on a tie. Of two churns that want one, the nearer gets it.
-- The other takes the nearest reason left over.
with

candidates as (
    select * from {{ ref('int_churn_reason_candidates') }}
),

wanted as (
    select
        candidates.*,
        row_number() over (
            partition by candidates.account_id, candidates.churned_month
            order by candidates.days_apart asc, candidates.recorded_on asc
        ) as wish_number
    from candidates
),

granted as (
    select
        wanted.*,
        row_number() over (
            partition by wanted.account_id, wanted.recorded_on
            order by wanted.days_apart asc, wanted.churned_on asc
        ) as claim_number
    from wanted
    where wanted.wish_number = 1
),

first_round as (
    select
        granted.account_id,
        granted.churned_month,
        granted.recorded_on,
        granted.reason_code
    from granted
    where granted.claim_number = 1
),

left_over as (
    select
        candidates.*,
        row_number() over (
            partition by candidates.account_id, candidates.churned_month
            order by candidates.days_apart asc, candidates.recorded_on asc
        ) as wish_number
    from candidates
    left join first_round as matched_churns
        on candidates.account_id = matched_churns.account_id
        and candidates.churned_month = matched_churns.churned_month
    left join first_round as used_reasons
        on candidates.account_id = used_reasons.account_id
        and candidates.recorded_on = used_reasons.recorded_on
    where matched_churns.account_id is null
        and used_reasons.account_id is null
),

granted_later as (
    select
        left_over.*,
        row_number() over (
            partition by left_over.account_id, left_over.recorded_on
            order by left_over.days_apart asc, left_over.churned_on asc
        ) as claim_number
    from left_over
    where left_over.wish_number = 1
),

final as (
    select
        first_round.account_id,
        first_round.churned_month,
        first_round.recorded_on,
        first_round.reason_code
    from first_round
    union all
    select
        granted_later.account_id,
        granted_later.churned_month,
        granted_later.recorded_on,
        granted_later.reason_code
    from granted_later
    where granted_later.claim_number = 1
)

select * from final
