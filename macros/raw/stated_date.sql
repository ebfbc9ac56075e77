{# The date that a var states, null where it is left to the warehouse. #}
{% macro stated_date(name) -%}
    {{ "cast(null as date)" if var(name) == 'auto' else "cast(" ~ quoted_text(var(name)) ~ " as date)" }}
{%- endmacro %}
