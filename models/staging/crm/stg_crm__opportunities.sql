with

judged_rows as (
    select * from {{ ref('base_crm__opportunities') }}
),

final as (
    select
        -- ids
        judged_rows.opportunity_id,
        judged_rows.account_id,

        -- text
        judged_rows.opportunity_type,
        judged_rows.stage,
        judged_rows.currency,

        -- numbers
        judged_rows.amount,

        -- dates
        judged_rows.expected_close_on,
        judged_rows.closed_on,

        -- timestamps
        judged_rows.created_at
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
