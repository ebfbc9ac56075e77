-- What the exit criteria of onboarding ask for, on the day on which it is judged.
-- What the company does not record by that day is unknown.
with

judged as (
    select * from {{ ref('int_onboarding_days') }}
),

milestones as (
    select * from {{ ref('int_milestones_recorded') }}
),

objectives as (
    select * from {{ ref('stg_crm__success_objectives') }}
),

contacts as (
    select * from {{ ref('stg_crm__contacts') }}
),

metrics as (
    select * from {{ ref('int_health_metrics') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

plans as (
    select
        objectives.account_id,
        min(objectives.created_on) as agreed_on
    from objectives
    group by objectives.account_id
),

first_values as (
    select
        milestones.account_id,
        milestones.reached_on,
        milestones.recorded_from
    from milestones
    where milestones.milestone = 'first_outcome'
),

contact_days as (
    select
        contacts.account_id,
        coalesce(cast(contacts.created_at as date), cast('1900-01-01' as date)) as created_on,
        contacts.departed_on
    from contacts
),

contacts_there as (
    select
        judged.account_id,
        count(*) as contacts
    from judged
    inner join contact_days
        on judged.account_id = contact_days.account_id
        and {{ in_force('judged.judged_on', 'contact_days.created_on', 'contact_days.departed_on') }}
    group by judged.account_id
),

company_plans as (
    select min(plans.agreed_on) as known_from
    from plans
),

company_contacts as (
    select min(contact_days.created_on) as known_from
    from contact_days
),

company_values as (
    select
        min(first_values.reached_on) as known_from,
        min(first_values.recorded_from) as recorded_from
    from first_values
),

facts as (
    select
        judged.account_id,
        judged.touch_tier,
        judged.started_on,
        judged.judged_on,
        judged.is_settled,
        judged.has_left_before,
        case when plans.agreed_on <= judged.observed_until then plans.agreed_on end as plan_agreed_on,
        case when company_contacts.known_from <= judged.judged_on then coalesce(contacts_there.contacts, 0) end
            as contacts_known,
        case when first_values.reached_on <= judged.observed_until then first_values.reached_on end as first_value_on,
        coalesce(company_plans.known_from <= judged.judged_on, false) as records_plans,
        coalesce(
            company_values.known_from <= judged.judged_on and company_values.recorded_from <= judged.started_on, false
        ) as records_values
    from judged
    cross join company_plans
    cross join company_contacts
    cross join company_values
    left join plans
        on judged.account_id = plans.account_id
    left join first_values
        on judged.account_id = first_values.account_id
    left join contacts_there
        on judged.account_id = contacts_there.account_id
),

final as (
    select
        facts.*,
        round(metrics.value, 9) as adoption_rate,
        health_statuses.evidenced_score as health_score
    from facts
    left join metrics
        on facts.account_id = metrics.account_id
        and facts.judged_on = metrics.snapshot_date
        and metrics.metric = 'feature_adoption'
    left join health_statuses
        on facts.account_id = health_statuses.account_id
        and facts.judged_on = health_statuses.snapshot_date
)

select * from final
