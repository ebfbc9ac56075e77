-- The lift of an indicator as a month-end knew it: over the main horizons that were over by then, and all customers.
with

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

customer_outcomes as (
    select * from {{ ref('int_customer_outcomes') }}
),

indicator_outcomes as (
    select * from {{ ref('int_indicator_outcomes') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

-- Counted by horizon first, so that a month-end adds up a few rows and not all accounts again.
bases_by_horizon as (
    select
        customer_outcomes.horizon_ends_on,
        count(*) as base_observations,
        count(customer_outcomes.churned_on) as base_churns
    from customer_outcomes
    inner join settings
        on customer_outcomes.horizon_days = settings.validation_horizon_days
    group by customer_outcomes.horizon_ends_on
),

shown_by_horizon as (
    select
        indicator_outcomes.indicator,
        indicator_outcomes.horizon_ends_on,
        count(*) as observations,
        count(indicator_outcomes.churned_on) as churns
    from indicator_outcomes
    inner join settings
        on indicator_outcomes.horizon_days = settings.validation_horizon_days
    group by indicator_outcomes.indicator, indicator_outcomes.horizon_ends_on
),

bases as (
    select
        snapshot_dates.snapshot_date,
        sum(bases_by_horizon.base_observations) as base_observations,
        sum(bases_by_horizon.base_churns) as base_churns
    from snapshot_dates
    inner join bases_by_horizon
        on snapshot_dates.snapshot_date >= bases_by_horizon.horizon_ends_on
    where snapshot_dates.is_month_end
    group by snapshot_dates.snapshot_date
),

shown as (
    select
        snapshot_dates.snapshot_date,
        shown_by_horizon.indicator,
        sum(shown_by_horizon.observations) as observations,
        sum(shown_by_horizon.churns) as churns
    from snapshot_dates
    inner join shown_by_horizon
        on snapshot_dates.snapshot_date >= shown_by_horizon.horizon_ends_on
    where snapshot_dates.is_month_end
    group by snapshot_dates.snapshot_date, shown_by_horizon.indicator
),

rated as (
    select
        shown.snapshot_date,
        shown.indicator,
        shown.observations,
        shown.churns,
        bases.base_churns,
        {{ indicator_lift('shown.churns', 'shown.observations', 'bases.base_churns', 'bases.base_observations') }}
            as lift
    from shown
    inner join bases
        on shown.snapshot_date = bases.snapshot_date
),

final as (
    select
        rated.snapshot_date,
        rated.indicator,
        rated.observations,
        rated.churns,
        rated.lift,
        {{ lift_says_something('rated.churns', 'rated.observations', 'rated.base_churns', 'rated.lift') }}
        and rated.lift >= settings.indicator_lift_usable as is_usable
    from rated
    cross join settings
)

select * from final
