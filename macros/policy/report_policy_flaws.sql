{# After a build, in words: what a guard found wrong in a policy CSV, and where. #}
{% macro report_policy_flaws(results) %}
    {% for result in results if result.status == 'fail' and result.node.name.endswith('_policy_is_sound') %}
        {% for row in run_query(result.node.compiled_code).rows %}
            {{ log('ERROR policy: ' ~ row.values() | reject('none') | join(': '), info=true) }}
        {% endfor %}
    {% endfor %}
{% endmacro %}
