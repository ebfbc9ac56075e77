with

judged_rows as (
    select * from {{ ref('base_crm__icp_assessments') }}
),

final as (
    select
        -- ids
        judged_rows.account_id,

        -- booleans
        judged_rows.in_target_industry,
        judged_rows.in_target_size_range,
        judged_rows.uses_target_workflow,
        judged_rows.has_executive_sponsor,
        judged_rows.advocates_publicly,
        judged_rows.expansion_potential_high,
        judged_rows.competitor_concentration_low,

        -- dates
        judged_rows.assessed_on
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
