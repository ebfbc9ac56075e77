{#
    Overrides dbt's own: a table that outlives its build, incremental or seed, and holds other columns than are documented was built by
    another version of the project, and cannot be carried on.
#}
{% macro should_full_refresh() %}
    {% if flags.FULL_REFRESH or model.config.materialized not in ('incremental', 'seed') %}{{ return(flags.FULL_REFRESH) }}{% endif %}
    {% set existing = adapter.get_relation(this.database, this.schema, this.identifier) %}
    {% if existing is none %}{{ return(false) }}{% endif %}
    {% set documented = model.config.column_types if model.config.materialized == 'seed' else model.columns %}
    {{ return((adapter.get_columns_in_relation(existing) | map(attribute='name') | sort) != (documented | sort)) }}
{% endmacro %}
