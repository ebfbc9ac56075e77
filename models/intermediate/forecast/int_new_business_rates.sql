-- MRR won a month from new and returning customers over the twelve complete months before a forecast, without the
-- company's first.
with

origins as (
    select * from {{ ref('int_forecast_origins') }}
),

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

touch_tiers as (
    select * from {{ ref('int_account_touch_tiers') }}
),

months as (
    select * from {{ ref('int_months') }}
),

history as (
    select min(account_mrr.month) as first_month
    from account_mrr
),

months_counted as (
    select
        origins.made_on,
        months.month,
        count(*) over (partition by origins.made_on) as months_counted
    from origins
    cross join history
    inner join months
        on cast(origins.base_month - interval '12' month as date) < months.month
        and origins.base_month >= months.month
        and history.first_month < months.month
),

won as (
    select
        account_mrr.month,
        coalesce(touch_tiers.touch_tier, '(none)') as touch_tier,
        sum(account_mrr.mrr) as mrr
    from account_mrr
    left join touch_tiers
        on account_mrr.account_id = touch_tiers.account_id
        and account_mrr.month = touch_tiers.month
    where account_mrr.movement_type in ('new', 'reactivation')
    group by account_mrr.month, coalesce(touch_tiers.touch_tier, '(none)')
),

won_and_all as (
    select * from won
    union all
    select
        won.month,
        'all' as touch_tier,
        sum(won.mrr) as mrr
    from won
    group by won.month
),

final as (
    select
        months_counted.made_on,
        won_and_all.touch_tier,
        cast(sum(won_and_all.mrr) as double) / max(months_counted.months_counted) as monthly_mrr
    from months_counted
    inner join won_and_all
        on months_counted.month = won_and_all.month
    group by months_counted.made_on, won_and_all.touch_tier
)

select * from final
