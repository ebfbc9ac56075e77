{#
    Wraps dbt's own: in a build, a test that has passed is not run again on what has not changed since, nor a grain on dates that have
    not; `dbt test` runs all of them on everything.
#}
{% materialization test, adapter='duckdb' %}
    {% set tested = graph.nodes.get(model.attached_node) if model.get('attached_node') %}
    {% set dated_by = tested.config.meta.get('kept_by') if tested and model.test_metadata.name == 'grain' else config.get('meta').get('kept_by') %}
    {% set bounds = [config.get('fail_calc'), config.get('warn_if'), config.get('error_if'), config.get('limit')] %}
    {# Some dates alone cannot say how many rows fail in all. #}
    {% set kept_by = dated_by if bounds[1:] == ['!= 0', '!= 0', none] %}
    {% set basis = basis_of(model, sql ~ bounds, kept_by, graph.kept.passed.get(model.unique_id)) %}
    {% set changed_from = first_changed(basis, kept_by) if flags.WHICH == 'build' and not should_store_failures() else '' %}
    {% if changed_from is none %}
        {% do store_raw_result('main', message='KEPT', code='KEPT', rows_affected=0, agate_table=graph.kept.nothing_amiss) %}
        {{ return({'relations': []}) }}
    {% endif %}
    {% if basis.made_from %}{% do graph.kept.tested.update({model.unique_id: {'made_from': basis.made_from, 'inputs': basis.inputs}}) %}{% endif %}
    {% if changed_from == '' %}
        {{ return(dbt.materialization_test_default()) }}
    {% endif %}
    {% set amiss %}
        select * from (
            {{ sql }}
        ) as amiss
        where amiss.{{ kept_by }} >= cast('{{ changed_from }}' as date)
    {% endset %}
    {% call statement('main', fetch_result=True) %}
        {{ get_test_sql(get_limit_subquery_sql(amiss, config.get('limit')), config.get('fail_calc'), config.get('warn_if'), config.get('error_if'), limit=none) }}
    {% endcall %}
    {{ return({'relations': []}) }}
{% endmaterialization %}
