{# A hash of 64 bits: hash_of(['a.key', 'a.value']). #}
{% macro hash_of(values) %}{{ return(adapter.dispatch('hash_of')(values)) }}{% endmacro %}

{% macro default__hash_of(values) -%}
    hash({{ values | join(', ') }})
{%- endmacro %}

{% macro spark__hash_of(values) -%}
    xxhash64({{ values | join(', ') }})
{%- endmacro %}
