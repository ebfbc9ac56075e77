with

judged_rows as (
    select * from {{ ref('base_crm__team_members') }}
),

final as (
    select
        -- ids
        judged_rows.member_id,

        -- text
        judged_rows.member_name,
        judged_rows.role,
        judged_rows.coverage_tier,

        -- numbers
        judged_rows.annual_cost,

        -- dates
        judged_rows.hired_on,
        judged_rows.left_on
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
