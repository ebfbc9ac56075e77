-- A change of amount or date leaves a row too, and only one that brings another stage is an entry.
-- Where a change states no opportunity, the row is a version of one, in force from its start.
{% set has_history = has_object('salesforce', 'opportunity_history') %}
{% set has_field_history = has_object('salesforce', 'opportunity_field_history') %}
with

changes as (
    select * from ({{ loaded_rows('salesforce', 'opportunity_history') }}) as loaded
    where loaded._version = 1
),

field_changes as (
    select * from ({{ loaded_rows('salesforce', 'opportunity_field_history') }}) as loaded
    where loaded._version = 1 and lower(loaded.field) in ('stagename', 'stage_name')
),

versions as (
    select * from ({{ loaded_rows('salesforce', 'opportunity') }}) as loaded
    where loaded.version_from is not null
),

stages as (
    select * from {{ ref('con_salesforce__stages') }}
),

entered as (
    {% if has_history %}
    select
        coalesce(changes.opportunity_id, changes.id) as opportunity_id,
        changes.stage_name,
        case when changes.opportunity_id is null then changes.version_from else changes.created_date end as entered_at,
        changes.is_deleted
    from changes
    {% elif has_field_history %}
    select
        field_changes.opportunity_id,
        field_changes.new_value as stage_name,
        field_changes.created_date as entered_at,
        field_changes.is_deleted
    from field_changes
    {% else %}
    select
        versions.id as opportunity_id,
        versions.stage_name,
        versions.version_from as entered_at,
        versions.is_deleted
    from versions
    {% endif %}
),

staged as (
    select
        entered.opportunity_id,
        coalesce(stages.stage, {{ source_value('salesforce', 'opportunity.stage', 'entered.stage_name') }}) as stage,
        entered.entered_at,
        coalesce(entered.is_deleted, false) as is_deleted
    from entered
    left join stages
        on entered.stage_name = stages.stage_name
),

ordered as (
    select
        staged.*,
        lag(staged.stage) over (
            partition by staged.opportunity_id order by staged.entered_at, staged.stage
        ) as stage_before
    from staged
),

final as (
    select
        ordered.opportunity_id,
        ordered.stage,
        ordered.entered_at,
        ordered.is_deleted,
        ordered.stage_before is null or ordered.stage <> ordered.stage_before as is_entry
    from ordered
)

select * from final
