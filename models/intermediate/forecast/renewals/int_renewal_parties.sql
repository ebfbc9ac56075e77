-- Who may carry a renewal: the subscription itself, one that names it, or one of its account and product that starts around
-- the end. One that names another absorbs it beside the one named.
with

events as (
    select * from {{ ref('int_renewal_events') }}
),

successors as (
    select * from {{ ref('int_subscription_successors') }}
),

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

mrr_lines as (
    select * from {{ ref('int_mrr_lines') }}
),

settings as (
    select * from {{ ref('policy_forecast_settings') }}
),

products as (
    select distinct
        mrr_lines.account_id,
        mrr_lines.product_id,
        mrr_lines.subscription_id
    from mrr_lines
),

successors_alike as (
    select distinct
        events.subscription_id,
        events.renewal_on,
        subscriptions.subscription_id as party_id
    from events
    inner join products
        on events.subscription_id = products.subscription_id
    inner join products as products_alike
        on products.account_id = products_alike.account_id
        and products.product_id = products_alike.product_id
    inner join subscriptions
        on products_alike.subscription_id = subscriptions.subscription_id
    cross join settings
    where subscriptions.subscription_id <> events.subscription_id
        and subscriptions.started_on between {{ add_days('events.renewal_on', '-settings.grace_days') }} and events.outcome_on
),

final as (
    select
        events.subscription_id,
        events.renewal_on,
        events.subscription_id as party_id,
        'itself' as relation
    from events
    union all
    select
        events.subscription_id,
        events.renewal_on,
        successors.successor_id as party_id,
        'named' as relation
    from events
    inner join successors
        on events.subscription_id = successors.subscription_id
    union all
    select
        successors_alike.subscription_id,
        successors_alike.renewal_on,
        successors_alike.party_id,
        case when successors.subscription_id is null then 'alike' else 'absorbing' end as relation
    from successors_alike
    left join successors
        on successors_alike.party_id = successors.successor_id
    where coalesce(successors.subscription_id <> successors_alike.subscription_id, true)
)

select * from final
