{# Whether a value reaches a band of policy_assessment_bands. The band that holds it is the highest of those. #}
{% macro reaches_band(value, bands) -%}
    ({{ value }} > {{ bands }}.min_value or ({{ bands }}.includes_min and {{ value }} = {{ bands }}.min_value))
{%- endmacro %}
