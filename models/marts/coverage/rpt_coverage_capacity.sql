-- What each investment tier has, needs and costs, and what it would need under the other rule of tiers.
with

capacity as (
    select * from {{ ref('int_coverage_capacity') }}
),

csms_required as (
    select * from {{ ref('int_csms_required') }}
),

investments as (
    select * from {{ ref('int_investments_measured') }}
),

final as (
    select
        capacity.investment_tier,
        capacity.tier_rank,
        capacity.accounts,
        capacity.arr,
        capacity.unassigned_accounts,
        capacity.unassigned_arr,
        capacity.csm_count,
        capacity.effective_csm_count,
        capacity.arr_per_csm,
        capacity.accounts_per_csm,
        capacity.target_arr_per_csm,
        capacity.account_cap,
        capacity.required_csms,
        cast(csms_required.accounts_by_arr as bigint) as accounts_by_arr,
        cast(csms_required.required_csms_by_arr as int) as required_csms_by_arr,
        cast(csms_required.accounts_by_rank as bigint) as accounts_by_rank,
        cast(csms_required.required_csms_by_rank as int) as required_csms_by_rank,
        capacity.gap,
        capacity.should_hire,
        capacity.hire_reason,
        capacity.should_add_manager,
        capacity.cost_to_serve,
        capacity.cost_to_serve_per_account,
        capacity.cost_to_serve_rate,
        capacity.coverage,
        capacity.investment_low,
        capacity.investment_high,
        capacity.investment_verdict,
        {% for status in ['under', 'within', 'over'] %}
        cast(investments.{{ status }}_accounts as bigint) as {{ status }}_accounts,
        cast(investments.{{ status }}_cost as decimal(18, 2)) as {{ status }}_cost,
        {% endfor %}
        cast(investments.under_shortfall as decimal(18, 2)) as under_shortfall,
        cast(investments.over_excess as decimal(18, 2)) as over_excess,
        capacity.reporting_currency
    from capacity
    left join csms_required
        on capacity.investment_tier = csms_required.investment_tier
    left join investments
        on capacity.investment_tier = investments.investment_tier
)

select * from final
