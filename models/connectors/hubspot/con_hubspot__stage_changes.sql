-- A stage that the pipeline of the deal lacks is read from another pipeline.
with

deal_stages as (
    select * from ({{ loaded_rows('hubspot', 'deal_stage') }}) as loaded
    where loaded._version = 1
),

deals as (
    select * from {{ ref('con_hubspot__deals') }}
    where not_taken is null or not_taken <> 'older_version'
),

stages as (
    select * from {{ ref('con_hubspot__stages') }}
),

staged as (
    select
        deal_stages.deal_id,
        coalesce(
            stages.stage, other_stages.stage, {{ source_value('hubspot', 'deal.stage', 'deal_stages.stage_id') }}
        ) as stage,
        deal_stages.entered_at,
        deals.deal_id is not null as has_deal
    from deal_stages
    left join deals
        on deal_stages.deal_id = deals.deal_id
    left join stages
        on deal_stages.stage_id = stages.stage_id
        and deals.pipeline_id = stages.pipeline_id
    left join stages as other_stages
        on deal_stages.stage_id = other_stages.stage_id
        and other_stages.pipeline_number = 1
),

ordered as (
    select
        staged.*,
        lag(staged.stage) over (partition by staged.deal_id order by staged.entered_at, staged.stage) as stage_before
    from staged
),

final as (
    select
        ordered.deal_id as opportunity_id,
        ordered.stage,
        ordered.entered_at,
        ordered.has_deal,
        ordered.stage_before is null or ordered.stage <> ordered.stage_before as is_entry
    from ordered
)

select * from final
