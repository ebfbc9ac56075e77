-- The subscription itself, one that names it, or one of its account and product that starts around the end carries a
-- renewal. A subscription of the last kind that names another one is absorbing.
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

similar_subscriptions as (
    select distinct
        events.subscription_id,
        events.renewal_on,
        subscriptions.subscription_id as party_id
    from events
    inner join products
        on events.subscription_id = products.subscription_id
    inner join products as similar_products
        on products.account_id = similar_products.account_id
        and products.product_id = similar_products.product_id
    inner join subscriptions
        on similar_products.subscription_id = subscriptions.subscription_id
    cross join settings
    where subscriptions.subscription_id <> events.subscription_id
        and subscriptions.started_on >= {{ add_days('events.renewal_on', '-settings.grace_days') }}
        and subscriptions.started_on <= events.outcome_on
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
        similar_subscriptions.subscription_id,
        similar_subscriptions.renewal_on,
        similar_subscriptions.party_id,
        case when successors.subscription_id is null then 'same_product' else 'absorbing' end as relation
    from similar_subscriptions
    left join successors
        on similar_subscriptions.party_id = successors.successor_id
    where coalesce(successors.subscription_id <> similar_subscriptions.subscription_id, true)
)

select * from final
