-- An item that invoices bill and the subscription no longer has. A plan is replaced, never removed.
with

lines as (
    select * from {{ ref('con_chargebee__lines') }}
    where item_type <> 'plan'
),

credit_lines as (
    select * from ({{ loaded_rows('chargebee', 'credit_note_line_item') }}) as loaded
    where loaded._version = 1
),

items as (
    select * from {{ ref('con_chargebee__items') }}
),

last_charges as (
    select
        lines.subscription_id,
        lines.item_id,
        lines.plan_id,
        max(lines.billed_from) as billed_from,
        max(lines.billed_to) as billed_to
    from lines
    group by lines.subscription_id, lines.item_id, lines.plan_id
),

last_credits as (
    select
        credit_lines.subscription_id,
        credit_lines.entity_id as plan_id,
        max(cast(credit_lines.date_from as date)) as credited_from
    from credit_lines
    group by credit_lines.subscription_id, credit_lines.entity_id
),

subscriptions_with_items as (
    select distinct items.subscription_id
    from items
),

final as (
    select
        last_charges.item_id,
        case
            when last_credits.credited_from > last_charges.billed_from then last_credits.credited_from
            else last_charges.billed_to
        end as removed_on
    from last_charges
    inner join subscriptions_with_items
        on last_charges.subscription_id = subscriptions_with_items.subscription_id
    left join items
        on last_charges.item_id = items.item_id
        and coalesce(items.not_taken, '') <> 'deleted'
    left join last_credits
        on last_charges.subscription_id = last_credits.subscription_id
        and last_charges.plan_id = last_credits.plan_id
    where items.item_id is null
)

select * from final
