{#
    A relation over a raw file, or over a folder of files at any depth. None if the folder holds no such table.

    wanted      columns to take from the names of folders (day=2025-06-01) if the files lack them
#}
{% macro raw_file_rows(folder, name, wanted=[]) %}
    {% if not reads_files() %}
        {{ exceptions.raise_compiler_error(
            "Raw contract: Spark reads tables, not files. Load the extracts as tables " ~ name
            ~ ", ... and set raw_schema (docs/spark.md)."
        ) }}
    {% endif %}
    {% set found = files_of_tables(folder, [name])[name] %}
    {% if not found %}{{ return(none) }}{% endif %}
    {% if 'rows' not in found %}{% do found.update({'rows': rows_of_files(name, found, wanted)}) %}{% endif %}
    {{ return(found.rows) }}
{% endmacro %}

{# A relation over a file that the pipeline stores in the warehouse's folder. None if there is no such file. #}
{% macro stored_file_rows(name) %}
    {{ return(raw_file_rows(env_var('CS_WAREHOUSE_DIR', 'warehouse'), name) if reads_files() else none) }}
{% endmacro %}

{# The files of tables in a folder, by table. A run looks once, because it checks that every file is complete. #}
{% macro files_of_tables(folder, names) %}
    {% if 'files_of_tables' not in graph %}{% do graph.update({'files_of_tables': {}}) %}{% endif %}
    {% set known = graph.files_of_tables %}
    {% set found, unknown = {}, [] %}
    {% for name in names if (folder ~ '/' ~ name) not in known %}{% do unknown.append(name) %}{% endfor %}
    {% if unknown %}
        {% set sql = 'select extract_files(' ~ quoted_text(folder) ~ ', ' ~ quoted_text(unknown | join(',')) ~ ')' %}
        {% set listed = fromjson(run_query(sql).columns[0].values()[0]) %}
        {% for name in unknown %}{% do known.update({folder ~ '/' ~ name: listed.tables.get(name)}) %}{% endfor %}
        {% do known.update({folder: listed.unread}) %}
    {% endif %}
    {% for name in names %}{% do found.update({name: known[folder ~ '/' ~ name]}) %}{% endfor %}
    {{ return(found) }}
{% endmacro %}

{# Files and folders that begin with the name of a table and cannot be read, as files_of_tables last found them. #}
{% macro files_unread(folder) %}{{ return(graph.get('files_of_tables', {}).get(folder, [])) }}{% endmacro %}
