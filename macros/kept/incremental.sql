{# Wraps dbt-duckdb's own: notes what the table holds, for the tables that read it. #}
{% materialization incremental, adapter='duckdb' %}
    {% set existing = load_cached_relation(this) %}
    {% if existing is not none and existing.is_table %}
        {% call statement('forget') %}comment on table {{ existing }} is null{% endcall %}
        {{ adapter.commit() }}
    {% endif %}
    {% set made = dbt.materialization_incremental_duckdb() %}
    {% do note_contents(this, {'made_from': none, 'inputs': {}}) %}
    {{ adapter.commit() }}
    {{ return(made) }}
{% endmaterialization %}
