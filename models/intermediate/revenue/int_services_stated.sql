-- Service runs from the start, or the end of the trial, to the end, or to the notice where the policy says so.
with

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

choices as (
    select * from {{ ref('int_mrr_choices') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        subscriptions.subscription_id,
        subscriptions.account_id,
        subscriptions.plan_id,
        subscriptions.seats,
        subscriptions.mrr_amount,
        coalesce(subscriptions.currency, run_context.reporting_currency) as currency,
        greatest(subscriptions.started_on, subscriptions.trial_ends_on) as service_from,
        least(
            subscriptions.ended_on,
            case when choices.churns_at_notice then subscriptions.canceled_on end
        ) as service_to
    from subscriptions
    cross join choices
    cross join run_context
    where subscriptions.trial_ends_on is not null
        or not coalesce(subscriptions.is_trial, subscriptions.status = 'trialing', false)
)

select * from final
