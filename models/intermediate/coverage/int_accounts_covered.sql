-- The accounts to look after on as_of_date. An account without an owner is in the book '(none)'.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

owners as (
    select * from {{ ref('int_account_owners_monthly') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

account_costs as (
    select * from {{ ref('int_account_costs') }}
),

attributes as (
    select * from {{ ref('int_account_attributes') }}
),

icp_fit as (
    select * from {{ ref('int_icp_fit') }}
),

investment_tiers as (
    select * from {{ ref('policy_investment_tiers') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

covered as (
    select
        account_mrr.account_id,
        coalesce(owners.csm_id, '(none)') as csm_id,
        account_tiers.arr_tier,
        account_tiers.touch_tier,
        account_tiers.investment_tier,
        cast(12 * account_mrr.mrr as decimal(18, 2)) as arr,
        {{ months_between('account_mrr.first_mrr_month', 'run_context.as_of_month') }} as tenure_months,
        health_statuses.evidenced_score,
        coalesce(health_statuses.health_status, 'unscored') as health_status,
        account_costs.escalations,
        account_costs.support_cost,
        account_costs.cost_to_serve,
        coalesce(icp_fit.icp_fit = 'strong', false)
        and (coalesce(icp_fit.has_expansion_potential, false) or coalesce(attributes.growth_potential = 'high', false))
        and investment_tiers.tier_rank > 1 as is_upgrade_candidate,
        investment_tiers.annual_investment_low,
        investment_tiers.annual_investment_high
    from run_context
    inner join account_mrr
        on run_context.as_of_month = account_mrr.month
    inner join account_tiers
        on account_mrr.account_id = account_tiers.account_id
        and account_mrr.month = account_tiers.month
    inner join account_costs
        on account_mrr.account_id = account_costs.account_id
        and account_costs.is_current
    inner join investment_tiers
        on account_tiers.investment_tier = investment_tiers.tier
    left join attributes
        on account_mrr.account_id = attributes.account_id
    left join icp_fit
        on account_mrr.account_id = icp_fit.account_id
        and {{ in_force('run_context.as_of_date', 'icp_fit.assessed_on', 'icp_fit.superseded_on') }}
    left join owners
        on account_mrr.account_id = owners.account_id
        and account_mrr.month = owners.month
    left join health_statuses
        on account_mrr.account_id = health_statuses.account_id
        and run_context.as_of_date = health_statuses.snapshot_date
    where account_mrr.mrr > 0
),

final as (
    select
        covered.account_id,
        covered.csm_id,
        covered.arr_tier,
        covered.touch_tier,
        covered.investment_tier,
        covered.arr,
        covered.tenure_months,
        covered.evidenced_score,
        covered.health_status,
        covered.escalations,
        covered.support_cost,
        covered.cost_to_serve,
        covered.is_upgrade_candidate,
        case
            when covered.tenure_months < settings.investment_verdict_months then null
            when covered.cost_to_serve < covered.annual_investment_low then 'under'
            when covered.cost_to_serve > covered.annual_investment_high then 'over'
            when covered.cost_to_serve is not null
                and coalesce(covered.annual_investment_low, covered.annual_investment_high) is not null then 'within'
        end as investment_status
    from covered
    cross join settings
)

select * from final
