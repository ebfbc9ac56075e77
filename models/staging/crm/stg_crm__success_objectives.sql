with

judged_rows as (
    select * from {{ ref('base_crm__success_objectives') }}
),

final as (
    select
        -- ids
        judged_rows.objective_id,
        judged_rows.account_id,

        -- text
        judged_rows.metric_name,

        -- numbers
        judged_rows.baseline_value,
        judged_rows.target_value,
        judged_rows.current_value,
        judged_rows.value_amount,

        -- booleans
        judged_rows.is_customer_validated,

        -- dates
        judged_rows.created_on,
        judged_rows.due_on,
        judged_rows.achieved_on
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
