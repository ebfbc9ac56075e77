{# Schemas carry the layer's own name, whatever the target: BI and the publish step read `marts` and `quality`. #}
{% macro generate_schema_name(custom_schema_name, node) %}
    {{- custom_schema_name or target.schema -}}
{% endmacro %}
