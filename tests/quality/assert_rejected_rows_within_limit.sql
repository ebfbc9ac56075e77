-- A row is an extract that lost too much in staging: more than a few rows, and more than a small share.
-- A table that the warehouse requires may not lose more than half of its rows, however few they are.
-- Look first at the reasons in dq_rejected_rows, then correct the extract. The limits are vars.
with

rejected as (
    select
        reconciliation.source_system,
        reconciliation.table_name,
        reconciliation.raw_rows - reconciliation.not_taken_rows as rows_judged,
        reconciliation.rejected_rows,
        reconciliation.rejected_rows - coalesce(orphans.orphan_rows, 0) as rows_held_to_limit
    from {{ ref('dq_reconciliation') }} as reconciliation
    left join ({{ orphans_of_connectors(ref('dq_rejected_rows')) }}) as orphans
        on reconciliation.source_system = orphans.source_system
        and reconciliation.table_name = orphans.table_name
)

select
    rejected.source_system,
    rejected.table_name,
    rejected.rows_judged,
    rejected.rejected_rows,
    'see dq_rejected_rows for the reasons' as advice
from rejected
where (
    rejected.rows_held_to_limit > {{ var('max_rejected_rows') | int }}
    and rejected.rows_held_to_limit > rejected.rows_judged * {{ var('max_rejected_share') | float }}
)
or (
    rejected.source_system || '_' || rejected.table_name in (
        {% for name in required_tables() %}
        {{ quoted_text(name) }}{{ ',' if not loop.last }}
        {% else %}
        ''
        {% endfor %}
    )
    and 2 * rejected.rejected_rows > rejected.rows_judged
)
