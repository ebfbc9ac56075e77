{# Whether a health status is below stable. An account that is unscored, for want of evidence, is not at risk. #}
{% macro is_at_risk(status) -%}
    {{ status }} in ('at_risk', 'critical', 'emergency')
{%- endmacro %}
