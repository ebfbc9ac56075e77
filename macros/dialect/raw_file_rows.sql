{# A raw file (or a folder of Parquet parts) as something to select from; none where no file of that name exists. #}
{% macro raw_file_rows(folder, name) %}
    {{ return(adapter.dispatch('raw_file_rows')(folder, name)) }}
{% endmacro %}

{% macro default__raw_file_rows(folder, name) %}
    {% set readers = {
        name ~ '.parquet': "read_parquet('{}')",
        name ~ '/*.parquet': "read_parquet('{}', union_by_name = true)",
        name ~ '.csv': "read_csv('{}', header = true, all_varchar = true, quote = '\"', escape = '\"')",
        name ~ '.csv.gz': "read_csv('{}', header = true, all_varchar = true, quote = '\"', escape = '\"')",
    } %}
    {% set found = [] %}
    {% for pattern, reader in readers.items() %}
        {% set file = (folder ~ '/' ~ pattern) | replace("'", "''") %}
        {% if run_query("select count(*) from glob('" ~ file ~ "')").columns[0].values()[0] > 0 %}
            {% do found.append(reader.format(file)) %}
        {% endif %}
    {% endfor %}
    {% if found | length > 1 %}
        {{ exceptions.raise_compiler_error("Raw contract: more than one file holds " ~ name ~ ": " ~ found | join(' and ') ~ ". Keep one of them.") }}
    {% endif %}
    {{ return(found | first if found else none) }}
{% endmacro %}

{% macro spark__raw_file_rows(folder, name) %}
    {{ exceptions.raise_compiler_error("Raw contract: on Spark the way in is tables: load the extracts as tables " ~ name ~ ", ... and set raw_schema (docs/spark.md).") }}
{% endmacro %}
