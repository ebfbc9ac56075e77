-- Young opportunities are left out until the slow ones of their age are decided, since won ones close sooner.
-- Stages are those that an opportunity entered. Without a history of stages it counts under any alone.
with

decisions as (
    select * from {{ ref('int_opportunity_decisions') }}
),

opportunities as (
    select * from {{ ref('stg_crm__opportunities') }}
),

opportunity_stages as (
    select * from {{ ref('stg_crm__opportunity_stages') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

stage_probabilities as (
    select * from {{ ref('policy_stage_probabilities') }}
),

settings as (
    select * from {{ ref('policy_forecast_settings') }}
),

forecast_dates as (
    select snapshot_dates.snapshot_date as known_by
    from snapshot_dates
    where snapshot_dates.month is not null
),

opportunity_types as (
    select distinct opportunities.opportunity_type from opportunities
),

decided as (
    select
        forecast_dates.known_by,
        decisions.opportunity_id,
        decisions.opportunity_type,
        decisions.is_won
    from forecast_dates
    inner join decisions
        on {{ in_force('forecast_dates.known_by', 'decisions.decided_on', 'decisions.opened_again_on') }}
    inner join settings
        on {{ days_between('decisions.created_on', 'forecast_dates.known_by') }} >= settings.settling_days
),

passed as (
    select
        decided.known_by,
        decided.opportunity_id,
        decided.opportunity_type,
        'any' as stage,
        decided.is_won
    from decided
    union all
    select distinct
        decided.known_by,
        decided.opportunity_id,
        decided.opportunity_type,
        opportunity_stages.stage,
        decided.is_won
    from decided
    inner join opportunity_stages
        on decided.opportunity_id = opportunity_stages.opportunity_id
        and decided.known_by >= cast(opportunity_stages.entered_at as date)
),

counted as (
    select
        passed.known_by,
        passed.opportunity_type,
        passed.stage,
        count(*) as opportunities,
        count_if(passed.is_won) as won
    from passed
    group by passed.known_by, passed.opportunity_type, passed.stage
),

stages as (
    select
        stage_probabilities.stage,
        stage_probabilities.probability
    from stage_probabilities
    union all
    -- Every opportunity begins as an idea.
    select
        'any' as stage,
        stage_probabilities.probability
    from stage_probabilities
    where stage_probabilities.stage = 'identified'
),

final as (
    select
        forecast_dates.known_by,
        opportunity_types.opportunity_type,
        stages.stage,
        stages.probability as policy_probability,
        coalesce(counted.opportunities, 0) as opportunities,
        coalesce(counted.won, 0) as won
    from forecast_dates
    cross join opportunity_types
    cross join stages
    left join counted
        on forecast_dates.known_by = counted.known_by
        and opportunity_types.opportunity_type = counted.opportunity_type
        and stages.stage = counted.stage
)

select * from final
