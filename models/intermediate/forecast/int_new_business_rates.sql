-- MRR won a month from new and returning customers over the last twelve complete months, without the company's first.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

touch_tiers as (
    select * from {{ ref('int_account_touch_tiers') }}
),

months as (
    select * from {{ ref('int_months') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

history as (
    select min(account_mrr.month) as first_month
    from account_mrr
),

months_counted as (
    select months.month
    from months
    cross join run_context
    cross join history
    where months.month >= cast(run_context.last_complete_month - interval '11' month as date)
        and months.month <= run_context.last_complete_month
        and months.month > history.first_month
),

month_count as (
    select count(*) as months_counted
    from months_counted
),

won as (
    select
        coalesce(touch_tiers.touch_tier, '(none)') as touch_tier,
        account_mrr.mrr
    from account_mrr
    inner join months_counted
        on account_mrr.month = months_counted.month
    left join touch_tiers
        on account_mrr.account_id = touch_tiers.account_id
        and account_mrr.month = touch_tiers.month
    where account_mrr.movement_type in ('new', 'reactivation')
),

won_and_all as (
    select * from won
    union all
    select
        'all' as touch_tier,
        won.mrr
    from won
),

final as (
    select
        won_and_all.touch_tier,
        cast(sum(won_and_all.mrr) as double) / max(month_count.months_counted) as monthly_mrr
    from won_and_all
    cross join month_count
    group by won_and_all.touch_tier
)

select * from final
