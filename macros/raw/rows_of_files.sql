{# The call of DuckDB's reader for the files of one table. CSV files with different headers have a call each. #}
{% macro rows_of_files(name, found, wanted) %}
    {% if found.sources | length > 1 %}
        {% set sources = found.sources | join(' and ') %}
        {{ exceptions.raise_compiler_error(
            'Raw contract: more than one file holds ' ~ name ~ ': ' ~ sources ~ '. Keep one of them.'
        ) }}
    {% elif found.flaws %}
        {{ exceptions.raise_compiler_error('Raw contract: ' ~ found.flaws | join('; ')) }}
    {% endif %}
    {% set missing_keys = found['keys'] | select('in', wanted) | list %}
    {% set readers, columns = [], [] %}
    {% if found.files[0].format == 'parquet' %}
        {% set reader = 'read_parquet(' ~ file_patterns(found.files) ~ ', union_by_name = true' %}
        {% do readers.append(reader) %}
        {% if missing_keys %}
            {% set described = run_query('describe select * from ' ~ reader ~ ', hive_partitioning = false)') %}
            {% do columns.extend(described.columns[0].values()) %}
        {% endif %}
    {% else %}
        {% for shape, files in found.files | groupby('header') %}
            {% set names = csv_columns(files[0]) %}
            {% do columns.extend(names) %}
            {% do readers.append(
                'read_csv(' ~ file_patterns(files) ~ ', ' ~ csv_options(files[0])
                ~ ', header = true, columns = ' ~ struct_of_text(names)
            ) %}
        {% endfor %}
    {% endif %}
    {# A key from the name of a folder is text, because an id may begin with a zero. #}
    {% set reads_keys = missing_keys | reject('in', columns | map('lower')) | list %}
    {% set rest = ', hive_partitioning = ' ~ ('true, hive_types_autocast = false)' if reads_keys else 'false)') %}
    {% if readers | length == 1 %}{{ return(readers[0] ~ rest) }}{% endif %}
    {% set selected = '*' if 'filename' in columns | map('lower') else '*, filename' %}
    {% set union = rest ~ ' union all by name select ' ~ selected ~ ' from ' %}
    {{ return('(select ' ~ selected ~ ' from ' ~ readers | join(union) ~ rest ~ ')') }}
{% endmacro %}

{# Files as DuckDB's readers take them: each as a pattern that matches no other file. #}
{% macro file_patterns(files) %}
    {% set patterns = [] %}
    {% for file in files %}
        {% set pattern = file.path | replace('[', '[[]') | replace('*', '[*]') | replace('?', '[?]') %}
        {% do patterns.append(quoted_text(pattern)) %}
    {% endfor %}
    {{ return('[' ~ patterns | join(', ') ~ ']') }}
{% endmacro %}

{# Options of read_csv: it guesses nothing and skips no line, so that it names a bad one. A line may have 32 MB. #}
{% macro csv_options(file) %}
    {{ return(
        'auto_detect = false, delim = ' ~ quoted_text(file.delimiter)
        ~ ", quote = '\"', escape = '\"', comment = '', skip = " ~ file.skip
        ~ ", compression = '" ~ file.compression ~ "', max_line_size = 33554432, buffer_size = 33554432"
    ) }}
{% endmacro %}

{# The column names of a CSV file, read with the options of its rows. #}
{% macro csv_columns(file) %}
    {% set cells = [] %}
    {% for number in range(file.width) %}{% do cells.append('cell' ~ number) %}{% endfor %}
    {% set header %}
        select cast(to_json([{{ cells | join(', ') }}]) as varchar)
        from read_csv(
            {{ file_patterns([file]) }}, {{ csv_options(file) }}, header = false, columns = {{ struct_of_text(cells) }}
        ) limit 1
    {% endset %}
    {% set columns = [] %}
    {% for cell in fromjson(run_query(header).columns[0].values()[0]) %}
        {% set name = (cell or '').strip(' \t\r\n\ufeff') or 'column' ~ loop.index %}
        {% if name | lower in columns | map('lower') %}
            {{ exceptions.raise_compiler_error(
                'Raw contract: ' ~ file.path ~ ' has two columns ' ~ name ~ '. Keep one of them.'
            ) }}
        {% endif %}
        {% do columns.append(name) %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}

{# Columns of text, as read_csv takes them. #}
{% macro struct_of_text(names) %}
    {% set fields = [] %}
    {% for name in names %}{% do fields.append(quoted_text(name) ~ ": 'varchar'") %}{% endfor %}
    {{ return('{' ~ fields | join(', ') ~ '}') }}
{% endmacro %}
