{# Keep the basis of the tests that have passed in this run. #}
{% macro note_tests(results) %}{{ return(adapter.dispatch('note_tests')(results)) }}{% endmacro %}

{% macro default__note_tests(results) %}{% endmacro %}

{% macro duckdb__note_tests(results) %}
    {% set passed = [] %}
    {% for result in results if result.status == 'pass' and result.node.unique_id in graph.kept.tested %}
        {% do passed.append((result.node.unique_id, tojson(graph.kept.tested[result.node.unique_id]))) %}
    {% endfor %}
    {% if passed %}
        delete from {{ tests_passed() }} where test in ({% for test, _ in passed %}{{ quoted_text(test) }}{{ ', ' if not loop.last }}{% endfor %});
        insert into {{ tests_passed() }} values {% for test, basis in passed %}({{ quoted_text(test) }}, {{ quoted_text(basis) }}){{ ', ' if not loop.last }}{% endfor %}
    {% endif %}
{% endmacro %}

{# Where the basis of each test is kept on which it passed. #}
{% macro tests_passed() %}{{ return(quoted_name(target.database) ~ '.' ~ quoted_name(target.schema) ~ '.tests_passed') }}{% endmacro %}
