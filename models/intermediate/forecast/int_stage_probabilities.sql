-- A stage moves its type's rate as it moves the company's, or the policy's while few opportunities are decided.
-- The opportunities of stage and type then correct that. A closed stage is certain.
with

decided as (
    select * from {{ ref('int_opportunities_decided') }}
),

settings as (
    select * from {{ ref('policy_forecast_settings') }}
),

by_stage as (
    select
        decided.*,
        sum(decided.opportunities) over (partition by decided.known_by, decided.stage) as stage_opportunities,
        sum(decided.won) over (partition by decided.known_by, decided.stage) as stage_won
    from decided
),

company as (
    select
        by_stage.known_by,
        by_stage.opportunity_type,
        by_stage.policy_probability,
        by_stage.opportunities,
        by_stage.won,
        {{
            shrunk_rate(
                'by_stage.stage_won', 'by_stage.stage_opportunities', 'by_stage.policy_probability',
                'settings.prior_events'
            )
        }} as company_rate,
        settings.prior_events,
        settings.prior_type_events,
        settings.prior_cell_events
    from by_stage
    cross join settings
    where by_stage.stage = 'any'
),

types as (
    select
        company.*,
        {{ shrunk_rate('company.won', 'company.opportunities', 'company.company_rate', 'company.prior_type_events') }}
            as type_rate
    from company
),

stage_rates as (
    select
        by_stage.known_by,
        by_stage.opportunity_type,
        by_stage.stage,
        by_stage.policy_probability,
        by_stage.opportunities,
        by_stage.won,
        types.company_rate,
        types.type_rate,
        types.prior_cell_events,
        {{
            shrunk_rate(
                'by_stage.stage_won',
                'by_stage.stage_opportunities',
                moved_rate('types.company_rate', 'types.policy_probability', 'by_stage.policy_probability'),
                'types.prior_events'
            )
        }} as stage_rate
    from by_stage
    inner join types
        on by_stage.known_by = types.known_by
        and by_stage.opportunity_type = types.opportunity_type
    where by_stage.stage <> 'any'
),

final as (
    select
        stage_rates.known_by,
        stage_rates.opportunity_type,
        stage_rates.stage,
        stage_rates.policy_probability,
        stage_rates.opportunities as past_opportunities,
        case
            when stage_rates.stage in ('closed_won', 'closed_lost') then stage_rates.policy_probability
            else
                round(
                    {{
                        shrunk_rate(
                            'stage_rates.won',
                            'stage_rates.opportunities',
                            moved_rate(
                                'stage_rates.type_rate', 'stage_rates.company_rate', 'stage_rates.stage_rate'
                            ),
                            'stage_rates.prior_cell_events'
                        )
                    }},
                    9
                )
        end as calibrated_probability
    from stage_rates
)

select * from final
