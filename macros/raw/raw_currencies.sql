{# The currencies of subscriptions and their items. A value that is no currency becomes null. #}
{% macro raw_currencies() %}
{% set meta = {'type': 'currency'} %}
{% for table in ['subscriptions', 'subscription_items'] %}
    {% set relation = raw_relation('billing', table) %}
    {% set columns = raw_columns(relation) if execute else {} %}
    {% set given = given_value(raw_value(columns, 'currency', meta), meta, native_kind(columns, 'currency')) %}
    select distinct {{ parse_raw(given, meta, 'text') }} as currency
    from {{ relation if relation is not none else '(select 1 as absent)' }} as raw_source
    {{ 'union' if not loop.last }}
{% endfor %}
{% endmacro %}
