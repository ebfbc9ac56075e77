with

subscriptions as (
    select * from {{ ref('int_subscriptions_today') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

final as (
    select
        subscriptions.subscription_id,
        subscriptions.account_id,
        account_names.account_name,
        subscriptions.plan_id as plan,
        coalesce(subscriptions.plan_name, subscriptions.plan_id) as plan_name,
        subscriptions.product_id,
        subscriptions.renews_subscription_id,
        subscriptions.status,
        subscriptions.started_on,
        subscriptions.ended_on,
        subscriptions.canceled_on,
        subscriptions.term_start_on,
        subscriptions.term_end_on,
        cast(subscriptions.term_months as int) as term_months,
        subscriptions.auto_renew,
        case
            when subscriptions.is_derived then 'derived'
            when subscriptions.term_start_on is not null then 'contract'
        end as term_source,
        cast(subscriptions.seats as double) as seats,
        cast(subscriptions.mrr as decimal(18, 2)) as mrr,
        run_context.reporting_currency
    from subscriptions
    cross join run_context
    left join account_names
        on subscriptions.account_id = account_names.account_id
)

select * from final
