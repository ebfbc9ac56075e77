with

judged_rows as (
    select * from {{ ref('base_billing__contract_terms') }}
),

final as (
    select
        -- ids
        judged_rows.subscription_id,

        -- booleans
        judged_rows.auto_renew,

        -- dates
        judged_rows.term_start_on,
        judged_rows.term_end_on,
        judged_rows.signed_on
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
