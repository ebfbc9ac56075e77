with

judged_rows as (
    select * from {{ ref('base_product__users') }}
),

final as (
    select
        -- ids
        judged_rows.user_id,
        judged_rows.account_id,

        -- text
        judged_rows.department,

        -- timestamps
        judged_rows.created_at,
        judged_rows.deactivated_at
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
