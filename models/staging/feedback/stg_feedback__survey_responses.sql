with

judged_rows as (
    select * from {{ ref('base_feedback__survey_responses') }}
),

final as (
    select
        -- ids
        judged_rows.response_id,
        judged_rows.account_id,
        judged_rows.contact_id,

        -- text
        judged_rows.survey_type,
        judged_rows.touchpoint,

        -- numbers
        judged_rows.score,

        -- timestamps
        judged_rows.responded_at
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
