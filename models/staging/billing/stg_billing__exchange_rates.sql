with

judged_rows as (
    select * from {{ ref('base_billing__exchange_rates') }}
),

final as (
    select
        -- text
        judged_rows.currency,

        -- numbers
        judged_rows.rate_to_reporting,

        -- dates
        judged_rows.rate_on
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
