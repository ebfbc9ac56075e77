with

judged_rows as (
    select * from {{ ref('base_billing__subscription_items') }}
),

final as (
    select
        -- ids
        judged_rows.subscription_id,
        judged_rows.item_id,
        judged_rows.product_id,
        judged_rows.plan_id,

        -- text
        judged_rows.billing_interval,
        judged_rows.unit,
        judged_rows.currency,

        -- numbers
        judged_rows.quantity,
        judged_rows.unit_amount,
        judged_rows.discount_percent,
        judged_rows.billing_interval_count,
        judged_rows.discount_amount,

        -- booleans
        judged_rows.is_temporary_discount,

        -- dates
        judged_rows.effective_from,
        judged_rows.effective_to
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
