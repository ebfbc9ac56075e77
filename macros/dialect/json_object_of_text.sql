{# A JSON object of text values: pairs is a list of (name, SQL expression of type string). #}
{% macro json_object_of_text(pairs) %}
    {{- return(adapter.dispatch('json_object_of_text')(pairs)) -}}
{% endmacro %}

{% macro default__json_object_of_text(pairs) -%}
    cast(json_object({{ names_and_values(pairs) }}) as string)
{%- endmacro %}

{% macro spark__json_object_of_text(pairs) -%}
    to_json(named_struct({{ names_and_values(pairs) }}), map('ignoreNullFields', 'false'))
{%- endmacro %}

{% macro names_and_values(pairs) -%}
    {%- for name, value in pairs %}{{ quoted_text(name) }}, {{ value }}{{ ', ' if not loop.last }}{% endfor -%}
{%- endmacro %}
