{# The optional dates and timestamps of a raw table, by name. #}
{% macro optional_dates(contract) %}
    {% set dates = {} %}
    {% for name, meta in contract.columns.items() if meta.type in ('date', 'timestamp') and not meta.required %}
        {% do dates.update({name: meta}) %}
    {% endfor %}
    {{ return(dates) }}
{% endmacro %}

{#
    An optional date as models may use it: null if it is a placeholder, or if it is a late date before its own row. The
    end of an interval has a check of its own. A column in `may_precede` counts from the row's day on.
#}
{% macro usable_date(contract, dates, name) -%}
    {%- set typed = 'typed.' ~ name ~ '__typed' -%}
    {%- set known = [] -%}
    {%- for column in contract.meta.get('known_at', '').split(' / ') if column in contract.columns -%}
        {%- do known.append('cast(' ~ typed_column(dates, column) ~ ' as timestamp)') -%}
    {%- endfor -%}
    {%- set late = contract.meta.get('late', {}) -%}
    {%- set may_precede = contract.meta.get('may_precede', []) + contract.meta.get('interval', []) -%}
    case
        when {{ is_placeholder(typed) }} then null
        {% if 'self' in late.get(name, '') and known and name not in may_precede %}
        when {{ is_before_row(typed, 'coalesce(' ~ known | join(', ') ~ ')', dates[name].type) }} then null
        {% endif %}
        else {{ typed }}
    end
{%- endmacro %}

{# A column of `typed`, null if it is an optional date with a placeholder. #}
{% macro typed_column(dates, column) -%}
    {%- set typed = 'typed.' ~ column ~ ('__typed' if column in dates else '') -%}
    {{- 'case when not ' ~ is_placeholder(typed) ~ ' then ' ~ typed ~ ' end' if column in dates else typed -}}
{%- endmacro %}

{# Systems write the first or the last day that they know if they have no date. #}
{% macro is_placeholder(date) -%}
    ({{ date }} < cast('1990-01-01' as date) or {{ date }} >= cast('9999-01-01' as date))
{%- endmacro %}

{# A moment at midnight may be a day whose hour nobody recorded, so on the row's own day it is not before the row. #}
{% macro is_before_row(value, known, type) -%}
    (
        cast({{ value }} as date) < cast({{ known }} as date)
        {%- if type == 'timestamp' %}
        or ({{ value }} < {{ known }} and {{ value }} <> cast(cast({{ value }} as date) as timestamp))
        {%- endif %}
    )
{%- endmacro %}

{# Whether an unused text is a placeholder, for counting. MySQL writes 0000-00-00, and Postgres infinity. #}
{% macro is_placeholder_text(value) -%}
    (
        {{ value }} like '0000-%' or lower({{ value }}) in ('infinity', '-infinity') or {{ value }} like '% (BC)'
        or {{ matches_all(value, '[0-9]{5,}-[0-9]{1,2}-[0-9]{1,2}.*') }}
        or coalesce({{ is_placeholder(timestamp_from_text(value)) }}, false)
    )
{%- endmacro %}
