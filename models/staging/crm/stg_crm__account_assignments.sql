with

judged_rows as (
    select * from {{ ref('base_crm__account_assignments') }}
),

final as (
    select
        -- ids
        judged_rows.account_id,
        judged_rows.member_id,

        -- dates
        judged_rows.assigned_from,
        judged_rows.assigned_to
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
