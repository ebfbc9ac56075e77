-- The stages of an opportunity, each from its first day until the next one begins. Without recorded stages, one that
-- has closed was open until then, as int_opportunities_expected has it.
with

opportunities as (
    select * from {{ ref('stg_crm__opportunities') }}
),

opportunity_stages as (
    select * from {{ ref('stg_crm__opportunity_stages') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

known as (
    select
        opportunities.*,
        cast(opportunities.created_at as date) as created_on,
        run_context.as_of_date
    from opportunities
    inner join run_context
        on cast(opportunities.created_at as date) <= run_context.as_of_date
),

recorded as (
    select
        known.opportunity_id,
        opportunity_stages.stage,
        cast(opportunity_stages.entered_at as date) as entered_on,
        lead(cast(opportunity_stages.entered_at as date)) over (
            partition by known.opportunity_id
            order by opportunity_stages.entered_at
        ) as left_on,
        row_number() over (partition by known.opportunity_id order by opportunity_stages.entered_at) as stage_number
    from known
    inner join opportunity_stages
        on known.opportunity_id = opportunity_stages.opportunity_id
),

periods as (
    select
        recorded.opportunity_id,
        recorded.stage,
        recorded.entered_on as from_on,
        recorded.left_on as to_on
    from recorded
    union all
    select
        recorded.opportunity_id,
        'identified' as stage,
        cast('1900-01-01' as date) as from_on,
        recorded.entered_on as to_on
    from recorded
    where recorded.stage_number = 1
    union all
    select
        known.opportunity_id,
        case when known.closed_on is null then known.stage else 'identified' end as stage,
        cast('1900-01-01' as date) as from_on,
        known.closed_on as to_on
    from known
    left join recorded
        on known.opportunity_id = recorded.opportunity_id
    where recorded.opportunity_id is null
    union all
    select
        known.opportunity_id,
        known.stage,
        known.closed_on as from_on,
        cast(null as date) as to_on
    from known
    left join recorded
        on known.opportunity_id = recorded.opportunity_id
    where recorded.opportunity_id is null
        and known.closed_on is not null
),

final as (
    select
        periods.opportunity_id,
        periods.stage,
        greatest(periods.from_on, known.created_on) as stage_from,
        case when periods.to_on <= known.as_of_date then periods.to_on end as stage_to
    from periods
    inner join known
        on periods.opportunity_id = known.opportunity_id
    where periods.from_on <= known.as_of_date
        and coalesce(periods.to_on > greatest(periods.from_on, known.created_on), true)
)

select * from final
