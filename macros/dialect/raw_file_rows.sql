{#
    A raw file, or a folder of files at any depth, as something to select from; none where the folder holds no such table.

    wanted                     columns to take from the names of folders (day=2025-06-01) where the files lack them
#}
{% macro raw_file_rows(folder, name, wanted=[]) %}
    {{ return(adapter.dispatch('raw_file_rows')(folder, name, wanted)) }}
{% endmacro %}

{% macro default__raw_file_rows(folder, name, wanted=[]) %}
    {% set found = files_of_tables(folder, [name])[name] %}
    {% if not found %}{{ return(none) }}{% endif %}
    {% if 'rows' not in found %}{% do found.update({'rows': rows_of_files(name, found, wanted)}) %}{% endif %}
    {{ return(found.rows) }}
{% endmacro %}

{% macro spark__raw_file_rows(folder, name, wanted=[]) %}
    {{ exceptions.raise_compiler_error("Raw contract: on Spark the way in is tables: load the extracts as tables " ~ name ~ ", ... and set raw_schema (docs/spark.md).") }}
{% endmacro %}

{# What a folder holds of tables, by name; looked up once in a run, because every file is checked for being whole. #}
{% macro files_of_tables(folder, names) %}
    {% if 'files_of_tables' not in graph %}{% do graph.update({'files_of_tables': {}}) %}{% endif %}
    {% set known = graph.files_of_tables %}
    {% set found, unknown = {}, [] %}
    {% for name in names if (folder ~ '/' ~ name) not in known %}{% do unknown.append(name) %}{% endfor %}
    {% if unknown %}
        {% set listed = fromjson(run_query('select extract_files(' ~ quoted_text(folder) ~ ', ' ~ quoted_text(unknown | join(',')) ~ ')').columns[0].values()[0]) %}
        {% for name in unknown %}{% do known.update({folder ~ '/' ~ name: listed.tables.get(name)}) %}{% endfor %}
        {% do known.update({folder: listed.unread}) %}
    {% endif %}
    {% for name in names %}{% do found.update({name: known[folder ~ '/' ~ name]}) %}{% endfor %}
    {{ return(found) }}
{% endmacro %}

{# Files and folders that begin with the name of a table and cannot be read, as files_of_tables last found them. #}
{% macro files_unread(folder) %}{{ return(graph.get('files_of_tables', {}).get(folder, [])) }}{% endmacro %}

{% macro rows_of_files(name, found, wanted) %}
    {% if found.sources | length > 1 %}
        {{ exceptions.raise_compiler_error('Raw contract: more than one file holds ' ~ name ~ ': ' ~ found.sources | join(' and ') ~ '. Keep one of them.') }}
    {% elif found.flaws %}
        {{ exceptions.raise_compiler_error('Raw contract: ' ~ found.flaws | join('; ')) }}
    {% endif %}
    {% set readers, columns = [], [] %}
    {% if found.files[0].format == 'parquet' %}
        {% set files = file_patterns(found.files) %}
        {% do readers.append('read_parquet(' ~ files ~ ', union_by_name = true') %}
        {% if found['keys'] | select('in', wanted) | list %}
            {% do columns.extend(run_query('describe select * from read_parquet(' ~ files ~ ', union_by_name = true, hive_partitioning = false)').columns[0].values()) %}
        {% endif %}
    {% else %}
        {% for shape, files in found.files | groupby('header') %}
            {% set names = csv_columns(files[0]) %}
            {% do columns.extend(names) %}
            {% do readers.append('read_csv(' ~ file_patterns(files) ~ ', ' ~ csv_options(files[0]) ~ ', header = true, columns = ' ~ struct_of_text(names)) %}
        {% endfor %}
    {% endif %}
    {% set lacking = found['keys'] | select('in', wanted) | reject('in', columns | map('lower')) | list %}
    {# As text, for an id in the name of a folder may begin with a zero. #}
    {% set rest = ', hive_partitioning = ' ~ ('true, hive_types_autocast = false)' if lacking else 'false)') %}
    {% if readers | length == 1 %}{{ return(readers[0] ~ rest) }}{% endif %}
    {{ return('(select * from ' ~ readers | join(rest ~ ' union all by name select * from ') ~ rest ~ ')') }}
{% endmacro %}

{# Files as DuckDB's readers take them: each as a pattern that no other file matches. #}
{% macro file_patterns(files) %}
    {% set patterns = [] %}
    {% for file in files %}
        {% do patterns.append(quoted_text(file.path | replace('[', '[[]') | replace('*', '[*]') | replace('?', '[?]'))) %}
    {% endfor %}
    {{ return('[' ~ patterns | join(', ') ~ ']') }}
{% endmacro %}

{# How a CSV file is read: nothing is guessed and no line is skipped, so that a bad one is named. A line may have 32 MB. #}
{% macro csv_options(file) %}
    {{ return('auto_detect = false, delim = ' ~ quoted_text(file.delimiter) ~ ", quote = '\"', escape = '\"', comment = '', skip = " ~ file.skip
        ~ ", compression = '" ~ file.compression ~ "', max_line_size = 33554432, buffer_size = 33554432") }}
{% endmacro %}

{# The names of a CSV file's columns, as the reader of its rows reads them. #}
{% macro csv_columns(file) %}
    {% set cells = [] %}
    {% for number in range(file.width) %}{% do cells.append('cell' ~ number) %}{% endfor %}
    {% set header %}
        select cast(to_json([{{ cells | join(', ') }}]) as varchar)
        from read_csv({{ file_patterns([file]) }}, {{ csv_options(file) }}, header = false, columns = {{ struct_of_text(cells) }}) limit 1
    {% endset %}
    {% set columns = [] %}
    {% for cell in fromjson(run_query(header).columns[0].values()[0]) %}
        {% set name = (cell or '').strip(' \t\r\n\ufeff') or 'column' ~ loop.index %}
        {% if name | lower in columns | map('lower') %}
            {{ exceptions.raise_compiler_error('Raw contract: ' ~ file.path ~ ' has two columns ' ~ name ~ '. Keep one of them.') }}
        {% endif %}
        {% do columns.append(name) %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}

{% macro struct_of_text(names) %}
    {% set fields = [] %}
    {% for name in names %}{% do fields.append(quoted_text(name) ~ ": 'varchar'") %}{% endfor %}
    {{ return('{' ~ fields | join(', ') ~ '}') }}
{% endmacro %}
