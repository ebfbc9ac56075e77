with

stages as (
    select * from ({{ loaded_rows('hubspot', 'deal_pipeline_stage') }}) as loaded
    where loaded._version = 1
),

percents as (
    select
        stages.*,
        stages.probability * 100 as percent,
        coalesce(stages.is_won, stages.is_closed and stages.probability >= 1) as wins
    from stages
),

staged as (
    select
        percents.pipeline_id,
        percents.stage_id,
        {{ crm_stage(
            'hubspot', 'deal.stage', 'percents.label', 'percents.wins', 'percents.is_closed', 'percents.percent'
        ) }} as stage_by_label,
        {{ source_value('hubspot', 'deal.stage', 'percents.stage_id') }} as stage_by_id
    from percents
),

final as (
    select
        staged.pipeline_id,
        staged.stage_id,
        case when staged.stage_by_id <> staged.stage_id then staged.stage_by_id else staged.stage_by_label end as stage,
        row_number() over (partition by staged.stage_id order by staged.pipeline_id) as pipeline_number
    from staged
    where staged.stage_id is not null
)

select * from final
