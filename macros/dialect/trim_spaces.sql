{# Text without the spaces around it, those of other scripts and of web pages included: trim_spaces(value). #}
{% macro trim_spaces(value) %}{{ return(adapter.dispatch('trim_spaces')(value)) }}{% endmacro %}

{% macro default__trim_spaces(value) -%}
    trim({{ value }})
{%- endmacro %}

{% macro spark__trim_spaces(value) -%}
    regexp_replace({{ value }}, '^\\p{Zs}+|\\p{Zs}+$', '')
{%- endmacro %}
