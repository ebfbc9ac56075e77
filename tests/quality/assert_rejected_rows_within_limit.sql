-- A row is an extract that lost too much in staging: more than a few rows, and more than a small share.
-- A table that the warehouse requires may not lose more than half of its rows, however few they are.
-- Look first at the reasons in dq_rejected_rows, then correct the extract. The limits are vars.
select
    reconciliation.source_system,
    reconciliation.table_name,
    reconciliation.raw_rows - reconciliation.not_taken_rows as rows_judged,
    reconciliation.rejected_rows,
    'see dq_rejected_rows for the reasons' as advice
from {{ ref('dq_reconciliation') }} as reconciliation
where (
    reconciliation.rejected_rows > {{ var('max_rejected_rows') | int }}
    and reconciliation.rejected_rows
        > (reconciliation.raw_rows - reconciliation.not_taken_rows) * {{ var('max_rejected_share') | float }}
)
or (
    reconciliation.source_system || '_' || reconciliation.table_name in (
        {% for name in required_tables() %}
        {{ quoted_text(name) }}{{ ',' if not loop.last }}
        {% else %}
        ''
        {% endfor %}
    )
    and 2 * reconciliation.rejected_rows > reconciliation.raw_rows - reconciliation.not_taken_rows
)
