-- New customers of the year to each date: how many completed the onboarding in time, and how many use enough features.
{% set figures = {
    'onboarding_completion': (
        '%p of %w new customers completed onboarding on time.',
        'No new customer has a recorded completion of onboarding.',
    ),
    'adoption_at_90_days': (
        '%p of %w new customers used enough core features.',
        'No new customer has a known feature adoption.',
    ),
} %}
with

measured_dates as (
    select * from {{ ref('int_measured_dates') }}
),

customers as (
    select * from {{ ref('int_customers_measured') }}
),

customer_starts as (
    select * from {{ ref('int_customer_starts') }}
),

journeys as (
    select * from {{ ref('int_journeys_begun') }}
),

milestones as (
    select * from {{ ref('stg_product__milestones') }}
),

metrics as (
    select * from {{ ref('int_health_metrics') }}
),

settings as (
    select * from {{ ref('policy_lifecycle_settings') }}
),

records as (
    select
        milestones.account_id,
        cast(min(milestones.achieved_at) as date) as first_record_on,
        cast(
            min(case when milestones.milestone = 'onboarding_completed' then milestones.achieved_at end) as date
        ) as completed_on
    from milestones
    group by milestones.account_id
),

-- Onboardings from before the company's records may have been completed without one.
records_began as (
    select
        measured_dates.measured_on,
        min(journeys.started_on) as recorded_from,
        min(records.completed_on) as first_completed_on
    from measured_dates
    inner join records
        on measured_dates.measured_on >= records.first_record_on
    inner join journeys
        on records.account_id = journeys.account_id
    group by measured_dates.measured_on
),

starts as (
    select
        customer_starts.account_id,
        customer_starts.customer_since,
        {{ add_days('customer_starts.customer_since', 'settings.onboarding_max_days') }} as onboarded_by,
        last_day({{ add_days('customer_starts.customer_since', 'settings.adoption_days') }}) as adopted_by,
        settings.adoption_share
    from customer_starts
    cross join settings
),

outcomes as (
    select
        'onboarding_completion' as figure,
        measured_dates.measured_on,
        starts.account_id,
        case when records.completed_on <= starts.onboarded_by then 1 else 0 end as part
    from measured_dates
    inner join records_began
        on measured_dates.measured_on = records_began.measured_on
        and measured_dates.measured_on >= records_began.first_completed_on
    inner join starts
        on measured_dates.year_from <= starts.onboarded_by
        and measured_dates.day_after > starts.onboarded_by
        and records_began.recorded_from <= starts.customer_since
    left join records
        on starts.account_id = records.account_id
    union all
    select
        'adoption_at_90_days' as figure,
        measured_dates.measured_on,
        starts.account_id,
        case when round(metrics.value, 9) >= starts.adoption_share then 1 else 0 end as part
    from measured_dates
    inner join starts
        on measured_dates.year_from <= starts.adopted_by
        and measured_dates.day_after > starts.adopted_by
    inner join metrics
        on starts.account_id = metrics.account_id
        and starts.adopted_by = metrics.snapshot_date
        and metrics.metric = 'feature_adoption'
    where metrics.value is not null
),

facts as (
    select
        outcomes.figure,
        outcomes.measured_on,
        customers.touch_tier,
        outcomes.part,
        1 as whole
    from outcomes
    left join customers
        on outcomes.measured_on = customers.measured_on
        and outcomes.account_id = customers.account_id
),

{{ figures_by_tier('facts', figures) }}

select * from final
