-- Where no company states a reason, those of lost deals with customers count.
with

companies as (
    select * from ({{ loaded_rows('hubspot', 'company') }}) as loaded
    where loaded._version = 1
),

deals as (
    select * from {{ ref('con_hubspot__deals') }}
    where not_taken is null
),

opportunities as (
    select * from {{ ref('con_hubspot__opportunities') }}
    where not_taken is null
),

statuses as (
    select * from {{ ref('con_account_statuses') }}
),

stated as (
    select count(companies.churn_reason) as reasons
    from companies
),

found as (
    select
        companies.id as record_id,
        companies.churned_on,
        companies.churn_reason as reason,
        companies.churn_note as note
    from companies
    where companies.churned_on is not null or companies.churn_reason is not null
    union all
    select
        deals.company_id as record_id,
        opportunities.closed_on as churned_on,
        deals.loss_reason as reason,
        cast(null as string) as note
    from opportunities
    inner join deals
        on opportunities.opportunity_id = deals.deal_id
    inner join stated
        on stated.reasons = 0
    where opportunities.opportunity_type <> 'new'
        and opportunities.stage = 'closed_lost'
        and deals.loss_reason is not null
),

{{ crm_churn_reasons('hubspot', 'found', 'statuses') }}

select * from final
