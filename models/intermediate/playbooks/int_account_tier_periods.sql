-- Tiers on a day are those of the latest month-end. Until its first month-end, a new customer has the touch tier of its
-- ARR at the start. Poor health gives a tech-touch account the playbook steps of the tier that covers it meanwhile.
with

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

coverage_tiers as (
    select * from {{ ref('int_account_coverage_tiers') }}
),

months as (
    select * from {{ ref('int_months') }}
),

customer_starts as (
    select * from {{ ref('int_customer_starts') }}
),

arr_tier_cuts as (
    select * from {{ ref('policy_arr_tier_cuts') }}
),

month_ends as (
    select
        account_tiers.account_id,
        account_tiers.touch_tier,
        case
            when account_tiers.touch_tier = 'tech_touch'
                then coalesce(coverage_tiers.effective_touch_tier, account_tiers.touch_tier)
            else account_tiers.touch_tier
        end as steps_tier,
        account_tiers.investment_tier,
        last_day(account_tiers.month) as in_force_from,
        last_day(cast(account_tiers.month + interval '1' month as date)) as in_force_to
    from account_tiers
    inner join months
        on account_tiers.month = months.month
    left join coverage_tiers
        on account_tiers.account_id = coverage_tiers.account_id
        and account_tiers.month = coverage_tiers.month
    where months.is_complete_month
),

first_months as (
    select
        customer_starts.account_id,
        arr_tier_cuts.touch_tier,
        arr_tier_cuts.touch_tier as steps_tier,
        cast(null as string) as investment_tier,
        customer_starts.customer_since as in_force_from,
        last_day(customer_starts.customer_since) as in_force_to
    from customer_starts
    inner join arr_tier_cuts
        on arr_tier_cuts.scheme = 'touch'
        and customer_starts.starting_arr >= arr_tier_cuts.min_arr
        and customer_starts.starting_arr < coalesce(arr_tier_cuts.below_arr, cast('infinity' as double))
    where customer_starts.customer_since < last_day(customer_starts.customer_since)
),

final as (
    select * from month_ends
    union all
    select * from first_months
)

select * from final
