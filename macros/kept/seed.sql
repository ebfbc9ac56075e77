{# Wraps dbt's own: a seed whose CSV file has not changed since it was loaded is kept. #}
{% materialization seed, adapter='duckdb' %}
    {% set made_from = local_md5(model.checksum.checksum ~ tojson(model.config.column_types, sort_keys=true)) %}
    {% set last = graph.kept.notes.get(noted_as(model), {}) %}
    {# Of a file above a megabyte dbt hashes the path alone. #}
    {% if last.made_from == made_from and model.checksum.name != 'path' and not should_full_refresh() %}
        {% call noop_statement('main', 'KEPT') %}{% endcall %}
        {% do store_result('agate_table', response='KEPT') %}
        {{ return({'relations': [this.incorporate(type='table')]}) }}
    {% endif %}
    {% do forget_contents(load_cached_relation(this)) %}
    {% set made = dbt.materialization_seed_default() %}
    {% do note_contents(this, {'made_from': made_from, 'inputs': {}}, run_query(contents_of(this))) %}
    {{ adapter.commit() }}
    {{ return(made) }}
{% endmaterialization %}
