-- A stage that the list of stages lacks is placed by the opportunities that are or were in it.
with

stages as (
    select * from ({{ loaded_rows('salesforce', 'opportunity_stage') }}) as loaded
    where loaded._version = 1
),

opportunities as (
    select * from ({{ loaded_rows('salesforce', 'opportunity') }}) as loaded
),

changes as (
    select * from ({{ loaded_rows('salesforce', 'opportunity_history') }}) as loaded
    where loaded._version = 1
),

spelled as (
    select
        stages.label as stage_name,
        stages.*
    from stages
    union all
    select
        stages.api_name as stage_name,
        stages.*
    from stages
    where stages.api_name <> stages.label or stages.label is null
),

listed as (
    select
        spelled.stage_name,
        spelled.is_won,
        spelled.is_closed,
        spelled.probability,
        row_number() over (
            partition by spelled.stage_name
            order by spelled.is_active desc nulls last, spelled.modified_at desc nulls last, spelled.id
        ) as stage_number
    from spelled
    where spelled.stage_name is not null
),

seen as (
    select
        opportunities.stage_name,
        opportunities.is_won,
        opportunities.is_closed,
        opportunities.probability
    from opportunities
    union all
    select
        changes.stage_name,
        changes.is_won,
        changes.is_closed,
        changes.probability
    from changes
),

used as (
    select
        seen.stage_name,
        max(case when seen.is_won then 1 else 0 end) = 1 as is_won,
        max(case when seen.is_closed then 1 else 0 end) = 1 as is_closed,
        round(avg(seen.probability), 9) as probability
    from seen
    where seen.stage_name is not null
    group by seen.stage_name
),

placed as (
    select
        coalesce(listed.stage_name, used.stage_name) as stage_name,
        coalesce(listed.is_won, used.is_won) as is_won,
        coalesce(listed.is_closed, used.is_closed) as is_closed,
        coalesce(listed.probability, used.probability) as probability
    from (select * from listed where listed.stage_number = 1) as listed
    full outer join used
        on listed.stage_name = used.stage_name
),

final as (
    select
        placed.stage_name,
        {{ crm_stage(
            'salesforce', 'opportunity.stage', 'placed.stage_name', 'placed.is_won', 'placed.is_closed',
            'placed.probability'
        ) }} as stage
    from placed
)

select * from final
