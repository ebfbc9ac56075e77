{#
    Overrides dbt's own: an incremental table that holds other columns than its model documents was built by another version of
    the project, and cannot be carried on.
#}
{% macro should_full_refresh() %}
    {% if flags.FULL_REFRESH or model.config.materialized != 'incremental' %}{{ return(flags.FULL_REFRESH) }}{% endif %}
    {% set existing = adapter.get_relation(this.database, this.schema, this.identifier) %}
    {% if existing is none %}{{ return(false) }}{% endif %}
    {{ return((adapter.get_columns_in_relation(existing) | map(attribute='name') | sort) != (model.columns | sort)) }}
{% endmacro %}
