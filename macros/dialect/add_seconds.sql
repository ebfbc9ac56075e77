{# The timestamp a whole number of seconds after another one. #}
{% macro add_seconds(value, seconds) %}
    {{- return(adapter.dispatch('add_seconds')(value, seconds)) -}}
{% endmacro %}

{% macro default__add_seconds(value, seconds) -%}
    {{ value }} + to_seconds(cast({{ seconds }} as bigint))
{%- endmacro %}

{% macro spark__add_seconds(value, seconds) -%}
    timestampadd(second, cast({{ seconds }} as int), {{ value }})
{%- endmacro %}
