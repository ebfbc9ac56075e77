with

judged_rows as (
    select * from {{ ref('base_product__features') }}
),

final as (
    select
        -- text
        judged_rows.feature_key,
        judged_rows.module,

        -- booleans
        judged_rows.is_core,
        judged_rows.is_gateway
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
