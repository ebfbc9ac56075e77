-- The band of the active scheme that holds the account's ARR.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

arr_tier_cuts as (
    select * from {{ ref('policy_arr_tier_cuts') }}
),

final as (
    select
        account_mrr.account_id,
        account_mrr.month,
        arr_tier_cuts.tier as arr_tier
    from account_mrr
    inner join arr_tier_cuts
        on 12 * account_mrr.mrr >= arr_tier_cuts.min_arr
        and (arr_tier_cuts.below_arr is null or 12 * account_mrr.mrr < arr_tier_cuts.below_arr)
    where account_mrr.mrr > 0
        and arr_tier_cuts.scheme = {{ quoted_text(var("arr_tier_scheme")) }}
)

select * from final
