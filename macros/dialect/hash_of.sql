{# A whole number of 64 bits that is the same for the same values, and hardly ever for others. #}
{% macro hash_of(values) %}{{ return(adapter.dispatch('hash_of')(values)) }}{% endmacro %}

{% macro default__hash_of(values) -%}
    hash({{ values | join(', ') }})
{%- endmacro %}

{% macro spark__hash_of(values) -%}
    xxhash64({{ values | join(', ') }})
{%- endmacro %}
