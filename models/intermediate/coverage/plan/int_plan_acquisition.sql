-- Accounts and ARR to win a month: the growth that the company plans, else the rate of the last twelve complete months,
-- which are those of int_new_business_rates.
with

targets as (
    select * from {{ ref('int_plan_targets') }}
),

growth as (
    select * from {{ ref('policy_csm_plan_growth') }}
),

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
),

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

origins as (
    select * from {{ ref('int_forecast_origins') }}
),

months as (
    select * from {{ ref('int_months') }}
),

history as (
    select min(account_mrr.month) as first_month
    from account_mrr
),

months_counted as (
    select
        months.month,
        count(*) over () as months_counted
    from origins
    cross join history
    inner join months
        on cast(origins.base_month - interval '12' month as date) < months.month
        and origins.base_month >= months.month
        and history.first_month < months.month
    where origins.is_today
),

won as (
    select
        account_tiers.investment_tier,
        cast(count(*) as double) / max(months_counted.months_counted) as monthly_accounts,
        12 * cast(sum(account_mrr.mrr) as double) / max(months_counted.months_counted) as monthly_arr
    from months_counted
    inner join account_mrr
        on months_counted.month = account_mrr.month
    inner join account_tiers
        on account_mrr.account_id = account_tiers.account_id
        and account_mrr.month = account_tiers.month
    where account_mrr.movement_type in ('new', 'reactivation')
    group by account_tiers.investment_tier
),

books as (
    select
        accounts_covered.investment_tier,
        cast(count(*) as double) as accounts,
        cast(sum(accounts_covered.arr) as double) as arr
    from accounts_covered
    group by accounts_covered.investment_tier
),

final as (
    select
        targets.investment_tier,
        case when growth.arr_growth is null then 'run_rate' else 'plan' end as acquisition_source,
        round(
            case
                when growth.account_growth is null then coalesce(won.monthly_accounts, 0)
                else growth.account_growth * coalesce(books.accounts, 0) / 12
            end, 9
        ) as monthly_accounts,
        round(
            case
                when growth.arr_growth is null then coalesce(won.monthly_arr, 0)
                else growth.arr_growth * coalesce(books.arr, 0) / 12
            end, 6
        ) as monthly_arr
    from targets
    left join growth
        on targets.investment_tier = growth.investment_tier
    left join won
        on targets.investment_tier = won.investment_tier
    left join books
        on targets.investment_tier = books.investment_tier
)

select * from final
