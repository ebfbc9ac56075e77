{# Whether a regular expression matches a whole text: matches_all(value, '[0-9]+'). #}
{% macro matches_all(value, pattern) %}{{ return(adapter.dispatch('matches_all')(value, pattern)) }}{% endmacro %}

{% macro default__matches_all(value, pattern) -%}
    regexp_full_match({{ value }}, '{{ pattern }}')
{%- endmacro %}

{% macro spark__matches_all(value, pattern) -%}
    {{ value }} rlike '^({{ pattern }})\\z'
{%- endmacro %}
