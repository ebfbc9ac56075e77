-- A successor begins after the subscription that it names. Of two that begin on one day and name each other, only the
-- higher id replaces, so that a circle never takes all of its members out of service.
with

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

services_stated as (
    select * from {{ ref('int_services_stated') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

pairs as (
    select
        predecessors.subscription_id,
        successors.subscription_id as successor_id,
        predecessors.account_id,
        successors.started_on,
        predecessors.started_on < successors.started_on
        or subscriptions_named.subscription_id is null
        or predecessors.subscription_id < successors.subscription_id as is_in_order
    from subscriptions as successors
    inner join subscriptions as predecessors
        on successors.renews_subscription_id = predecessors.subscription_id
        and successors.account_id = predecessors.account_id
        and successors.subscription_id <> predecessors.subscription_id
        and successors.started_on >= predecessors.started_on
    left join subscriptions as subscriptions_named
        on predecessors.renews_subscription_id = subscriptions_named.subscription_id
        and predecessors.account_id = subscriptions_named.account_id
        and predecessors.started_on = subscriptions_named.started_on
        and predecessors.subscription_id <> subscriptions_named.subscription_id
),

-- A trial replaces from the day on which it bills. A successor that never serves replaces nothing.
final as (
    select
        pairs.subscription_id,
        pairs.successor_id,
        pairs.account_id,
        pairs.started_on,
        case
            when services_before.service_to is null or services_after.service_from < services_before.service_to
                then services_after.service_from
        end as replaced_on
    from pairs
    cross join run_context
    left join services_stated as services_before
        on pairs.subscription_id = services_before.subscription_id
    left join services_stated as services_after
        on pairs.successor_id = services_after.subscription_id
        and run_context.as_of_date >= services_after.service_from
        and (services_after.service_to is null or services_after.service_from < services_after.service_to)
    where pairs.is_in_order
        and pairs.started_on <= run_context.as_of_date
)

select * from final
