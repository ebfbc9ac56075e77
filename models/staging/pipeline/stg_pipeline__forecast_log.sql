with

judged_rows as (
    select * from {{ ref('base_pipeline__forecast_log') }}
),

final as (
    select
        -- text
        judged_rows.figure,

        -- numbers
        judged_rows.forecast,

        -- dates
        judged_rows.made_on,
        judged_rows.period,

        -- timestamps
        judged_rows.published_at
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
