with

judged_rows as (
    select * from {{ ref('base_product__usage_limits') }}
),

final as (
    select
        -- ids
        judged_rows.account_id,

        -- text
        judged_rows.feature_key,

        -- numbers
        judged_rows.limit_quantity,

        -- dates
        judged_rows.effective_from,
        judged_rows.effective_to
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
