{# Schema and name of the tables and views of a schema, both as spelled. Empty for a schema that does not exist. #}
{% macro names_of_tables(schema) %}{{ return(adapter.dispatch('names_of_tables')(schema)) }}{% endmacro %}

{% macro default__names_of_tables(schema) %}
    {% set database = var('raw_database', target.get('database')) %}
    {% set sql %}
        select table_schema, table_name from information_schema.tables
        where lower(table_schema) = lower({{ quoted_text(schema) }})
            {% if database %}and lower(table_catalog) = lower({{ quoted_text(database) }}){% endif %}
    {% endset %}
    {% set names = [] %}
    {% for row in run_query(sql).rows %}{% do names.append(row.values()) %}{% endfor %}
    {{ return(names) }}
{% endmacro %}

{% macro spark__names_of_tables(schema) %}
    {% set schemas = run_query('show schemas like ' ~ quoted_text(schema)) %}
    {% if not schemas.rows | length %}{{ return([]) }}{% endif %}
    {% set names = [] %}
    {% for name in run_query('show tables in ' ~ quoted_name(schema)).columns['tableName'].values() %}
        {% do names.append((schema, name)) %}
    {% endfor %}
    {{ return(names) }}
{% endmacro %}
