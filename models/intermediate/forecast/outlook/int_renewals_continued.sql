-- The next term, by facts known on the date. A contract or an automatic renewal signs it. A successor, or a new
-- subscription to the same product, carries it.
with

renewals as (
    select * from {{ ref('int_renewals_by_snapshot') }}
),

contract_terms as (
    select * from {{ ref('int_contract_terms') }}
),

successors as (
    select * from {{ ref('int_subscription_successors') }}
),

parties as (
    select * from {{ ref('int_renewal_parties') }}
),

in_service as (
    select * from {{ ref('int_subscriptions_in_service') }}
),

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

settings as (
    select * from {{ ref('policy_forecast_settings') }}
),

signers as (
    select
        renewals.snapshot_date,
        renewals.subscription_id,
        renewals.renewal_on,
        renewals.subscription_id as signer_id
    from renewals
    union all
    select
        renewals.snapshot_date,
        renewals.subscription_id,
        renewals.renewal_on,
        successors.successor_id as signer_id
    from renewals
    inner join successors
        on renewals.subscription_id = successors.subscription_id
        and renewals.snapshot_date >= successors.started_on
),

-- A derived term is no signature, unless the contract renews by itself and the term has begun.
signed as (
    select distinct
        signers.snapshot_date,
        signers.subscription_id,
        signers.renewal_on
    from signers
    inner join contract_terms
        on signers.signer_id = contract_terms.subscription_id
        and signers.renewal_on < contract_terms.term_end_on
        and {{ in_force('signers.snapshot_date', 'contract_terms.known_on', 'contract_terms.superseded_on') }}
    cross join settings
    where abs({{ days_between('signers.renewal_on', 'contract_terms.term_start_on') }}) <= settings.grace_days
        and (not contract_terms.is_derived or coalesce(contract_terms.auto_renew, false))
),

carried as (
    select distinct
        renewals.snapshot_date,
        renewals.subscription_id,
        renewals.renewal_on
    from renewals
    inner join parties
        on renewals.subscription_id = parties.subscription_id
        and renewals.renewal_on = parties.renewal_on
        and parties.relation in ('named', 'same_product')
    inner join in_service
        on parties.party_id = in_service.subscription_id
        and {{ in_force('renewals.snapshot_date', 'in_service.service_from', 'in_service.service_to') }}
    where renewals.renewal_on <= renewals.snapshot_date
),

final as (
    select
        renewals.snapshot_date,
        renewals.subscription_id,
        renewals.renewal_on,
        signed.subscription_id is not null as is_signed,
        coalesce(in_service.service_to <= renewals.snapshot_date, false) as has_ended,
        carried.subscription_id is not null as has_party_in_service,
        coalesce(
            coalesce(subscriptions.canceled_on, subscriptions.ended_on) <= renewals.snapshot_date, false
        ) as has_given_notice,
        coalesce(
            coalesce(subscriptions.canceled_on, subscriptions.ended_on) <= renewals.forecast_on, false
        ) as had_given_notice,
        coalesce(subscriptions.ended_on > renewals.outcome_on, false) as leaves_later
    from renewals
    inner join in_service
        on renewals.subscription_id = in_service.subscription_id
    inner join subscriptions
        on renewals.subscription_id = subscriptions.subscription_id
    left join signed
        on renewals.snapshot_date = signed.snapshot_date
        and renewals.subscription_id = signed.subscription_id
        and renewals.renewal_on = signed.renewal_on
    left join carried
        on renewals.snapshot_date = carried.snapshot_date
        and renewals.subscription_id = carried.subscription_id
        and renewals.renewal_on = carried.renewal_on
)

select * from final
