-- Scores of month-ends with enough evidence, over metrics with a history, for accounts that had not given notice.
-- Each has one row for the account's touch tier and one for all.
with

scores as (
    select * from {{ ref('int_health_scores') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

predicted as (
    select
        scores.snapshot_date,
        scores.account_id,
        scores.scheme,
        scores.touch_tier,
        scores.past_score
    from scores
    inner join snapshot_dates
        on scores.snapshot_date = snapshot_dates.snapshot_date
    inner join customers
        on scores.snapshot_date = customers.snapshot_date
        and scores.account_id = customers.account_id
    cross join settings
    where snapshot_dates.is_month_end
        and not customers.has_given_notice
        and scores.past_coverage >= settings.low_confidence_coverage
        and scores.past_score is not null
),

final as (
    select
        predicted.snapshot_date,
        predicted.account_id,
        predicted.scheme,
        predicted.touch_tier,
        predicted.past_score
    from predicted
    union all
    select
        predicted.snapshot_date,
        predicted.account_id,
        predicted.scheme,
        'all' as touch_tier,
        predicted.past_score
    from predicted
)

select * from final
