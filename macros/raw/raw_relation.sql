{# Where the company's own tables are: files (raw_path), tables (raw_schema), nowhere (`sources` alone), or the demo. #}
{% macro raw_path() %}
    {{ return(var('raw_path', env_var('CS_RAW_PATH', ''))) }}
{% endmacro %}

{% macro raw_mode() %}
    {% set without_own = 'sources' if named_sources() else 'demo' %}
    {{ return('files' if raw_path() else 'tables' if var('raw_schema', '') else without_own) }}
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

{# The relation of a table of the extracts: the company's own table, else what its connectors make of their systems. #}
{% macro extract_relation(system, table) %}
    {% set own = own_relation(system, table) %}
    {% set connected = connected_relation(system, table) %}
    {{ return(own if own is not none else connected) }}
{% endmacro %}

{# What the connectors in use make of their systems, none if no connector fills the table. #}
{% macro connected_relation(system, table) %}
    {% set relations = [] %}
    {% for connector in connectors_of(system ~ '_' ~ table) %}
        {% do relations.append(ref('con_' ~ connector ~ '__' ~ table)) %}
    {% endfor %}
    {% if relations | length < 2 or not execute %}{{ return(relations | first if relations else none) }}{% endif %}
    {% set columns = raw_contract(system, table).columns | list + ['not_taken'] %}
    {{ return('(select ' ~ columns | join(', ') ~ ' from '
        ~ relations | join(' union all select ' ~ columns | join(', ') ~ ' from ') ~ ')') }}
{% endmacro %}

{# The company's own table, none if there is none. The demo's daily usage is a Parquet file next to its seeds. #}
{% macro own_relation(system, table) %}
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
    {% elif raw_mode() == 'sources' %}
        {% do source(system, table) %}
        {{ return(none) }}
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
