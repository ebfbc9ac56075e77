-- The stage is the first that holds on as_of_date, for an account that ever paid.
-- If the company records no completed onboarding, the stage does not wait for it.
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

expansion_signals as (
    select * from {{ ref('int_expansion_signals') }}
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

final as (
    select
        customers.account_id,
        case
            when not customers.has_contract then 'churned'
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
            when run_context.as_of_date
                < cast(customers.customer_since + settings.adoption_months * interval '1' month as date) then 'adoption'
            when run_context.as_of_date
                < cast(customers.customer_since + settings.value_realization_months * interval '1' month as date)
                then 'value_realization'
            when advocates.account_id is not null then 'advocacy'
            when expansion_signals.account_id is not null then 'expansion'
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
    left join expansion_signals
        on customers.account_id = expansion_signals.account_id
        and run_context.as_of_date = expansion_signals.snapshot_date
        and expansion_signals.signal_number = 1
)

select * from final
