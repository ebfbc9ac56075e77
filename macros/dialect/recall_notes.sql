{# A run reads once, as it starts, what was noted of tables and tests, and keeps it beside dbt's graph, which all its nodes share. #}
{% macro recall_notes() %}{{ return(adapter.dispatch('recall_notes')()) }}{% endmacro %}

{% macro default__recall_notes() %}{% endmacro %}

{% macro duckdb__recall_notes() %}
    {% if not execute %}{{ return('') }}{% endif %}
    {% set notes, passed = {}, {} %}
    {% set sql %}
        select schema_name || '.' || table_name as name, comment
        from duckdb_tables()
        where database_name = {{ quoted_text(target.database) }} and starts_with(comment, '{')
    {% endset %}
    {% for name, comment in run_query(sql).rows %}{% do notes.update({name: fromjson(comment)}) %}{% endfor %}
    {% do run_query('create table if not exists ' ~ tests_passed() ~ ' (test varchar, basis varchar)') %}
    {% for test, basis in run_query('select test, basis from ' ~ tests_passed()).rows %}{% do passed.update({test: fromjson(basis)}) %}{% endfor %}
    {% set nothing_amiss = run_query('select 0 as failures, false as should_warn, false as should_error') %}
    {% do graph.update({'kept': {'notes': notes, 'passed': passed, 'tested': {}, 'nothing_amiss': nothing_amiss}}) %}
{% endmacro %}
