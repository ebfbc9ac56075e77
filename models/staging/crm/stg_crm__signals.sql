with

judged_rows as (
    select * from {{ ref('base_crm__signals') }}
),

final as (
    select
        -- ids
        judged_rows.signal_id,
        judged_rows.account_id,

        -- text
        judged_rows.signal_type,
        judged_rows.note,

        -- timestamps
        judged_rows.occurred_at
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
