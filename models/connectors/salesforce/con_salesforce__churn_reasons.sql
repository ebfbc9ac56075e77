-- Where no account states a reason, those of lost renewals count.
with

account_records as (
    select * from ({{ loaded_rows('salesforce', 'account') }}) as loaded
    where loaded._version = 1
),

opportunity_records as (
    select * from ({{ loaded_rows('salesforce', 'opportunity') }}) as loaded
    where loaded._version = 1
),

opportunities as (
    select * from {{ ref('con_salesforce__opportunities') }}
    where not_taken is null
),

statuses as (
    select * from {{ ref('con_account_statuses') }}
),

stated as (
    select count(account_records.churn_reason) as reasons
    from account_records
),

found as (
    select
        account_records.id as record_id,
        account_records.churned_on,
        account_records.churn_reason as reason,
        account_records.churn_note as note
    from account_records
    where account_records.churned_on is not null or account_records.churn_reason is not null
    union all
    select
        opportunity_records.account_id as record_id,
        opportunities.closed_on as churned_on,
        opportunity_records.loss_reason as reason,
        cast(null as string) as note
    from opportunities
    inner join opportunity_records
        on opportunities.opportunity_id = opportunity_records.id
    inner join stated
        on stated.reasons = 0
    where opportunities.opportunity_type = 'renewal'
        and opportunities.stage = 'closed_lost'
        and opportunity_records.loss_reason is not null
),

{{ crm_churn_reasons('salesforce', 'found', 'statuses') }}

select * from final
