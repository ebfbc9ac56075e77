{# A value of the scorecard as its page shows it, by the figure's format and unit: 92.3%, USD 1,234, 21 days. #}
{% macro display_text(value, display_format, unit, currency) -%}
    case when {{ unit }} = 'currency' then {{ currency }} || ' ' else '' end
    || case {{ display_format }}
        when '0.0%' then {{ percent_text(value) }}
        when '#,##0' then {{ thousands_text(value) }}
        when '0' then {{ number_text(value) }}
        when '0.0' then {{ number_text(value, 1) }}
        when '0.00' then {{ number_text(value, 2) }}
    end
    || case when {{ unit }} in ('days', 'hours') then ' ' || {{ unit }} else '' end
{%- endmacro %}
