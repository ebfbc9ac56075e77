{# A raw file (or a folder of Parquet parts) as something to select from; none where no file of that name exists. #}
{% macro raw_file_rows(folder, name) %}
    {{ return(adapter.dispatch('raw_file_rows')(folder, name)) }}
{% endmacro %}

{% macro default__raw_file_rows(folder, name) %}
    {% set file = (folder ~ '/' ~ name) | replace("'", "''") %}
    {% set readers = {
        '.parquet': "read_parquet('{}')",
        '/*.parquet': "read_parquet('{}', union_by_name = true)",
        '.csv': "read_csv('{}', {})",
        '.csv.gz': "read_csv('{}', {})",
    } %}
    {% set files %}
        {% for ending in readers %}
        select distinct '{{ ending }}' as ending from glob('{{ file ~ ending }}')
        {{ 'union all' if not loop.last }}
        {% endfor %}
    {% endset %}
    {% set found = run_query(files).columns[0].values() | list %}
    {% if found | length > 1 %}
        {{ exceptions.raise_compiler_error("Raw contract: more than one file holds " ~ name ~ ": " ~ folder ~ '/' ~ name ~ found | join(' and ' ~ folder ~ '/' ~ name) ~ ". Keep one of them.") }}
    {% endif %}
    {% for ending in found %}
        {{ return(readers[ending].format(file ~ ending, csv_shape(file ~ ending) if '.csv' in ending)) }}
    {% endfor %}
    {{ return(none) }}
{% endmacro %}

{# How a CSV file is read: by its own header and nothing guessed, so that no line is skipped and a bad one is named. #}
{% macro csv_shape(file) %}
    {% set lines = run_query("select line from read_csv('" ~ file ~ "', auto_detect = false, header = false, delim = '\x01', quote = '', escape = '', comment = '', columns = {'line': 'varchar'}) limit 1").columns[0].values() %}
    {% set header = lines[0] or '' if lines else '' %}
    {% set by_count = {} %}
    {% for delimiter in ['|', '\t', ';', ','] %}{% do by_count.update({header.count(delimiter): delimiter}) %}{% endfor %}
    {% set delimiter = by_count[by_count | max] %}
    {% set columns = {} %}
    {% for cell in header.split(delimiter) %}
        {% set name = cell.strip(' \r\ufeff"') or 'column' ~ loop.index %}
        {% if name | lower in columns | map('lower') %}
            {{ exceptions.raise_compiler_error('Raw contract: ' ~ file ~ ' has two columns ' ~ name ~ '. Keep one of them.') }}
        {% endif %}
        {% do columns.update({name | replace("'", "''"): 'varchar'}) %}
    {% endfor %}
    {{ return("auto_detect = false, header = true, delim = '" ~ delimiter ~ "', quote = '\"', escape = '\"', comment = '', columns = {'" ~ columns | join("': 'varchar', '") ~ "': 'varchar'}") }}
{% endmacro %}

{% macro spark__raw_file_rows(folder, name) %}
    {{ exceptions.raise_compiler_error("Raw contract: on Spark the way in is tables: load the extracts as tables " ~ name ~ ", ... and set raw_schema (docs/spark.md).") }}
{% endmacro %}
