{# Wraps dbt-duckdb's own: notes what the roll-up of usage holds, for the tables that read it, and which files it has read. #}
{% materialization incremental, adapter='duckdb' %}
    {% set existing = load_cached_relation(this) %}
    {% set last = graph.kept.notes.get(noted_as(model), {}).get('content') %}
    {% set months_taken = graph.kept.get('months_taken') %}
    {% set kept, among = {}, 'true' %}
    {% if existing is not none and last and months_taken is not none %}
        {% set among = in_months(months_taken) %}
        {% for month, content in last.items() if "cast('" ~ month ~ "' as date)" not in months_taken %}
            {% do kept.update({month: content}) %}
        {% endfor %}
    {% endif %}
    {% do forget_contents(existing) %}
    {% set made = dbt.materialization_incremental_duckdb() %}
    {% set contents = run_query(contents_of(this, among)) %}
    {% do note_contents(this, {'made_from': none, 'inputs': {}, 'files': graph.kept.get('usage_files')}, contents, kept) %}
    {{ adapter.commit() }}
    {{ return(made) }}
{% endmaterialization %}
