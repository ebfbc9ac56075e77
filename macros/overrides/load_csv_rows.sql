{# Loads a seed on Spark as literals. dbt-spark's session method quotes no apostrophe and writes null as 'None'. #}
{% macro spark__load_csv_rows(model, agate_table) %}
    {% set types = model.config.get('column_types', {}) %}
    {% set rows = [] %}
    {% for row in agate_table.rows %}
        {% set values = [] %}
        {% for column in agate_table.column_names %}
            {% set literal = 'null' if row[column] is none else quoted_text(row[column]) %}
            {% set type = types.get(column, adapter.convert_type(agate_table, loop.index0)) %}
            {% do values.append('cast(' ~ literal ~ ' as ' ~ type ~ ')') %}
        {% endfor %}
        {% do rows.append('(' ~ values | join(', ') ~ ')') %}
    {% endfor %}
    {% set sql = 'insert into ' ~ this.render() ~ ' values ' ~ rows | join(', ') %}
    {% if rows %}{% do adapter.add_query(sql, abridge_sql_log=true) %}{% endif %}
    {{ return(sql) }}
{% endmacro %}
