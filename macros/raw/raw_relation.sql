{# Which of the three ways in is used: files (raw_path), tables (raw_schema), or the demo's seeds. #}
{% macro raw_path() %}
    {{ return(var('raw_path', env_var('CS_RAW_PATH', ''))) }}
{% endmacro %}

{% macro raw_mode() %}
    {{ return('files' if raw_path() else 'tables' if var('raw_schema', '') else 'demo') }}
{% endmacro %}

{#
    The relation of a raw table, none if it is absent. A table of the pipeline itself is a file in the warehouse's
    folder, for the demo a separate one, which starts with the demo's seed. A file or table of that name in the
    extracts replaces it.
#}
{% macro raw_relation(system, table) %}
    {% if system == 'pipeline' %}
        {% do source(system, table) %}
        {% if raw_mode() == 'demo' %}
            {% set shipped = ref(system ~ '_' ~ table) %}
            {{ return((stored_file_rows(table ~ '_demo') if execute else none) or shipped) }}
        {% endif %}
        {% set given = extract_relation(system, table) if execute %}
        {% if given or not execute %}{{ return(given) }}{% endif %}
        {{ return(stored_file_rows(table)) }}
    {% endif %}
    {{ return(extract_relation(system, table)) }}
{% endmacro %}

{# The relation of a table of the extracts. The demo's daily usage is a Parquet file next to its seeds. #}
{% macro extract_relation(system, table) %}
    {% set name = system ~ '_' ~ table %}
    {% if raw_mode() == 'files' %}
        {% do source(system, table) %}
        {{ return(raw_file_rows(raw_path(), name, raw_contract(system, table).columns | list) if execute else none) }}
    {% elif raw_mode() == 'tables' %}
        {% set relation = source(system, table) %}
        {% if not execute %}{{ return(relation) }}{% endif %}
        {{ return(adapter.get_relation(
            database=relation.database, schema=relation.schema, identifier=relation.identifier
        )) }}
    {% elif name == 'product_usage_daily' %}
        {% do source(system, table) %}
        {{ return(raw_file_rows('seeds/demo', name) if execute else none) }}
    {% else %}
        {{ return(ref(name)) }}
    {% endif %}
{% endmacro %}

{# The columns that a raw table has: lower-case name -> (name as spelled, engine type in lower case). #}
{% macro raw_columns(relation) %}
    {% set found = {} %}
    {% if relation is none %}{{ return(found) }}{% endif %}
    {% if relation is string %}
        {# For a file, dbt-duckdb would name the fields of a struct. #}
        {% for row in run_query('describe select * from ' ~ relation).rows %}
            {% do found.update({row[0] | lower: {'name': row[0], 'type': row[1] | lower}}) %}
        {% endfor %}
    {% else %}
        {% for column in adapter.get_columns_in_relation(relation) %}
            {% do found.update({column.name | lower: {'name': column.name, 'type': column.dtype | lower}}) %}
        {% endfor %}
    {% endif %}
    {{ return(found) }}
{% endmacro %}
