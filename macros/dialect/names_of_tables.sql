{# The names of the tables and views of a schema, as spelled. Empty for a schema that does not exist. #}
{% macro names_of_tables(schema) %}{{ return(adapter.dispatch('names_of_tables')(schema)) }}{% endmacro %}

{% macro default__names_of_tables(schema) %}
    {% set database = var('raw_database', target.get('database')) %}
    {% set sql %}
        select table_name from information_schema.tables
        where lower(table_schema) = lower({{ quoted_text(schema) }})
            {% if database %}and lower(table_catalog) = lower({{ quoted_text(database) }}){% endif %}
    {% endset %}
    {{ return(run_query(sql).columns[0].values() | list) }}
{% endmacro %}

{% macro spark__names_of_tables(schema) %}
    {% set schemas = run_query('show schemas like ' ~ quoted_text(schema)) %}
    {% if not schemas.rows | length %}{{ return([]) }}{% endif %}
    {{ return(run_query('show tables in ' ~ quoted_name(schema)).columns['tableName'].values() | list) }}
{% endmacro %}
