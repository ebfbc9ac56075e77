{# Text without the spaces around it, those of other scripts and of web pages included: trim_spaces(value). #}
{% macro trim_spaces(value) %}{{ return(adapter.dispatch('trim_spaces')(value)) }}{% endmacro %}

{# trim() reads every character; most text has no space at its ends, and none of other scripts. #}
{% macro default__trim_spaces(value) -%}
    case when {{ value }} like ' %' or {{ value }} like '% ' or strlen({{ value }}) <> length({{ value }}) then trim({{ value }}) else {{ value }} end
{%- endmacro %}

{% macro spark__trim_spaces(value) -%}
    regexp_replace({{ value }}, '^\\p{Zs}+|\\p{Zs}+$', '')
{%- endmacro %}
