with

status_changes as (
    select
        loaded.ticket_id,
        loaded.updated as changed_at,
        lower(loaded.value) as status
    from ({{ loaded_rows('zendesk', 'ticket_field_history') }}) as loaded
    where lower(loaded.field_name) = 'status'
),

last_work as (
    select
        status_changes.ticket_id,
        max(status_changes.changed_at) as worked_at
    from status_changes
    where status_changes.status not in ('solved', 'closed')
    group by status_changes.ticket_id
),

-- A ticket that was reopened is solved again by its last run of solved and closed.
final as (
    select
        status_changes.ticket_id,
        coalesce(
            min(status_changes.changed_at) filter (
                where last_work.worked_at is null or status_changes.changed_at >= last_work.worked_at
            ),
            max(status_changes.changed_at)
        ) as solved_at
    from status_changes
    left join last_work
        on status_changes.ticket_id = last_work.ticket_id
    where status_changes.status in ('solved', 'closed')
    group by status_changes.ticket_id
)

select * from final
