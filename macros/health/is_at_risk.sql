{# Whether a health status lies below stable. Of whom nothing is known is not at risk. #}
{% macro is_at_risk(status) -%}
    {{ status }} in ('at_risk', 'critical', 'emergency')
{%- endmacro %}
