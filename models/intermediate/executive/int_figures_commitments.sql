-- MRR after notices and signed contracts, as of as_of_date.
with

commitments as (
    select * from {{ ref('int_account_commitments') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

tiers as (
    select
        coalesce(account_tiers.touch_tier, '(none)') as touch_tier,
        run_context.as_of_date as measured_on,
        sum(commitments.committed_mrr) as committed_mrr
    from commitments
    cross join run_context
    left join account_tiers
        on commitments.account_id = account_tiers.account_id
        and run_context.as_of_month = account_tiers.month
    group by coalesce(account_tiers.touch_tier, '(none)'), run_context.as_of_date
),

by_tier as (
    select * from tiers
    union all
    select
        'all' as touch_tier,
        tiers.measured_on,
        sum(tiers.committed_mrr) as committed_mrr
    from tiers
    group by tiers.measured_on
),

final as (
    select
        'committed_mrr' as figure,
        by_tier.measured_on,
        by_tier.touch_tier,
        cast(by_tier.committed_mrr as double) as value,
        cast(null as string) as note
    from by_tier
)

select * from final
