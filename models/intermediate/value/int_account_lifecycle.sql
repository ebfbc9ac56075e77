-- The stage is the first that holds on as_of_date, for an account that ever paid.
-- If the company records no completed onboarding, the stage does not wait for it.
{% set expansions = ['upsell', 'cross_sell', 'seat_expansion', 'usage_expansion'] %}
with

customers as (
    select * from {{ ref('int_customers_today') }}
),

next_renewals as (
    select * from {{ ref('int_next_renewals_by_snapshot') }}
),

milestones as (
    select * from {{ ref('stg_product__milestones') }}
),

advocates as (
    select * from {{ ref('int_account_advocates') }}
),

customers_by_snapshot as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

triggers as (
    select * from {{ ref('int_playbook_triggers') }}
),

opportunities as (
    select * from {{ ref('int_opportunities_expected') }}
),

settings as (
    select * from {{ ref('policy_lifecycle_settings') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

onboarded as (
    select distinct milestones.account_id
    from milestones
    inner join run_context
        on cast(milestones.achieved_at as date) <= run_context.as_of_date
    where milestones.milestone = 'onboarding_completed'
),

company as (
    select count(*) > 0 as records_onboarding
    from onboarded
),

leaving as (
    select customers_by_snapshot.account_id
    from customers_by_snapshot
    inner join run_context
        on customers_by_snapshot.snapshot_date = run_context.as_of_date
    where customers_by_snapshot.has_given_notice
),

open_triggers as (
    select
        triggers.account_id,
        triggers.playbook
    from triggers
    where triggers.is_open
        and not triggers.is_provisional
),

at_risk as (
    select health_statuses.account_id
    from health_statuses
    inner join run_context
        on health_statuses.snapshot_date = run_context.as_of_date
    where {{ is_at_risk('health_statuses.health_status') }}
    union
    select open_triggers.account_id
    from open_triggers
    where open_triggers.playbook = 'at_risk'
),

expanding as (
    select open_triggers.account_id
    from open_triggers
    where open_triggers.playbook = 'expansion'
    union
    select opportunities.account_id
    from opportunities
    where opportunities.is_open
        and opportunities.opportunity_type in ({{ quoted_texts(expansions) }})
),

final as (
    select
        customers.account_id,
        case
            when not customers.has_contract then 'churned'
            when leaving.account_id is not null then 'leaving'
            when {{ days_between('run_context.as_of_date', 'next_renewals.next_renewal_on') }} <= settings.renewal_days
                then 'renewal'
            when {{ days_between('customers.customer_since', 'run_context.as_of_date') }} < settings.onboarding_days
                then 'onboarding'
            when
                company.records_onboarding
                and onboarded.account_id is null
                and {{ days_between(
                    'customers.customer_since', 'run_context.as_of_date'
                ) }} < settings.onboarding_max_days
                then 'onboarding'
            when at_risk.account_id is not null then 'at_risk'
            when expanding.account_id is not null then 'expansion'
            when run_context.as_of_date
                < cast(customers.customer_since + settings.adoption_months * interval '1' month as date) then 'adoption'
            when run_context.as_of_date
                < cast(customers.customer_since + settings.value_realization_months * interval '1' month as date)
                then 'value_realization'
            when advocates.account_id is not null then 'advocacy'
            else 'mature'
        end as lifecycle_stage
    from customers
    cross join run_context
    cross join settings
    cross join company
    left join next_renewals
        on customers.account_id = next_renewals.account_id
        and run_context.as_of_date = next_renewals.snapshot_date
    left join onboarded
        on customers.account_id = onboarded.account_id
    left join advocates
        on customers.account_id = advocates.account_id
    left join leaving
        on customers.account_id = leaving.account_id
    left join at_risk
        on customers.account_id = at_risk.account_id
    left join expanding
        on customers.account_id = expanding.account_id
)

select * from final
