-- Today's need is that of the accounts as they are. The cost is that of the CSMs needed, whether they are there or not.
with

scenarios as (
    select * from {{ ref('int_plan_scenarios') }}
),

targets as (
    select * from {{ ref('int_plan_targets') }}
),

-- Rounded, so that an even quotient is not rounded up.
divided as (
    select
        scenarios.*,
        targets.annual_cost,
        ceil(round(scenarios.arr / cast(targets.target_arr_per_csm as double), 9)) as required_by_arr,
        ceil(round(scenarios.accounts / targets.account_cap, 9)) as required_by_accounts,
        {{ csms_required(
            'scenarios.arr_today', 'targets.target_arr_per_csm', 'scenarios.accounts_today', 'targets.account_cap'
        ) }} as required_today
    from scenarios
    inner join targets
        on scenarios.investment_tier = targets.investment_tier
),

needed as (
    select
        divided.*,
        cast(divided.required_today as int) as required_csms_today,
        case
            when divided.required_by_arr is not null
                then cast(greatest(divided.required_by_arr, divided.required_by_accounts) as int)
        end as required_csms
    from divided
),

priced as (
    select
        needed.*,
        needed.annual_cost * needed.required_csms_today as cost_today,
        needed.annual_cost * needed.required_csms as cost
    from needed
),

-- A sum over tiers is known where that of each tier is.
totals as (
    select
        priced.month,
        priced.scenario,
        sum(priced.cost_today) as all_cost_today,
        case when count(priced.required_csms) = count(*) then sum(priced.required_csms) end as all_required_csms,
        case when count(priced.cost) = count(*) then sum(priced.cost) end as all_cost
    from priced
    group by priced.month, priced.scenario
),

final as (
    select
        priced.investment_tier,
        priced.month,
        priced.scenario,
        priced.horizon,
        priced.accounts_today,
        priced.arr_today,
        priced.required_csms_today,
        priced.accounts,
        priced.arr,
        priced.acquisition_source,
        cast(priced.required_by_arr as int) as required_by_arr,
        cast(priced.required_by_accounts as int) as required_by_accounts,
        priced.required_csms,
        case
            when priced.required_csms = 0 then null
            when priced.required_by_arr > priced.required_by_accounts then 'arr'
            when priced.required_by_arr < priced.required_by_accounts then 'accounts'
            when priced.required_by_arr = priced.required_by_accounts then 'arr_and_accounts'
        end as binding,
        cast(priced.cost_today as decimal(18, 2)) as cost_today,
        cast(priced.cost as decimal(18, 2)) as cost,
        cast(totals.all_required_csms as int) as all_required_csms,
        cast(totals.all_cost_today as decimal(18, 2)) as all_cost_today,
        cast(totals.all_cost as decimal(18, 2)) as all_cost
    from priced
    inner join totals
        on priced.month = totals.month
        and priced.scenario = totals.scenario
)

select * from final
