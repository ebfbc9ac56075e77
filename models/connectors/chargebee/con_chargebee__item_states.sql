{% set numbers = ['quantity', 'unit_amount', 'interval_months', 'interval_days'] %}

-- Equal neighbours are one state. What was there at the first invoice was there from the start.
with

price_states as (
    select * from {{ ref('con_chargebee__price_states') }}
),

subscriptions as (
    select * from {{ ref('con_chargebee__subscription_states') }}
    where version_number = 1
),

items as (
    select * from {{ ref('con_chargebee__items') }}
),

removals as (
    select * from {{ ref('con_chargebee__removals') }}
),

with_previous as (
    select
        price_states.*,
        min(price_states.stated_on) over (partition by price_states.subscription_id) as first_stated_on,
        row_number() over (partition by price_states.item_id order by price_states.stated_on) as state_number,
        {% for column in ['plan_id'] + numbers %}
        lag(price_states.{{ column }}) over (partition by price_states.item_id order by price_states.stated_on)
            as previous_{{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from price_states
),

changed as (
    select
        with_previous.*,
        subscriptions.not_taken,
        subscriptions.interval_months as invoice_months,
        case
            when with_previous.state_number = 1
                and with_previous.stated_on <= {{ add_days('with_previous.first_stated_on', 1) }}
                then least(subscriptions.started_on, with_previous.stated_on)
            else with_previous.stated_on
        end as state_from
    from with_previous
    inner join subscriptions
        on with_previous.subscription_id = subscriptions.subscription_id
    where with_previous.state_number = 1
        or with_previous.plan_id <> with_previous.previous_plan_id
        {% for column in numbers %}
        or abs(coalesce(with_previous.{{ column }}, 0) - coalesce(with_previous.previous_{{ column }}, 0)) > 0.000001
        {% endfor %}
),

taken as (
    select
        changed.subscription_id,
        changed.item_id,
        changed.product_id,
        changed.plan_id,
        changed.state_from,
        coalesce(
            lead(changed.state_from) over (partition by changed.item_id order by changed.state_from),
            case when removals.removed_on >= changed.state_from then removals.removed_on end
        ) as state_to,
        changed.quantity,
        changed.unit_amount,
        changed.unit,
        changed.currency,
        changed.interval_months,
        changed.interval_days,
        changed.invoice_months,
        changed.not_taken
    from changed
    left join removals
        on changed.item_id = removals.item_id
),

lines as (
    select * from taken
    union all
    select
        items.subscription_id,
        items.plan_id as item_id,
        items.product_id,
        items.plan_id,
        subscriptions.started_on as state_from,
        cast(null as date) as state_to,
        items.quantity,
        items.unit_amount,
        items.unit,
        items.currency,
        items.interval_months,
        items.interval_days,
        subscriptions.interval_months as invoice_months,
        items.not_taken
    from items
    left join subscriptions
        on items.subscription_id = subscriptions.subscription_id
    where items.not_taken is not null
),

final as (
    select
        lines.subscription_id,
        lines.item_id,
        lines.product_id,
        lines.plan_id,
        lines.state_from,
        lines.state_to,
        lines.quantity,
        case
            when lines.interval_days is null then lines.unit_amount
            else lines.unit_amount * 7.0 / lines.interval_days
        end as unit_amount,
        case
            when lines.interval_days is not null then 'week'
            when lines.interval_months is not null then 'month'
        end as billing_interval,
        case when lines.interval_days is null then lines.interval_months else 1 end as billing_interval_count,
        lines.unit,
        lines.currency,
        cast(
            case
                when lines.interval_days is not null then 7.0 / lines.interval_days
                else coalesce(lines.interval_months / cast(lines.invoice_months as double), 1)
            end as double
        ) as amount_factor,
        lines.not_taken
    from lines
)

select * from final
