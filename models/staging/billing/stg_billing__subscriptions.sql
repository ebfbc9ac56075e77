with

judged_rows as (
    select * from {{ ref('base_billing__subscriptions') }}
),

final as (
    select
        -- ids
        judged_rows.subscription_id,
        judged_rows.account_id,
        judged_rows.plan_id,
        judged_rows.renews_subscription_id,

        -- text
        judged_rows.status,
        judged_rows.currency,

        -- numbers
        judged_rows.seats,
        judged_rows.mrr_amount,
        judged_rows.term_months,

        -- booleans
        judged_rows.is_trial,
        judged_rows.auto_renew,

        -- dates
        judged_rows.started_on,
        judged_rows.ended_on,
        judged_rows.canceled_on,
        judged_rows.trial_ends_on
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
