{# After a build, in words: which rows and values of the extracts were not used, why, and where to look. #}
{% macro report_rejected_rows(results) %}
    {% set built = {} %}
    {% for result in results if result.status == 'success' %}
        {% do built.update({result.node.name: result.node.relation_name}) %}
    {% endfor %}
    {% if execute and 'dq_rejected_rows' in built and 'dq_reconciliation' in built %}
        {% do report_rows(built['dq_rejected_rows'], built['dq_reconciliation']) %}
    {% endif %}
    {% if execute and 'dq_invalid_values' in built %}{% do report_values(built['dq_invalid_values']) %}{% endif %}
{% endmacro %}

{#
    Rejected rows of unlinked parties by table: tickets, events and answers that a connector read and whose account
    nobody knows. They have no limit, because dq_account_links lists their parties.
#}
{% macro orphans_of_connectors(rejected_rows) %}
    {% set names = [] %}
    {% for raw in raw_tables()
        if connectors_of(raw.system ~ '_' ~ raw.table) and own_relation(raw.system, raw.table) is none %}
        {% do names.append(raw.system ~ '_' ~ raw.table) %}
    {% endfor %}
    select
        rejected.source_system,
        rejected.table_name,
        count(*) as orphan_rows
    from {{ rejected_rows }} as rejected
    where rejected.reason = 'orphan:account_id'
        and rejected.source_system || '_' || rejected.table_name in ({{ quoted_texts(names or ['']) }})
    group by rejected.source_system, rejected.table_name
{% endmacro %}

{# Rejected rows by table, with an example of each reason. #}
{% macro report_rows(rejected_rows, reconciliation) %}
    {% set totals_sql %}
        select
            counted.source_system || '_' || counted.table_name, counted.raw_rows - counted.not_taken_rows,
            counted.rejected_rows, counted.rejected_rows - coalesce(orphans.orphan_rows, 0)
        from {{ reconciliation }} as counted
        left join ({{ orphans_of_connectors(rejected_rows) }}) as orphans
            on counted.source_system = orphans.source_system
            and counted.table_name = orphans.table_name
        where counted.rejected_rows > 0
    {% endset %}
    {% set reasons_sql %}
        select
            rejected.source_system || '_' || rejected.table_name as name, rejected.table_name, rejected.reason,
            count(*) as rejected_rows, min(rejected.detail) as example
        from {{ rejected_rows }} as rejected
        group by rejected.source_system, rejected.table_name, rejected.reason
        order by rejected.source_system, rejected.table_name, rejected.reason
    {% endset %}
    {% set totals, reported = {}, [] %}
    {% for name, raw_rows, rejected, limited in run_query(totals_sql).rows %}
        {% do totals.update({name: (raw_rows, rejected, limited)}) %}
    {% endfor %}
    {% for name, table, reason, rows_of_reason, example in run_query(reasons_sql).rows %}
        {% if name not in reported %}
            {% do reported.append(name) %}
            {% set raw_rows, rejected, limited = totals[name] %}
            {% set is_above = exceeds_limits(limited, raw_rows) %}
            {% set is_lost = name in required_tables() and 2 * rejected > raw_rows %}
            {% set place = (rejected_rows | replace('"', '')) ~ " where table_name = '" ~ table ~ "'" %}
            {{ log(
                ('ERROR ' if is_above or is_lost else 'WARNING ') ~ name ~ ': ' ~ rejected ~ ' of ' ~ raw_rows
                ~ ' rows rejected' ~ (limit_exceeded() if is_above else '')
                ~ (', more than half of a required table' if is_lost and not is_above else '') ~ '. See ' ~ place,
                info=true
            ) }}
        {% endif %}
        {{ log('    ' ~ rows_of_reason ~ ' x ' ~ reason ~ ', such as: ' ~ example, info=true) }}
    {% endfor %}
{% endmacro %}

{# Unused values of accepted rows by column, with an example. #}
{% macro report_values(invalid_values) %}
    {% set columns %}
        select
            source_system, table_name, column_name, values_given, values_nulled, placeholder_values, is_held_to_limit,
            example, example_row
        from {{ invalid_values }}
        order by source_system, table_name, column_name
    {% endset %}
    {% for system, table, column, given, nulled, placeholders, is_limited, example, row in run_query(columns).rows %}
        {% set is_above = is_limited and exceeds_limits(nulled - placeholders, given) %}
        {% set meta = raw_contract(system, table).columns[column] %}
        {% set after_row = ' that is not before its row' if meta.type in ('date', 'timestamp') else '' %}
        {{ log(
            ('ERROR ' if is_above else 'WARNING ') ~ system ~ '_' ~ table ~ '.' ~ column ~ ': '
            ~ nulled ~ ' of ' ~ given ~ ' values not used' ~ (limit_exceeded() if is_above else '')
            ~ ", such as '" ~ example ~ "'" ~ (' in row ' ~ row if row else '')
            ~ ', expected ' ~ expected_of(meta) ~ after_row
            ~ (' (' ~ placeholders ~ ' of them placeholders for no date)' if placeholders else ''),
            info=true
        ) }}
    {% endfor %}
{% endmacro %}

{# Whether unused rows or values exceed both limits. #}
{% macro exceeds_limits(unused, given) %}
    {{ return(unused > var('max_rejected_rows') and unused > given * var('max_rejected_share')) }}
{% endmacro %}

{% macro limit_exceeded() %}
    {{ return(', more than max_rejected_share ' ~ var('max_rejected_share') ~ ' allows') }}
{% endmacro %}

{# The tables that the raw contract requires, as system_table. #}
{% macro required_tables() %}
    {% set required = [] %}
    {% if not execute %}{{ return(required) }}{% endif %}
    {% for table in contract_sources() if (table.config.meta or table.meta).required %}
        {% do required.append(table.source_name ~ '_' ~ table.name) %}
    {% endfor %}
    {{ return(required) }}
{% endmacro %}
