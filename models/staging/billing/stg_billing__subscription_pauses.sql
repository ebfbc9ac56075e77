with

judged_rows as (
    select * from {{ ref('base_billing__subscription_pauses') }}
),

final as (
    select
        -- ids
        judged_rows.subscription_id,

        -- dates
        judged_rows.paused_from,
        judged_rows.resumed_on
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
