{# Overrides dbt's own: a view is replaced in its place, and noted, for the tables that read it. #}
{% materialization view, adapter='duckdb' %}
    {% set existing = load_cached_relation(this) %}
    {% set target_relation = this.incorporate(type='view') %}
    {% if existing is not none and not existing.is_view %}{% do drop_relation_if_exists(existing) %}{% endif %}
    {% call statement('main') %}
        drop view if exists {{ target_relation }};
        {{ get_create_view_as_sql(target_relation, compiled_code) }}
    {% endcall %}
    {{ adapter.commit() }}
    {% set note = {'made_from': local_md5(compiled_code), 'reads_files': files_read(compiled_code) != []} %}
    {% do graph.kept.notes.update({noted_as(model): note}) %}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
