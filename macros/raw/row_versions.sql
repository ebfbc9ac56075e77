{#
    The CTE `ranked`: numbers the versions of a key in key_number, with the one that counts first. If the extract has
    loaded_at, the version loaded last counts. Then a row that lasts counts before one that ends on the day it begins.
    After that the contract's columns decide, in the contract's order.
#}
{% macro ranked_rows(contract, value_of, has_versions, settles_duplicates) -%}
{% set is_versioned = has_versions and contract.meta.get('series') %}
{% set key = 'checked.' ~ contract.meta.key | join(', checked.') %}
{% if is_versioned %}
-- A row that was closed after its first load is a version of itself. It does not compete with another row of its key.
versioned as (
    select
        checked.*,
        row_number() over (
            partition by
                {% for name in contract.columns if name not in ('loaded_at', contract.meta.interval[1]) %}
                checked.{{ name }},
                {% endfor %}
                checked.own_reason
            order by checked.loaded_at desc nulls last, checked.copy_number asc
        ) as version_number
    from checked
),

{% endif %}
ranked as (
    select
        checked.*,
        {% if has_versions %}
        max(checked.loaded_at) over (partition by {{ key }}) as key_loaded_at,
        {% endif %}
        {% if settles_duplicates %}
        row_number() over (
            partition by {{ key }},
                case when checked.own_reason is null and checked.copy_number = 1 then 1 else 0 end
            order by {{ version_order(contract, value_of, has_versions) }}
        ) as key_number
        {% else %}
        1 as key_number
        {% endif %}
    from {{ 'versioned' if is_versioned else 'checked' }} as checked
),
{%- endmacro %}

{# Order of the versions of a key, with the one that counts first. #}
{% macro version_order(contract, value_of, has_versions) -%}
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
    {#- Values that did not parse decide only between rows that are otherwise the same. -#}
    {%- for name in contract.columns if name != 'loaded_at' and value_of[name] != name -%}
        {%- do order.append('checked.' ~ value_of[name] ~ ' desc nulls last') -%}
    {%- endfor -%}
    {{- order | join(',\n                ') -}}
{%- endmacro %}

{# The CTE `settled`: adds the end of the earlier rows of a series, so that an overlap is visible. #}
{% macro settled_rows(contract) -%}
{% set series = contract.meta.get('series') %}
{% set starts, ends = contract.meta.get('interval', [none, none]) %}
{% set signed = contract.meta.get('superseded_by') %}
{% set counts = 'ranked.copy_number = 1 and ranked.own_reason is null and ranked.key_number = 1' %}
{% set before = rows_before(series, starts) if series %}
settled as (
    select
        ranked.*,
        {% if not series %}
        cast(null as date) as series_ends_on,
        cast(null as date) as series_starts_on
        {% elif not signed %}
        max(case when {{ counts }} then ranked.{{ ends }} end) over {{ before }} as series_ends_on,
        ranked.{{ starts }} as series_starts_on
        {% else %}
        -- A row signed later than all before it supersedes them. With the same signature the later start does.
        {% set signed_on = 'coalesce(ranked.' ~ signed ~ ', ranked.' ~ starts ~ ')' %}
        case
            when {{ signed_on }} < max(case when {{ counts }} then {{ signed_on }} end) over {{ before }}
                then max(case when {{ counts }} then ranked.{{ ends }} end) over {{ before }}
        end as series_ends_on,
        ranked.{{ starts }} as series_starts_on
        {% endif %}
    from ranked
),
{%- endmacro %}

{# The window of a row's predecessors in its series. #}
{% macro rows_before(series, starts) -%}
    (
            partition by ranked.{{ series | join(', ranked.') }}
            order by ranked.{{ starts }}
            rows between unbounded preceding and 1 preceding
        )
{%- endmacro %}

{# Whether a later version of a rejected row's key replaced it, whatever the verdict on that version. #}
{% macro is_outdated(contract) -%}
    settled.own_reason is not null and settled.loaded_at < settled.key_loaded_at
    {%- for name in contract.meta.key if contract.columns[name].required %}
        and settled.{{ name }} is not null
    {%- endfor %}
{%- endmacro %}
