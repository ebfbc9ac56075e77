with

judged_rows as (
    select * from {{ ref('base_crm__activities') }}
),

final as (
    select
        -- ids
        judged_rows.activity_id,
        judged_rows.account_id,
        judged_rows.member_id,
        judged_rows.contact_id,

        -- text
        judged_rows.activity_type,
        judged_rows.status,

        -- timestamps
        judged_rows.scheduled_at,
        judged_rows.completed_at
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
