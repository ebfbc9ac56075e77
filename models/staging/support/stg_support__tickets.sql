with

judged_rows as (
    select * from {{ ref('base_support__tickets') }}
),

final as (
    select
        -- ids
        judged_rows.ticket_id,
        judged_rows.account_id,
        judged_rows.user_id,

        -- text
        judged_rows.priority,
        judged_rows.sentiment,

        -- numbers
        judged_rows.csat_score,
        judged_rows.handling_cost,

        -- booleans
        judged_rows.is_escalated,

        -- timestamps
        judged_rows.created_at,
        judged_rows.first_responded_at,
        judged_rows.solved_at
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
