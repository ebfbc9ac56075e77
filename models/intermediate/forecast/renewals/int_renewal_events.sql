-- A renewal is a term that ends while its subscription is in force. Past renewals are judged as of the first month-end
-- within lead_days, coming ones as of today.
with

contract_terms as (
    select * from {{ ref('int_contract_terms') }}
),

in_service as (
    select * from {{ ref('int_subscriptions_in_service') }}
),

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

settings as (
    select * from {{ ref('policy_forecast_settings') }}
),

-- A term that became known after its end was never up, nor was one superseded before its end.
ends as (
    select
        contract_terms.subscription_id,
        contract_terms.account_id,
        contract_terms.term_end_on as renewal_on,
        max(contract_terms.agreed_end_on) as agreed_end_on,
        count_if(not contract_terms.is_derived) = 0 as is_derived
    from contract_terms
    where {{ in_force('contract_terms.term_end_on', 'contract_terms.known_on', 'contract_terms.superseded_on') }}
    group by contract_terms.subscription_id, contract_terms.account_id, contract_terms.term_end_on
),

dated as (
    select
        ends.subscription_id,
        ends.account_id,
        ends.renewal_on,
        ends.agreed_end_on,
        ends.is_derived,
        ends.renewal_on <= run_context.as_of_date as has_come,
        least({{ add_days('ends.renewal_on', '-1') }}, run_context.as_of_date) as measured_on,
        {{ add_days('ends.renewal_on', 'settings.grace_days') }} as outcome_on,
        {{ add_days('ends.renewal_on', 'settings.grace_days') }} <= run_context.as_of_date as is_decided,
        case
            when ends.renewal_on <= run_context.as_of_date
                then last_day({{ add_days('ends.renewal_on', '-settings.lead_days') }})
            else run_context.as_of_date
        end as forecast_on
    from ends
    cross join run_context
    cross join settings
),

final as (
    select
        dated.subscription_id,
        dated.renewal_on,
        dated.account_id,
        dated.agreed_end_on,
        dated.is_derived,
        dated.has_come,
        dated.is_decided,
        dated.measured_on,
        dated.forecast_on,
        dated.outcome_on,
        coalesce(
            coalesce(subscriptions.canceled_on, subscriptions.ended_on) <= dated.forecast_on, false
        ) as has_given_notice
    from dated
    inner join in_service
        on dated.subscription_id = in_service.subscription_id
        and {{ in_force('dated.measured_on', 'in_service.service_from', 'in_service.service_to') }}
    inner join subscriptions
        on dated.subscription_id = subscriptions.subscription_id
    -- A subscription known today to leave before the term is over has no renewal at its end.
    where dated.has_come
        or in_service.service_to is null
        or in_service.service_to >= dated.renewal_on
        or coalesce(subscriptions.canceled_on, subscriptions.ended_on) > dated.measured_on
)

select * from final
