-- Of several companies of a deal the primary one counts, else the lowest.
with

deals as (
    select * from ({{ loaded_rows('hubspot', 'deal') }}) as loaded
),

deal_companies as (
    select * from ({{ loaded_rows('hubspot', 'deal_company') }}) as loaded
    where loaded._version = 1
),

merged_deals as (
    select * from ({{ loaded_rows('hubspot', 'merged_deal') }}) as loaded
    where loaded._version = 1
),

stages as (
    select * from {{ ref('con_hubspot__stages') }}
),

companies as (
    select
        deal_companies.deal_id,
        deal_companies.company_id,
        row_number() over (
            partition by deal_companies.deal_id
            order by
                case when deal_companies.type_id = 5 then 0 else 1 end,
                length(deal_companies.company_id),
                deal_companies.company_id
        ) as company_number
    from deal_companies
    where deal_companies.company_id is not null
),

merged as (
    select distinct merged_deals.merged_id
    from merged_deals
    where merged_deals.merged_id <> merged_deals.deal_id
),

staged as (
    select
        deals.*,
        coalesce(companies.company_id, {{ first_listed('deals.company_list') }}) as company_id,
        merged.merged_id is not null as is_merged,
        deals.probability * 100 as percent,
        coalesce(stages.stage, other_stages.stage) as listed_stage
    from deals
    left join companies
        on deals.deal_id = companies.deal_id
        and companies.company_number = 1
    left join merged
        on deals.deal_id = merged.merged_id
    left join stages
        on deals.stage_id = stages.stage_id
        and deals.pipeline_id = stages.pipeline_id
    left join stages as other_stages
        on deals.stage_id = other_stages.stage_id
        and other_stages.pipeline_number = 1
),

final as (
    select
        staged.*,
        coalesce(
            staged.listed_stage,
            {{ crm_stage(
                'hubspot', 'deal.stage', 'staged.stage_id', 'staged.is_won', 'staged.is_closed', 'staged.percent'
            ) }}
        ) as stage,
        case
            when staged._version > 1 then 'older_version'
            when staged.is_merged then 'merged'
            when coalesce(staged.is_deleted, false) or coalesce(staged.is_gone, false) then 'deleted'
            when staged.company_id is null then 'no_account'
            when coalesce(staged.annual_amount, staged.contract_amount, staged.amount) is null then 'no_amount'
        end as not_taken
    from staged
)

select * from final
