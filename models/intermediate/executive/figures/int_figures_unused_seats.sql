-- The seats that nobody uses and what they cost, summed over the customers of each date that have seats and users.
with

measured_tiers as (
    select * from {{ ref('int_measured_tiers') }}
),

customers as (
    select * from {{ ref('int_customers_measured') }}
),

seats as (
    select * from {{ ref('int_unused_seats') }}
),

facts as (
    select
        customers.measured_on,
        customers.touch_tier,
        seats.unused_seats,
        seats.unused_seat_mrr
    from customers
    inner join seats
        on customers.measured_on = seats.snapshot_date
        and customers.account_id = seats.account_id
),

by_tier as (
    {% for touch_tier in ["'all'", 'facts.touch_tier'] %}
    select
        facts.measured_on,
        {{ touch_tier }} as touch_tier,
        count(*) as customers,
        cast(sum(facts.unused_seats) as double) as unused_seats,
        cast(sum(facts.unused_seat_mrr) as double) as unused_seat_mrr
    from facts
    group by facts.measured_on{{ ', ' ~ touch_tier if not loop.first }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    {% for figure in ['unused_seats', 'unused_seat_mrr'] %}
    select
        '{{ figure }}' as figure,
        measured_tiers.measured_on,
        measured_tiers.touch_tier,
        by_tier.{{ figure }} as value,
        case
            when by_tier.customers is null then 'No customer has seats and usage data by user.'
            when by_tier.customers = 1 then 'It is that of 1 customer.'
            else 'It is the sum of ' || {{ thousands_text('by_tier.customers') }} || ' customers.'
        end as note
    from measured_tiers
    left join by_tier
        on measured_tiers.measured_on = by_tier.measured_on
        and measured_tiers.touch_tier = by_tier.touch_tier
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
