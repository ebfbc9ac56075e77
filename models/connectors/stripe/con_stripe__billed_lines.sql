-- Lines of items of subscriptions, with charges and credits that wait for an invoice. What stands for itself, such as a
-- set-up fee, is no item.
with

invoice_lines as (
    select * from ({{ loaded_rows('stripe', 'invoice_line_item') }}) as loaded
    where loaded._version = 1
),

invoice_items as (
    select * from ({{ loaded_rows('stripe', 'invoice_item') }}) as loaded
    where loaded._version = 1
),

minor_units as (
    select * from {{ ref('policy_minor_units') }}
),

united as (
    {% for part in ['invoice_lines', 'invoice_items'] %}
    select
        {{ part }}.id,
        {{ part }}.subscription_id,
        {{ part }}.subscription_item_id,
        coalesce(
            {{ part }}.price_id,
            {{ part }}.plan_id,
            case when left({{ part }}.price_reference, 1) <> '{' then {{ part }}.price_reference end
        ) as price_id,
        {{ part }}.quantity,
        {{ part }}.amount,
        {{ part }}.currency,
        {{ part }}.period_start,
        {{ part }}.period_end,
        {{ part }}.unit_amount_excluding_tax,
        {{ 'coalesce(invoice_lines.is_proration, false)' if part == 'invoice_lines' else 'true' }} as is_proration
    from {{ part }}
    where
        {{ part }}.subscription_item_id is not null
        {% if part == 'invoice_items' %}
        and invoice_items.invoice_id is null
        and not coalesce(invoice_items.is_deleted, false)
        {% endif %}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        united.id as line_id,
        united.subscription_id,
        united.subscription_item_id as item_id,
        united.price_id,
        united.quantity,
        united.amount / power(10, coalesce(minor_units.minor_units, 2)) as amount,
        united.unit_amount_excluding_tax / power(10, coalesce(minor_units.minor_units, 2)) as unit_amount_without_tax,
        united.currency,
        united.is_proration,
        united.period_start,
        united.period_end
    from united
    left join minor_units
        on united.currency = upper(minor_units.currency)
    where united.period_start is not null
)

select * from final
