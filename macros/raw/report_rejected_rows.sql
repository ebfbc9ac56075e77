{# After a build, in words: what of the extracts was not taken, why, and where to look. #}
{% macro report_rejected_rows(results) %}
    {% set built = {} %}
    {% for result in results if result.status == 'success' %}{% do built.update({result.node.name: result.node.relation_name}) %}{% endfor %}
    {% if execute and 'dq_rejected_rows' in built and 'dq_reconciliation' in built %}
        {% set table = built['dq_rejected_rows'] %}
        {% set reasons %}
            select rejected.source_system, rejected.table_name, rejected.reason, count(*) as rejected_rows, min(rejected.detail) as example
            from {{ table }} as rejected
            group by rejected.source_system, rejected.table_name, rejected.reason
            order by rejected.source_system, rejected.table_name, rejected.reason
        {% endset %}
        {% set totals = {} %}
        {% for row in run_query('select source_system, table_name, raw_rows, rejected_rows from ' ~ built['dq_reconciliation'] ~ ' where rejected_rows > 0').rows %}
            {% do totals.update({row[0] ~ '_' ~ row[1]: row}) %}
        {% endfor %}
        {% set told = [] %}
        {% for row in run_query(reasons).rows %}
            {% set name = row[0] ~ '_' ~ row[1] %}
            {% if name not in told %}
                {% do told.append(name) %}
                {% set total = totals[name] %}
                {% set is_too_many = total[3] > var('max_rejected_rows') and total[3] > total[2] * var('max_rejected_share') %}
                {{ log(('ERROR' if is_too_many else 'WARNING') ~ ' ' ~ name ~ ': ' ~ total[3] ~ ' of ' ~ total[2] ~ ' rows rejected'
                    ~ (', more than max_rejected_share ' ~ var('max_rejected_share') ~ ' allows' if is_too_many else '')
                    ~ '; see ' ~ (table | replace('"', '')) ~ ' where table_name = ' ~ "'" ~ row[1] ~ "'", info=true) }}
            {% endif %}
            {{ log('    ' ~ row[3] ~ ' x ' ~ row[2] ~ ', such as: ' ~ row[4], info=true) }}
        {% endfor %}
    {% endif %}
{% endmacro %}
