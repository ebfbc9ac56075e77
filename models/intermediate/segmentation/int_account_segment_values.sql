-- The segments of each account that pays at a month's end, one column a type. One without a value is '(none)'.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

accounts as (
    select * from {{ ref('int_account_attributes') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

owners as (
    select * from {{ ref('int_account_owners_monthly') }}
),

final as (
    select
        account_mrr.account_id,
        account_mrr.month,
        coalesce(account_tiers.arr_tier, '(none)') as arr_tier,
        coalesce(account_tiers.touch_tier, '(none)') as touch_tier,
        coalesce(account_tiers.investment_tier, '(none)') as investment_tier,
        coalesce(accounts.industry, '(none)') as industry,
        coalesce(accounts.region, '(none)') as region,
        coalesce(account_mrr.plan_id, '(none)') as plan,
        coalesce(owners.csm_id, '(none)') as csm,
        case
            when account_mrr.is_opening_account then '(none)'
            else cast(cast(date_trunc('quarter', account_mrr.first_mrr_month) as date) as string)
        end as cohort_quarter
    from account_mrr
    inner join accounts
        on account_mrr.account_id = accounts.account_id
    inner join owners
        on account_mrr.account_id = owners.account_id
        and account_mrr.month = owners.month
    left join account_tiers
        on account_mrr.account_id = account_tiers.account_id
        and account_mrr.month = account_tiers.month
    where account_mrr.mrr > 0
)

select * from final
