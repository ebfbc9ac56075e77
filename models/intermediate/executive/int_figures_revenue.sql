-- ARR and customers on each month's end and on as_of_date. Sums by tier give those of all: accounts are read once.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

tiers as (
    select
        customers.snapshot_date as measured_on,
        coalesce(account_tiers.touch_tier, '(none)') as touch_tier,
        count(*) as customers,
        12 * sum(customers.mrr) as arr
    from customers
    inner join snapshot_dates
        on customers.snapshot_date = snapshot_dates.snapshot_date
    left join account_tiers
        on customers.account_id = account_tiers.account_id
        and customers.segment_month = account_tiers.month
    where snapshot_dates.month is not null
    group by customers.snapshot_date, coalesce(account_tiers.touch_tier, '(none)')
),

tiers_and_all as (
    select * from tiers
    union all
    select
        tiers.measured_on,
        'all' as touch_tier,
        sum(tiers.customers) as customers,
        sum(tiers.arr) as arr
    from tiers
    group by tiers.measured_on
),

final as (
    {% for figure in ['arr', 'customers'] %}
    select
        '{{ figure }}' as figure,
        tiers_and_all.measured_on,
        tiers_and_all.touch_tier,
        cast(tiers_and_all.{{ figure }} as double) as value,
        cast(null as string) as note
    from tiers_and_all
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
