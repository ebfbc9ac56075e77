with

judged_rows as (
    select * from {{ ref('base_billing__plans') }}
),

final as (
    select
        -- ids
        judged_rows.plan_id,
        judged_rows.product_id,

        -- text
        judged_rows.plan_name,
        judged_rows.product_name,

        -- numbers
        judged_rows.plan_rank
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
