{#
    An object of a system as its YAML declares it: tables (candidate names), required, key, version_at, costs, and its
    columns with their types and candidate names. A company's own fields (source_fields.csv) come first.
#}
{% macro source_object(system, object) %}
    {% set declared = graph.sources['source.' ~ project_name ~ '.' ~ system ~ '.' ~ object] %}
    {% set columns = {} %}
    {% for name, column in declared.columns.items() %}
        {% set meta = dict(column.config.meta) %}
        {% set own = [] %}
        {% for row in source_policy('source_fields', ['system', 'object', 'field', 'fills']) %}
            {% if row[0] == system and row[1] == object and row[3] == name %}{% do own.append(row[2]) %}{% endif %}
        {% endfor %}
        {% do meta.update({'names': own + meta.get('names', [name])}) %}
        {% do columns.update({name: meta}) %}
    {% endfor %}
    {% do columns.update({'_loaded_at': {'type': 'timestamp', 'names': load_time_names()}}) %}
    {{ return({'name': object, 'meta': declared.config.meta, 'columns': columns}) }}
{% endmacro %}

{# Where loaders write when they brought a row. #}
{% macro load_time_names() %}
    {{ return([
        '_fivetran_synced', '_airbyte_extracted_at', '_airbyte_emitted_at', '_dlt_load_id', '_sdc_batched_at',
        'received_at', 'server_upload_time',
    ]) }}
{% endmacro %}

{# All objects of a system. #}
{% macro source_objects(system) %}
    {% set objects = [] %}
    {% for table in graph.sources.values() if table.source_name == system %}
        {% do objects.append(source_object(system, table.name)) %}
    {% endfor %}
    {{ return(objects) }}
{% endmacro %}

{# The relation in which a loader left an object, none if there is none. #}
{% macro loaded_relation(system, object) %}
    {% set place = named_sources()[system] %}
    {% set table = loaded_table(system, object) %}
    {% if table is none %}{{ return(none) }}{% endif %}
    {% if '/' in place %}{{ return(raw_file_rows(place, table.name)) }}{% endif %}
    {{ return(adapter.get_relation(
        database=var('raw_database', target.get('database')), schema=table.schema, identifier=table.name
    )) }}
{% endmacro %}

{#
    The table or file in which a loader left an object: its name, of a table with its schema as spelled. None if there
    is none. Names are compared without case and underscores. The first candidate that exists wins.
#}
{% macro loaded_table(system, object) %}
    {% set place = named_sources()[system] %}
    {% set is_folder = '/' in place %}
    {% set tables = files_of_tables(place, all_spellings(system)) if is_folder else tables_of_schema(place) %}
    {% for name in spellings_of(object_meta(system, object).tables) %}
        {% set found = tables.get(name if is_folder else name | replace('_', '')) %}
        {% if found %}{{ return({'name': name} if is_folder else {'schema': found[0], 'name': found[1]}) }}{% endif %}
    {% endfor %}
    {{ return(none) }}
{% endmacro %}

{# What the YAML of a system says of an object. #}
{% macro object_meta(system, object) %}
    {{ return(graph.sources['source.' ~ project_name ~ '.' ~ system ~ '.' ~ object].config.meta) }}
{% endmacro %}

{# The candidates, each as it is and without underscores, for a loader that writes names as OpportunityHistory. #}
{% macro spellings_of(candidates) %}
    {% set names = [] %}
    {% for name in candidates %}
        {% for spelling in [name, name | replace('_', '')] if spelling not in names %}
            {% do names.append(spelling) %}
        {% endfor %}
    {% endfor %}
    {{ return(names) }}
{% endmacro %}

{% macro all_spellings(system) %}
    {% set names = [] %}
    {% for table in graph.sources.values() if table.source_name == system %}
        {% for name in spellings_of(table.config.meta.tables) if name not in names %}
            {% do names.append(name) %}
        {% endfor %}
    {% endfor %}
    {{ return(names) }}
{% endmacro %}

{# The tables of a schema: name in lower case without underscores -> schema and name as spelled. A run looks once. #}
{% macro tables_of_schema(schema) %}
    {% if 'tables_of_schema' not in graph %}{% do graph.update({'tables_of_schema': {}}) %}{% endif %}
    {% if schema not in graph.tables_of_schema %}
        {% set tables = {} %}
        {% for spelled in names_of_tables(schema) %}
            {% do tables.update({spelled[1] | lower | replace('_', ''): spelled}) %}
        {% endfor %}
        {% do graph.tables_of_schema.update({schema: tables}) %}
    {% endif %}
    {{ return(graph.tables_of_schema[schema]) }}
{% endmacro %}

{# Whether a loader left the object. False while dbt parses. #}
{% macro has_object(system, object) %}
    {% do source(system, object) %}
    {{ return(execute and loaded_relation(system, object) is not none) }}
{% endmacro %}
