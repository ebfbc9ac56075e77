with

rows_of_connectors as (
    {% for system in sources_in_use() %}
    {% set last_system = loop.last %}
    {% for name in connector_tables()[system] %}
    {% set table = name.split('_')[1:] | join('_') %}
    select
        '{{ system }}' as source_system,
        '{{ name }}' as table_name,
        coalesce(connector_rows.not_taken, 'taken') as reason,
        count(*) as row_count
    from {{ ref('con_' ~ system ~ '__' ~ table) }} as connector_rows
    group by coalesce(connector_rows.not_taken, 'taken')
    {{ 'union all' if not (last_system and loop.last) }}
    {% endfor %}
    {% endfor %}
),

final as (
    select
        rows_of_connectors.source_system,
        rows_of_connectors.table_name,
        rows_of_connectors.reason,
        cast(rows_of_connectors.row_count as bigint) as row_count,
        cast(sum(rows_of_connectors.row_count) over (
            partition by rows_of_connectors.source_system, rows_of_connectors.table_name
        ) as bigint) as rows_of_table
    from rows_of_connectors
)

select * from final
