{# The date that a var states: stated_date('as_of_date'). Null if the var is auto. #}
{% macro stated_date(name) -%}
    {{ "cast(null as date)" if var(name) == 'auto' else "cast(" ~ quoted_text(var(name)) ~ " as date)" }}
{%- endmacro %}
