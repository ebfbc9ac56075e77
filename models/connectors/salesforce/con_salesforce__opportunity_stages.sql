with

stage_changes as (
    select * from {{ ref('con_salesforce__stage_changes') }}
),

opportunities as (
    select * from {{ ref('con_salesforce__opportunities') }}
    where not_taken is null or not_taken <> 'older_version'
),

final as (
    select
        stage_changes.opportunity_id,
        stage_changes.stage,
        stage_changes.entered_at,
        cast(null as timestamp) as loaded_at,
        case
            when stage_changes.is_deleted then 'deleted'
            when opportunities.opportunity_id is null then 'no_opportunity'
            when opportunities.not_taken is not null then opportunities.not_taken
            when not stage_changes.is_entry then 'same_stage'
        end as not_taken
    from stage_changes
    left join opportunities
        on stage_changes.opportunity_id = opportunities.opportunity_id
)

select * from final
