{# A file that the pipeline keeps between builds, as something to select from; none where there is none, or no such place. #}
{% macro kept_file_rows(name) %}{{ return(adapter.dispatch('kept_file_rows')(name)) }}{% endmacro %}

{% macro default__kept_file_rows(name) %}
    {{ return(raw_file_rows(env_var('CS_WAREHOUSE_DIR', 'warehouse'), name)) }}
{% endmacro %}

{% macro spark__kept_file_rows(name) %}{{ return(none) }}{% endmacro %}
