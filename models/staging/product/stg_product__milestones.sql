with

judged_rows as (
    select * from {{ ref('base_product__milestones') }}
),

final as (
    select
        -- ids
        judged_rows.account_id,

        -- text
        judged_rows.milestone,

        -- timestamps
        judged_rows.achieved_at
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
