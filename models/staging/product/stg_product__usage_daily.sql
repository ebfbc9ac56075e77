with

judged_rows as (
    select * from {{ ref('base_product__usage_daily') }}
),

final as (
    select
        -- ids
        judged_rows.account_id,
        judged_rows.user_id,

        -- text
        judged_rows.feature_key,

        -- numbers
        judged_rows.event_count,
        judged_rows.quantity,
        judged_rows.duration_seconds,

        -- dates
        judged_rows.usage_on,

        -- timestamps
        judged_rows.loaded_at
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
