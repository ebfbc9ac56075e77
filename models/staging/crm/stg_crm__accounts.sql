with

judged_rows as (
    select * from {{ ref('base_crm__accounts') }}
),

final as (
    select
        -- ids
        judged_rows.account_id,
        judged_rows.parent_account_id,
        judged_rows.csm_id,

        -- text
        judged_rows.account_name,
        judged_rows.industry,
        judged_rows.region,
        judged_rows.country,
        judged_rows.growth_potential,

        -- numbers
        judged_rows.employee_count,
        judged_rows.integration_count,
        judged_rows.department_count,

        -- booleans
        judged_rows.is_strategic,

        -- timestamps
        judged_rows.created_at
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
