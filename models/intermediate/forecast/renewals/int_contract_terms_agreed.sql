-- Agreed terms of contracts, and derived terms for a subscription without a known contract. A derived term is known
-- from its first day. It is superseded on the day the first contract of its subscription is known.
with

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

contract_terms as (
    select * from {{ ref('stg_billing__contract_terms') }}
),

months as (
    select * from {{ ref('int_months') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

stated_terms as (
    select
        contract_terms.subscription_id,
        subscriptions.account_id,
        contract_terms.term_start_on,
        contract_terms.term_end_on,
        -- A contract may be signed before its subscription is known, and counts from then on.
        greatest(
            coalesce(contract_terms.signed_on, contract_terms.term_start_on), subscriptions.started_on
        ) as known_on,
        contract_terms.signed_on,
        contract_terms.auto_renew
    from contract_terms
    inner join subscriptions
        on contract_terms.subscription_id = subscriptions.subscription_id
),

first_contracts as (
    select
        stated_terms.subscription_id,
        min(stated_terms.known_on) as known_on
    from stated_terms
    group by stated_terms.subscription_id
),

-- Counted in months from the start, so that a 31st returns after a short month.
derived_terms as (
    select
        subscriptions.subscription_id,
        subscriptions.account_id,
        subscriptions.ended_on,
        subscriptions.auto_renew,
        cast(
            subscriptions.started_on
            + {{ months_between('subscriptions.started_on', 'months.month') }} * interval '1' month as date
        ) as term_start_on,
        cast(
            subscriptions.started_on
            + ({{ months_between('subscriptions.started_on', 'months.month') }} + subscriptions.term_months)
            * interval '1' month as date
        ) as term_end_on
    from subscriptions
    inner join months
        on months.month >= cast(date_trunc('month', subscriptions.started_on) as date)
    where subscriptions.term_months > 1
        and mod({{ months_between('subscriptions.started_on', 'months.month') }}, subscriptions.term_months) = 0
),

terms as (
    select
        stated_terms.subscription_id,
        stated_terms.account_id,
        stated_terms.term_start_on,
        stated_terms.term_end_on,
        stated_terms.known_on,
        cast(null as date) as superseded_on,
        stated_terms.signed_on,
        stated_terms.auto_renew,
        false as is_derived
    from stated_terms
    union all
    select
        derived_terms.subscription_id,
        derived_terms.account_id,
        derived_terms.term_start_on,
        derived_terms.term_end_on,
        derived_terms.term_start_on as known_on,
        first_contracts.known_on as superseded_on,
        cast(null as date) as signed_on,
        derived_terms.auto_renew,
        true as is_derived
    from derived_terms
    left join first_contracts
        on derived_terms.subscription_id = first_contracts.subscription_id
    where coalesce(derived_terms.term_start_on < derived_terms.ended_on, true)
        and coalesce(derived_terms.term_start_on < first_contracts.known_on, true)
),

final as (
    select
        terms.subscription_id,
        terms.account_id,
        terms.term_start_on,
        terms.term_end_on,
        terms.known_on,
        case when terms.superseded_on <= run_context.as_of_date then terms.superseded_on end as superseded_on,
        terms.signed_on,
        terms.auto_renew,
        terms.is_derived
    from terms
    inner join run_context
        on terms.known_on <= run_context.as_of_date
)

select * from final
