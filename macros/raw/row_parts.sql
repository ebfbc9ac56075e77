{# The raw row as JSON, every column of the extract in it, from a relation that may have them under longer names. #}
{% macro raw_row_data(columns, relation, suffix) -%}
    {%- set pairs = [] -%}
    {%- for column in columns.values() -%}
        {%- do pairs.append((column.name, 'cast(' ~ relation ~ '.' ~ quoted_name(column.name ~ suffix) ~ ' as string)')) -%}
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

{# Order of the versions of a key, the one that counts first. #}
{% macro last_first(contract, value_of, has_versions) -%}
    {%- set interval = contract.meta.get('interval') -%}
    {%- set order = [] -%}
    {%- if has_versions and contract.meta.get('series') -%}
        {%- do order.append('case when checked.version_number = 1 then 0 else 1 end') -%}
    {%- elif has_versions -%}
        {%- do order.append('checked.loaded_at desc nulls last') -%}
    {%- endif -%}
    {%- if interval -%}
        {%- do order.append('case when checked.' ~ interval[0] ~ ' = checked.' ~ interval[1] ~ ' then 1 else 0 end') -%}
    {%- endif -%}
    {%- if has_versions and contract.meta.get('series') -%}
        {%- do order.append('checked.loaded_at desc nulls last') -%}
    {%- endif -%}
    {%- for name in contract.columns if name != 'loaded_at' -%}
        {%- do order.append('checked.' ~ name ~ ' desc nulls last') -%}
    {%- endfor -%}
    {#- What did not parse decides only between rows that are otherwise the same. -#}
    {%- for name in contract.columns if name != 'loaded_at' and value_of[name] != name -%}
        {%- do order.append('checked.' ~ value_of[name] ~ ' desc nulls last') -%}
    {%- endfor -%}
    {{- order | join(',\n                ') -}}
{%- endmacro %}

{# Whether a rejected row was replaced by a later version of its key, of whatever verdict. #}
{% macro is_outdated(contract) -%}
    settled.own_reason is not null and settled.loaded_at < settled.key_loaded_at
    {%- for name in contract.meta.key if contract.columns[name].required %} and settled.{{ name }} is not null{% endfor %}
{%- endmacro %}
