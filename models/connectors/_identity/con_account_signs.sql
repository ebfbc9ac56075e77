-- A CRM account is a prospect until it pays, wins, uses the product or opens a ticket.
{% set tables = [
    ('billing', 'subscriptions'), ('support', 'tickets'), ('product', 'events'), ('product', 'usage_daily'),
] %}
with

links as (
    select * from {{ ref('con_account_links') }}
),

account_keys as (
    select * from {{ ref('con_account_keys') }}
),

records as (
    select * from {{ ref('con_account_records') }}
),

final as (
    select account_keys.account_id
    from records
    inner join account_keys
        on records.record_id = account_keys.record_id
    where records.has_won_opportunity
    union
    select links.account_id
    from links
    where links.source in ({{ quoted_texts(billing_systems()) }}) and links.account_id is not null
    {% for system, table in tables %}
    {% set relation = raw_relation(system, table) %}
    {% if relation is not none and execute %}
    union
    select cast(rows_given.account_id as string) as account_id
    from {{ relation }} as rows_given
    where rows_given.account_id is not null
    {% if 'not_taken' in raw_columns(relation) %}
        and rows_given.not_taken is null
    {% endif %}
    {% endif %}
    {% endfor %}
)

select * from final
