with

judged_rows as (
    select * from {{ ref('base_crm__opportunity_stages') }}
),

final as (
    select
        -- ids
        judged_rows.opportunity_id,

        -- text
        judged_rows.stage,

        -- timestamps
        judged_rows.entered_at
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
