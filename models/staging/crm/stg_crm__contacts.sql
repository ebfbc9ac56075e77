with

judged_rows as (
    select * from {{ ref('base_crm__contacts') }}
),

final as (
    select
        -- ids
        judged_rows.contact_id,
        judged_rows.account_id,

        -- text
        judged_rows.full_name,
        judged_rows.email,
        judged_rows.stakeholder_type,
        judged_rows.seniority,
        judged_rows.department,

        -- numbers
        judged_rows.relationship_strength,

        -- dates
        judged_rows.departed_on,

        -- timestamps
        judged_rows.created_at
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
