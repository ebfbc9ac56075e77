{# Currencies that subscriptions and their items are billed in, as the extract spells them, in upper case. #}
{% macro raw_currencies() %}
{% for table in ['subscriptions', 'subscription_items'] %}
    {% set relation = raw_relation('billing', table) %}
    {% set columns = raw_columns(relation) if execute else {} %}
    select distinct upper({{ raw_text(columns, 'currency') }}) as currency
    from {{ relation if relation is not none else '(select 1 as absent)' }} as raw_source
    {{ 'union' if not loop.last }}
{% endfor %}
{% endmacro %}
