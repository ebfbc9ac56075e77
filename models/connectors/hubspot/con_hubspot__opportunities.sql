-- People type the day of the close. An earlier day on which the deal entered its closed stage is the true one.
with

deals as (
    select * from {{ ref('con_hubspot__deals') }}
),

stage_changes as (
    select * from {{ ref('con_hubspot__stage_changes') }}
),

statuses as (
    select * from {{ ref('con_account_statuses') }}
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
        deals.deal_id as opportunity_id,
        coalesce(statuses.account_id, deals.company_id) as account_id,
        {{ source_value('hubspot', 'deal.type', 'deals.type') }} as opportunity_type,
        deals.stage,
        coalesce(deals.annual_amount, deals.contract_amount, deals.amount) as amount,
        deals.currency,
        deals.created_at,
        case when deals.stage not in ('closed_won', 'closed_lost') then cast(deals.close_at as date) end
            as expected_close_on,
        case
            when deals.stage not in ('closed_won', 'closed_lost') then cast(null as date)
            when closings.closed_on < cast(deals.close_at as date) then closings.closed_on
            else cast(deals.close_at as date)
        end as closed_on,
        cast(null as timestamp) as loaded_at,
        coalesce(deals.not_taken, statuses.rows_not_taken) as not_taken
    from deals
    left join statuses
        on deals.company_id = statuses.record_id
    left join closings
        on deals.deal_id = closings.opportunity_id
        and deals.stage = closings.stage
)

select * from final
