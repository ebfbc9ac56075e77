{# The raw row as JSON, every column of the extract in it, from a relation that may have them under longer names. #}
{% macro raw_row_data(columns, relation, suffix) -%}
    {%- set pairs = [] -%}
    {%- for column in columns.values() -%}
        {%- do pairs.append((column.name, 'cast(' ~ relation ~ '.' ~ adapter.quote(column.name ~ suffix) ~ ' as string)')) -%}
    {%- endfor -%}
    {{- json_object_of_text(pairs) if pairs else 'cast(null as string)' -}}
{%- endmacro %}

{# The currency of a row's money: its own, or that of the subscription it belongs to. #}
{% macro currency_of(subscriptions) -%}
    {{ 'coalesce(parsed.currency, subscriptions.currency)' if subscriptions is not none else 'parsed.currency' }}
{%- endmacro %}

{# The contract's key of a row as one text, for people to find it by. #}
{% macro row_key(contract, value_of) -%}
    {%- for name in contract.meta.key -%}
        coalesce(cast(raw_rows.{{ value_of[name] }} as string), ''){{ " || '|' || " if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# Order in which the last of several rows of one key comes first: by loaded_at, else by the time the row came to be known. #}
{% macro last_first(contract) -%}
    {%- set names = ['loaded_at'] if 'loaded_at' in contract.columns else contract.meta.get('known_at', '').split(' / ') | select('in', contract.columns) | list -%}
    {%- if names -%}
        coalesce({% for name in names %}cast(checked.{{ name }} as timestamp), {% endfor %}cast('1900-01-01' as timestamp)) desc,
    {%- endif -%}
{%- endmacro %}
