-- People type the day of the close. An earlier day on which the opportunity entered its closed stage is the true one.
with

opportunities as (
    select * from ({{ loaded_rows('salesforce', 'opportunity') }}) as loaded
),

stages as (
    select * from {{ ref('con_salesforce__stages') }}
),

stage_changes as (
    select * from {{ ref('con_salesforce__stage_changes') }}
),

statuses as (
    select * from {{ ref('con_account_statuses') }}
),

closed as (
    select
        opportunities.*,
        case
            when opportunities.is_won then 'closed_won'
            when opportunities.is_closed then 'closed_lost'
            else stages.stage
        end as stage
    from opportunities
    left join stages
        on opportunities.stage_name = stages.stage_name
),

closings as (
    select
        stage_changes.opportunity_id,
        stage_changes.stage,
        cast(max(stage_changes.entered_at) as date) as closed_on
    from stage_changes
    where stage_changes.is_entry and stage_changes.stage in ('closed_won', 'closed_lost')
    group by stage_changes.opportunity_id, stage_changes.stage
),

final as (
    select
        closed.id as opportunity_id,
        coalesce(statuses.account_id, closed.account_id) as account_id,
        {{ source_value('salesforce', 'opportunity.type', 'closed.type') }} as opportunity_type,
        closed.stage,
        coalesce(closed.annual_amount, closed.amount) as amount,
        closed.currency,
        closed.created_date as created_at,
        case when closed.stage not in ('closed_won', 'closed_lost') then closed.close_date end as expected_close_on,
        case
            when closed.stage not in ('closed_won', 'closed_lost') then cast(null as date)
            when closings.closed_on < closed.close_date then closings.closed_on
            else closed.close_date
        end as closed_on,
        cast(null as timestamp) as loaded_at,
        case
            when closed._version > 1 then 'older_version'
            when coalesce(closed.is_deleted, false) or coalesce(closed.is_gone, false) then 'deleted'
            when closed.account_id is null then 'no_account'
            when coalesce(closed.annual_amount, closed.amount) is null then 'no_amount'
            else statuses.rows_not_taken
        end as not_taken
    from closed
    left join statuses
        on closed.account_id = statuses.record_id
    left join closings
        on closed.id = closings.opportunity_id
        and closed.stage = closings.stage
)

select * from final
