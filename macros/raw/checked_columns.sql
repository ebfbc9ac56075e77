{# The optional columns of a raw table whose values may not parse, or may be impossible dates. #}
{% macro checked_columns(system, table) %}
    {% set checked = {} %}
    {% for name, meta in raw_contract(system, table).columns.items() %}
        {% if not meta.required and meta.type not in ('id', 'text', 'currency') %}
            {% do checked.update({name: meta}) %}
        {% endif %}
    {% endfor %}
    {{ return(checked) }}
{% endmacro %}

{# Whether a column carries money or time: its unused values have the same limits as rejected rows. #}
{% macro is_held_to_limit(meta) %}
    {{ return(meta.type in ('date', 'timestamp', 'decimal') or meta.get('carries_money', false)) }}
{% endmacro %}
