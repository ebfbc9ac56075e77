{#
    Overrides dbt-duckdb's own: a table is made anew only where what it is made from has changed since it was made, and is kept
    otherwise. Of a table with meta kept_by, a column of dates, the rows of a date follow from what was known by then, so that only rows
    from the first changed date on are made anew. --full-refresh makes all anew.
#}
{% materialization table, adapter='duckdb' %}
    {% set existing = load_cached_relation(this) %}
    {% set target_relation = this.incorporate(type='table') %}
    {% set kept_by = model.config.meta.get('kept_by') %}
    {% set basis = basis_of(model, compiled_code, kept_by, graph.kept.notes.get(noted_as(model))) %}
    {% set first_date = first_changed(basis, kept_by) %}
    {% if first_date is none and existing is not none %}
        {% call noop_statement('main', 'KEPT') %}{{ compiled_code }}{% endcall %}
        {{ return({'relations': [target_relation]}) }}
    {% endif %}

    {% set kept = {} %}
    {% for date, content in basis.last.content.items() if first_date and date < first_date %}{% do kept.update({date: content}) %}{% endfor %}
    {% set changed = kept_by ~ " >= cast('" ~ first_date ~ "' as date)" if kept else 'true' %}
    {% if existing is not none and existing.is_view %}{% do drop_relation_if_exists(existing) %}{% endif %}
    {% call statement('main', fetch_result=true) %}
        {% if kept %}
        delete from {{ target_relation }} where {{ changed }};
        insert into {{ target_relation }} by name
        select * from (
            {{ compiled_code }}
        ) as made
        where made.{{ changed }};
        {% else %}
        drop table if exists {{ target_relation }};
        {{ create_table_as(False, target_relation, compiled_code) }}
        {% endif %}
        {{ contents_of(target_relation, changed) }}
    {% endcall %}
    {% do note_contents(target_relation, basis, load_result('main').table, kept) %}
    {{ adapter.commit() }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
