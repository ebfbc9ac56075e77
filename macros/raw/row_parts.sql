{# The raw row as JSON with every column of the extract, from a relation that may have them under longer names. #}
{% macro raw_row_data(columns, relation, suffix) -%}
    {%- set pairs = [] -%}
    {%- for column in columns.values() -%}
        {%- set value = relation ~ '.' ~ quoted_name(column.name ~ suffix) -%}
        {%- do pairs.append((column.name, 'cast(' ~ value ~ ' as string)')) -%}
    {%- endfor -%}
    {{- json_object_of_text(pairs) if pairs else 'cast(null as string)' -}}
{%- endmacro %}

{# The currency of a row's money: its own, or that of the subscription it belongs to. #}
{% macro currency_of(subscriptions) -%}
    {{ 'coalesce(parsed.currency, subscriptions.currency)' if subscriptions is not none else 'parsed.currency' }}
{%- endmacro %}

{# The contract's key of a row as one text, by which people find it. #}
{% macro row_key(contract, value_of) -%}
    {%- for name in contract.meta.key -%}
        coalesce(cast(raw_rows.{{ value_of[name] }} as string), ''){{ " || '|' || " if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
