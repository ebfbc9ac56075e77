-- name: systems
select
    source_system,
    count(*) filter (where is_present) as objects_found,
    count(*) filter (where not is_present) as objects_absent,
    sum(rows_read) as rows_read,
    max(newest_loaded_at) as newest_loaded_at
from quality.dq_source_objects
group by all
order by newest_loaded_at nulls first, source_system;

-- name: objects
select
    source_system,
    object_name,
    loaded_from,
    rows_read,
    newest_loaded_at,
    unread_values
from quality.dq_source_objects
order by source_system, is_present, object_name;

-- name: not_taken
select
    source_system,
    table_name,
    reason,
    row_count,
    rows_of_table
from quality.dq_source_rows
where reason <> 'taken'
order by row_count desc, source_system, table_name, reason;

-- name: taken
select
    coalesce(sum(row_count) filter (where reason = 'taken'), 0) as taken,
    coalesce(sum(row_count), 0) as all_rows
from quality.dq_source_rows;

-- name: links
select
    source_system,
    link_rule,
    sum(parties) as parties,
    sum(mrr_at_stake) as mrr_at_stake
from quality.dq_account_links
group by all
order by source_system, parties desc, link_rule;

-- name: unlinked
select
    source_system,
    party_name,
    source_id,
    parties,
    mrr_at_stake,
    reason
from quality.dq_account_links
where is_unlinked
order by mrr_at_stake desc, parties desc, source_system, source_id
limit 200;

-- name: at_stake
select
    coalesce(sum(parties) filter (where is_unlinked), 0) as parties_unlinked,
    coalesce(sum(parties), 0) as parties,
    coalesce(sum(mrr_at_stake), 0) as mrr_at_stake
from quality.dq_account_links;
