{# Where a value lies to a range and its bounds: below_range, within or above. Null without a bound. #}
{% macro range_verdict(value, low, high) -%}
    case
        when coalesce({{ low }}, {{ high }}) is null or {{ value }} is null then null
        when round({{ value }}, 9) < {{ low }} then 'below_range'
        when round({{ value }}, 9) > {{ high }} then 'above'
        else 'within'
    end
{%- endmacro %}
