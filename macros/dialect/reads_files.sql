{# Whether the engine reads files in place. On Spark a loader brings the extracts as tables (docs/spark.md). #}
{% macro reads_files() %}{{ return(adapter.dispatch('reads_files')()) }}{% endmacro %}

{% macro default__reads_files() %}{{ return(true) }}{% endmacro %}

{% macro spark__reads_files() %}{{ return(false) }}{% endmacro %}
