{# After a build, in words: which rows and values of the extracts were not used, why, and where to look. #}
{% macro report_rejected_rows(results) %}
    {% set built = {} %}
    {% for result in results if result.status == 'success' %}{% do built.update({result.node.name: result.node.relation_name}) %}{% endfor %}
    {% if execute and 'dq_rejected_rows' in built and 'dq_reconciliation' in built %}
        {% do report_rows(built['dq_rejected_rows'], built['dq_reconciliation']) %}
    {% endif %}
    {% if execute and 'dq_invalid_values' in built %}{% do report_values(built['dq_invalid_values']) %}{% endif %}
{% endmacro %}

{# Rejected rows, table by table, with an example of each reason. #}
{% macro report_rows(rejected_rows, reconciliation) %}
    {% set reasons %}
        select rejected.source_system, rejected.table_name, rejected.reason, count(*) as rejected_rows, min(rejected.detail) as example
        from {{ rejected_rows }} as rejected
        group by rejected.source_system, rejected.table_name, rejected.reason
        order by rejected.source_system, rejected.table_name, rejected.reason
    {% endset %}
    {% set totals, reported = {}, [] %}
    {% for row in run_query('select source_system, table_name, raw_rows, rejected_rows from ' ~ reconciliation ~ ' where rejected_rows > 0').rows %}
        {% do totals.update({row[0] ~ '_' ~ row[1]: row}) %}
    {% endfor %}
    {% for row in run_query(reasons).rows %}
        {% set name = row[0] ~ '_' ~ row[1] %}
        {% if name not in reported %}
            {% do reported.append(name) %}
            {% set raw_rows, rejected = totals[name][2], totals[name][3] %}
            {% set is_above = rejected > var('max_rejected_rows') and rejected > raw_rows * var('max_rejected_share') %}
            {% set is_lost = name in required_tables() and 2 * rejected > raw_rows %}
            {{ log(('ERROR ' if is_above or is_lost else 'WARNING ') ~ name ~ ': ' ~ rejected ~ ' of ' ~ raw_rows ~ ' rows rejected'
                ~ (', more than max_rejected_share ' ~ var('max_rejected_share') ~ ' allows' if is_above else '')
                ~ (', more than half of a required table' if is_lost and not is_above else '')
                ~ '; see ' ~ (rejected_rows | replace('"', '')) ~ ' where table_name = ' ~ "'" ~ row[1] ~ "'", info=true) }}
        {% endif %}
        {{ log('    ' ~ row[3] ~ ' x ' ~ row[2] ~ ', such as: ' ~ row[4], info=true) }}
    {% endfor %}
{% endmacro %}

{# Values of accepted rows that are not used, column by column, with an example. #}
{% macro report_values(invalid_values) %}
    {% set columns %}
        select source_system, table_name, column_name, values_given, values_nulled, placeholder_values, is_held_to_limit, example, example_row
        from {{ invalid_values }}
        order by source_system, table_name, column_name
    {% endset %}
    {% for system, table, column, given, nulled, placeholders, is_held_to_limit, example, row in run_query(columns).rows %}
        {% set unused = nulled - placeholders %}
        {% set is_above = is_held_to_limit and unused > var('max_rejected_rows') and unused > given * var('max_rejected_share') %}
        {% set meta = raw_contract(system, table).columns[column] %}
        {% set expected = wanted_of(meta) ~ (' that is not before its row' if meta.type in ('date', 'timestamp') else '') %}
        {{ log(('ERROR ' if is_above else 'WARNING ') ~ system ~ '_' ~ table ~ '.' ~ column ~ ': ' ~ nulled ~ ' of ' ~ given ~ ' values not used'
            ~ (', more than max_rejected_share ' ~ var('max_rejected_share') ~ ' allows' if is_above else '')
            ~ ", such as '" ~ example ~ "'" ~ (' in row ' ~ row if row else '') ~ ', expected ' ~ expected
            ~ (' (' ~ placeholders ~ ' of them placeholders that stand for no date)' if placeholders else ''), info=true) }}
    {% endfor %}
{% endmacro %}

{# The tables that the raw contract requires, as system_table. #}
{% macro required_tables() %}
    {% set required = [] %}
    {% if not execute %}{{ return(required) }}{% endif %}
    {% for table in graph.sources.values() if (table.config.meta or table.meta).required %}{% do required.append(table.source_name ~ '_' ~ table.name) %}{% endfor %}
    {{ return(required) }}
{% endmacro %}
