with

judged_rows as (
    select * from {{ ref('base_product__events') }}
),

final as (
    select
        -- ids
        judged_rows.event_id,
        judged_rows.account_id,
        judged_rows.user_id,

        -- text
        judged_rows.event_name,

        -- numbers
        judged_rows.quantity,
        judged_rows.duration_seconds,

        -- timestamps
        judged_rows.occurred_at,
        judged_rows.loaded_at
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
