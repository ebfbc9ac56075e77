{#
    CTEs from `item_states` to `pieces`, the last followed by a comma: states of items, cut where a discount begins or
    ends. Each piece has piece_from and piece_to. discounted_items explains the two relations.
#}
{% macro discount_pieces(states, discounts) -%}
item_states as (
    select * from {{ states }}
),

discounts as (
    select * from {{ discounts }}
),

-- The share of an amount changes with every item of the subscription, that of a percentage does not.
subscriptions_with_amounts as (
    select distinct discounts.subscription_id
    from discounts
    where discounts.amount_off is not null
),

changes as (
    select
        discounts.subscription_id,
        discounts.discount_from as changed_on
    from discounts
    union
    select
        discounts.subscription_id,
        discounts.discount_to as changed_on
    from discounts
    union
    select
        item_states.subscription_id,
        item_states.state_from as changed_on
    from item_states
    inner join subscriptions_with_amounts
        on item_states.subscription_id = subscriptions_with_amounts.subscription_id
    union
    select
        item_states.subscription_id,
        item_states.state_to as changed_on
    from item_states
    inner join subscriptions_with_amounts
        on item_states.subscription_id = subscriptions_with_amounts.subscription_id
),

piece_starts as (
    select
        item_states.subscription_id,
        item_states.item_id,
        item_states.state_from,
        item_states.state_from as piece_from
    from item_states
    union
    select
        item_states.subscription_id,
        item_states.item_id,
        item_states.state_from,
        changes.changed_on as piece_from
    from item_states
    inner join changes
        on item_states.subscription_id = changes.subscription_id
        and {{ in_force('changes.changed_on', 'item_states.state_from', 'item_states.state_to') }}
),

pieces as (
    select
        item_states.*,
        piece_starts.piece_from,
        coalesce(
            lead(piece_starts.piece_from) over (
                partition by item_states.subscription_id, item_states.item_id, item_states.state_from
                order by piece_starts.piece_from
            ),
            item_states.state_to
        ) as piece_to
    from item_states
    left join piece_starts
        on item_states.subscription_id = piece_starts.subscription_id
        and item_states.item_id = piece_starts.item_id
        and item_states.state_from = piece_starts.state_from
),
{%- endmacro %}
