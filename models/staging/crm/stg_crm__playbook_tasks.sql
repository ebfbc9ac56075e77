with

judged_rows as (
    select * from {{ ref('base_crm__playbook_tasks') }}
),

final as (
    select
        -- ids
        judged_rows.task_id,
        judged_rows.account_id,

        -- text
        judged_rows.playbook,
        judged_rows.step,

        -- booleans
        judged_rows.is_skipped,

        -- dates
        judged_rows.due_on,
        judged_rows.completed_on
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
