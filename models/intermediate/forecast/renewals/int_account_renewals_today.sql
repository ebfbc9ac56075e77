-- The next renewal of each customer, with its probability weighted by ARR and its worst risk level.
with

renewals as (
    select * from {{ ref('int_renewals_expected') }}
),

next_renewals as (
    select * from {{ ref('int_next_renewals_by_snapshot') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

risk_levels as (
    select * from {{ ref('policy_risk_levels') }}
),

final as (
    select
        next_renewals.account_id,
        next_renewals.next_renewal_on,
        case
            when sum(renewals.arr_up) > 0
                then
                    sum(
                        cast(renewals.arr_up as double)
                        * case when renewals.has_given_notice then 0 else renewals.calibrated_probability end
                    ) / sum(cast(renewals.arr_up as double))
            else avg(case when renewals.has_given_notice then 0 else renewals.calibrated_probability end)
        end as renewal_probability,
        max_by(renewals.risk_level, risk_levels.risk_rank) as risk_level
    from next_renewals
    inner join run_context
        on next_renewals.snapshot_date = run_context.as_of_date
    left join renewals
        on next_renewals.account_id = renewals.account_id
        and next_renewals.next_renewal_on = renewals.renewal_on
    left join risk_levels
        on renewals.risk_level = risk_levels.risk_level
    group by next_renewals.account_id, next_renewals.next_renewal_on
)

select * from final
