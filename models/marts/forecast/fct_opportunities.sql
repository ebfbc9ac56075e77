with

opportunities as (
    select * from {{ ref('int_opportunities_expected') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        opportunities.opportunity_id,
        opportunities.account_id,
        account_names.account_name,
        opportunities.opportunity_type,
        opportunities.stage,
        opportunities.is_open,
        opportunities.is_overdue,
        opportunities.is_dated,
        opportunities.created_on,
        opportunities.expected_close_on,
        opportunities.closed_on,
        opportunities.quarter,
        cast(opportunities.amount as decimal(18, 2)) as amount,
        opportunities.policy_probability,
        opportunities.calibrated_probability,
        cast(opportunities.expected_amount as decimal(18, 2)) as expected_amount,
        opportunities.primary_owner,
        opportunities.secondary_owner,
        run_context.reporting_currency
    from opportunities
    cross join run_context
    left join account_names
        on opportunities.account_id = account_names.account_id
)

select * from final
