{# Schemas have the name of the layer on every target, because BI and the publish read `marts` and `quality`. #}
{% macro generate_schema_name(custom_schema_name, node) %}
    {{- custom_schema_name or target.schema -}}
{% endmacro %}
