-- Which rows of the extracts were rejected, and why?
select
    rejected.source_system,
    rejected.table_name,
    rejected.reason,
    count(*) as rejected_rows,
    min(rejected.row_key) as first_key,
    min(rejected.detail) as example
from {{ ref('dq_rejected_rows') }} as rejected
group by rejected.source_system, rejected.table_name, rejected.reason
order by rejected.source_system, rejected.table_name, rejected.reason
