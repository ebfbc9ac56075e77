with

leakage as (
    select * from {{ ref('int_leakage_ranked') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        cast(leakage.leak_rank as int) as rank,
        'arr_tier' as tier_scheme,
        leakage.tier,
        leakage.reason_category,
        leakage.driver,
        cast(leakage.lost_mrr as decimal(18, 2)) as lost_mrr,
        cast(leakage.lost_mrr as double) / cast(leakage.lost_mrr_in_all as double) as share_of_lost,
        cast(leakage.accounts as bigint) as accounts
    from leakage
    inner join run_context
        on leakage.end_month = run_context.last_complete_month
    where leakage.segment_type = 'all'
)

select * from final
