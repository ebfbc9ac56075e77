-- A closed opportunity that is opened again is undecided until it closes again.
with

opportunities as (
    select * from {{ ref('stg_crm__opportunities') }}
),

opportunity_stages as (
    select * from {{ ref('stg_crm__opportunity_stages') }}
),

entries as (
    select
        opportunity_stages.opportunity_id,
        opportunity_stages.stage,
        cast(opportunity_stages.entered_at as date) as entered_on,
        cast(
            lead(opportunity_stages.entered_at) over (
                partition by opportunity_stages.opportunity_id
                order by opportunity_stages.entered_at, opportunity_stages.stage
            ) as date
        ) as left_on
    from opportunity_stages
),

histories as (
    select distinct entries.opportunity_id from entries
),

decisions as (
    select
        entries.opportunity_id,
        entries.stage,
        entries.entered_on as decided_on,
        entries.left_on as opened_again_on
    from entries
    union all
    select
        opportunities.opportunity_id,
        opportunities.stage,
        opportunities.closed_on as decided_on,
        cast(null as date) as opened_again_on
    from opportunities
    left join histories
        on opportunities.opportunity_id = histories.opportunity_id
    where histories.opportunity_id is null
),

final as (
    select
        opportunities.opportunity_id,
        opportunities.opportunity_type,
        cast(opportunities.created_at as date) as created_on,
        decisions.decided_on,
        decisions.opened_again_on,
        decisions.stage = 'closed_won' as is_won
    from decisions
    inner join opportunities
        on decisions.opportunity_id = opportunities.opportunity_id
    where decisions.stage in ('closed_won', 'closed_lost')
        and decisions.decided_on is not null
        and coalesce(decisions.decided_on < decisions.opened_again_on, true)
)

select * from final
