-- Service ends as the subscription states it, or when its first successor replaces it.
with

services_stated as (
    select * from {{ ref('int_services_stated') }}
),

successors as (
    select * from {{ ref('int_subscription_successors') }}
),

replacements as (
    select
        successors.subscription_id,
        min(successors.replaced_on) as replaced_on
    from successors
    group by successors.subscription_id
),

final as (
    select
        services_stated.subscription_id,
        services_stated.account_id,
        services_stated.plan_id,
        services_stated.seats,
        services_stated.mrr_amount,
        services_stated.currency,
        services_stated.service_from,
        least(services_stated.service_to, replacements.replaced_on) as service_to
    from services_stated
    left join replacements
        on services_stated.subscription_id = replacements.subscription_id
)

select * from final
