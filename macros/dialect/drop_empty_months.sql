{#
    A month that is no longer in the extracts leaves one row without a roll-up in place of its former rows. DuckDB
    deletes that row. Spark overwrites partitions and cannot delete rows of a Parquet table.
#}
{% macro drop_empty_months() %}{{ return(adapter.dispatch('drop_empty_months')()) }}{% endmacro %}

{% macro default__drop_empty_months() %}{% endmacro %}

{% macro duckdb__drop_empty_months() %}delete from {{ this }} where rollup is null{% endmacro %}
