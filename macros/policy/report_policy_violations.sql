{# Says after a build what is invalid in a policy file: file, row, what is wrong and what is expected. #}
{% macro report_policy_violations(results) %}
    {% set found = [] %}
    {% for result in results if result.status == 'fail' and 'policy_is_sound' in result.node.name %}
        {% do found.extend(run_query(result.node.compiled_code).rows) %}
    {% endfor %}
    {% for row in found %}
        {{ log('ERROR policy: ' ~ row.values() | reject('none') | join(': '), info=true) }}
    {% endfor %}
    {% if found %}
        {% set folder = var('policy_path', env_var('CS_POLICY_PATH', '')) or 'seeds/policy' %}
        {{ log('Correct these rows in ' ~ folder ~ ' and build again.', info=true) }}
    {% endif %}
{% endmacro %}
