{# After a build, report in words the laws that rows of a mart break, and the number of these rows. #}
{% macro report_broken_laws(results) %}
    {% for result in results if result.status == 'fail' and (result.node.test_metadata or {}).name == 'row_laws' %}
        {% set broken = '(' ~ result.node.compiled_code ~ ') as broken' %}
        {% set laws = 'select broken_law, count(*) from ' ~ broken ~ ' group by broken_law' %}
        {% for law, row_count in run_query(laws).rows %}
            {{ log('ERROR ' ~ result.node.attached_node.split('.')[-1] ~ ': "' ~ law ~ '" is broken by ' ~ row_count
                ~ ' rows; the compiled test lists them', info=true) }}
        {% endfor %}
    {% endfor %}
{% endmacro %}
