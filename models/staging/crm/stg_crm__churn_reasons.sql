with

judged_rows as (
    select * from {{ ref('base_crm__churn_reasons') }}
),

final as (
    select
        -- ids
        judged_rows.account_id,

        -- text
        judged_rows.reason_code,
        judged_rows.note,

        -- dates
        judged_rows.churned_on
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
