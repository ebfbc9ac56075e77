-- The hiring plan: what each tier will need, by when its next CSMs start, and what they cost.
with

needs as (
    select * from {{ ref('int_plan_needs') }}
),

hires as (
    select * from {{ ref('int_plan_hires') }}
),

targets as (
    select * from {{ ref('int_plan_targets') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

managed as (
    select
        needs.investment_tier,
        needs.scenario,
        needs.required_csms >= settings.manager_tier_csms as is_tier_large,
        needs.all_required_csms >= settings.manager_function_csms as is_function_large
    from needs
    inner join settings
        on needs.horizon = settings.manager_months_ahead
),

final as (
    select
        needs.investment_tier,
        cast(targets.tier_rank as int) as tier_rank,
        needs.month,
        needs.scenario,
        cast(needs.horizon as int) as horizon,
        targets.role,
        cast(needs.accounts_today as bigint) as accounts_today,
        cast(needs.arr_today as decimal(18, 2)) as arr_today,
        needs.accounts,
        {{ to_cents('needs.arr') }} as arr,
        needs.acquisition_source,
        targets.target_arr_per_csm,
        cast(targets.account_cap as int) as account_cap,
        needs.required_csms_today,
        needs.required_by_arr,
        needs.required_by_accounts,
        needs.required_csms,
        needs.binding,
        cast(hires.csm_count_today as int) as csm_count_today,
        hires.hires,
        hires.csm_count,
        cast(needs.required_csms - hires.csm_count as int) as gap,
        managed.is_tier_large or managed.is_function_large as needs_manager,
        case
            when managed.is_tier_large and managed.is_function_large then 'tier_and_function'
            when managed.is_tier_large then 'tier'
            when managed.is_function_large then 'function'
        end as manager_reason,
        targets.annual_cost,
        needs.cost_today,
        needs.cost,
        cast(targets.annual_cost * hires.csm_count as decimal(18, 2)) as team_cost,
        needs.all_required_csms,
        needs.all_cost_today,
        needs.all_cost,
        run_context.reporting_currency
    from needs
    cross join run_context
    inner join targets
        on needs.investment_tier = targets.investment_tier
    inner join hires
        on needs.investment_tier = hires.investment_tier
        and needs.month = hires.month
        and needs.scenario = hires.scenario
    inner join managed
        on needs.investment_tier = managed.investment_tier
        and needs.scenario = managed.scenario
)

select * from final
