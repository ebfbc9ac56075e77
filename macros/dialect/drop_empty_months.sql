{#
    A month that is no longer in the extracts leaves a row without a roll-up, which replaces its former rows.
    DuckDB then drops that row. Spark overwrites partitions, and deletes no rows of a Parquet table.
#}
{% macro drop_empty_months() %}{{ return(adapter.dispatch('drop_empty_months')()) }}{% endmacro %}

{% macro default__drop_empty_months() %}{% endmacro %}

{% macro duckdb__drop_empty_months() %}delete from {{ this }} where rollup is null{% endmacro %}
