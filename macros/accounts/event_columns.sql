{#
    The columns with which an event leads to its mart row, as in
    event_columns('churn', 'fct_churn_events', {'account_id': …}).
    The key reads as the part of a link after the question mark, `account_id=a&month=2025-03-01`.
#}
{% macro event_columns(kind, table_name, key) -%}
    '{{ kind }}' as kind,
        '{{ table_name }}' as table_name,
        {% for column, value in key.items() -%}
            '{{ '&' if not loop.first }}{{ column }}=' || {{ url_encoded('cast(' ~ value ~ ' as string)') }}
            {{- ' || ' if not loop.last }}
        {%- endfor %} as row_key
{%- endmacro %}
