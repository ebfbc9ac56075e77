select
    reconciliation.source_system,
    reconciliation.table_name,
    reconciliation.raw_rows,
    reconciliation.difference,
    reconciliation.rejected_rows,
    rejected.rejected_rows as rows_shown
from {{ ref('dq_reconciliation') }} as reconciliation
left join (
    select
        rejected.source_system,
        rejected.table_name,
        count(*) as rejected_rows
    from {{ ref('dq_rejected_rows') }} as rejected
    group by rejected.source_system, rejected.table_name
) as rejected
    on reconciliation.source_system = rejected.source_system
    and reconciliation.table_name = rejected.table_name
where reconciliation.difference <> 0
    or reconciliation.rejected_rows <> coalesce(rejected.rejected_rows, 0)
