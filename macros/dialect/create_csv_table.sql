{# A seed's columns are text unless column_types says otherwise: types guessed from the rows would change with a row. #}
{% macro create_csv_table(model, agate_table) %}
    {% set types = {} %}
    {% for column in agate_table.column_names %}{% do types.update({column: 'string'}) %}{% endfor %}
    {% do types.update(model.config.column_types or {}) %}
    {% set with_types = dict(model, config=dict(model.config, column_types=types)) %}
    {{ return(adapter.dispatch('create_csv_table', 'dbt')(with_types, agate_table)) }}
{% endmacro %}
