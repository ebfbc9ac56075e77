{% set texts = ['plan_id', 'currency'] %}
{% set numbers = ['quantity', 'unit_amount', 'billing_interval_count', 'amount_factor'] %}

-- Every version of a subscription or an add-on may change its price. The first state reaches back to the start.
with

price_states as (
    select * from {{ ref('con_recurly__price_states') }}
),

with_previous as (
    select
        price_states.*,
        row_number() over (
            partition by price_states.subscription_id, price_states.item_id order by price_states.stated_on
        ) as state_number,
        {% for column in texts + numbers %}
        lag(price_states.{{ column }}) over (
            partition by price_states.subscription_id, price_states.item_id order by price_states.stated_on
        ) as previous_{{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from price_states
),

-- The version that removes an add-on begins no state.
changed as (
    select
        with_previous.*,
        case
            when with_previous.state_number = 1 then with_previous.begins_on
            else greatest(with_previous.stated_on, with_previous.begins_on)
        end as state_from
    from with_previous
    where with_previous.state_number = 1
        or (
            with_previous.stated_on < coalesce(with_previous.removed_on, cast('9999-12-31' as date))
            and not (
                1 = 1
                {% for column in texts %}
                and coalesce(with_previous.{{ column }}, '') = coalesce(with_previous.previous_{{ column }}, '')
                {% endfor %}
                {% for column in numbers %}
                and coalesce(with_previous.{{ column }}, -1) = coalesce(with_previous.previous_{{ column }}, -1)
                {% endfor %}
            )
        )
),

-- Of several states that begin on the same day, the last counts.
numbered as (
    select
        changed.*,
        row_number() over (
            partition by changed.subscription_id, changed.item_id, changed.state_from
            order by changed.state_number desc
        ) as from_the_last
    from changed
),

final as (
    select
        numbered.subscription_id,
        numbered.item_id,
        numbered.product_id,
        numbered.plan_id,
        numbered.state_from,
        coalesce(
            lead(numbered.state_from) over (
                partition by numbered.subscription_id, numbered.item_id order by numbered.state_from
            ),
            numbered.removed_on
        ) as state_to,
        numbered.quantity,
        numbered.unit_amount * numbered.amount_factor as unit_amount,
        numbered.billing_interval,
        numbered.billing_interval_count,
        numbered.unit,
        numbered.currency,
        numbered.amount_factor,
        numbered.not_taken
    from numbered
    where numbered.from_the_last = 1
)

select * from final
