-- A stage that the list of stages lacks is placed by the opportunities that are in it.
with

stages as (
    select * from ({{ loaded_rows('salesforce', 'opportunity_stage') }}) as loaded
    where loaded._version = 1
),

opportunities as (
    select * from ({{ loaded_rows('salesforce', 'opportunity') }}) as loaded
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

used as (
    select
        opportunities.stage_name,
        max(case when opportunities.is_won then 1 else 0 end) = 1 as is_won,
        max(case when opportunities.is_closed then 1 else 0 end) = 1 as is_closed,
        round(avg(opportunities.probability), 9) as probability
    from opportunities
    where opportunities.stage_name is not null
    group by opportunities.stage_name
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
