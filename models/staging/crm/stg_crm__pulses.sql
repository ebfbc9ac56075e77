with

judged_rows as (
    select * from {{ ref('base_crm__pulses') }}
),

final as (
    select
        -- ids
        judged_rows.account_id,

        -- text
        judged_rows.renewal_sentiment,

        -- numbers
        judged_rows.csm_sentiment,
        judged_rows.executive_engagement,

        -- timestamps
        judged_rows.recorded_at
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
