-- The tiers of a paying account under all three schemes.
with

touch_tiers as (
    select * from {{ ref('int_account_touch_tiers') }}
),

arr_tiers as (
    select * from {{ ref('int_account_arr_tiers_monthly') }}
),

investment_tiers as (
    select * from {{ ref('int_account_investment_tiers') }}
),

final as (
    select
        touch_tiers.account_id,
        touch_tiers.month,
        arr_tiers.arr_tier,
        touch_tiers.touch_tier,
        investment_tiers.investment_tier
    from touch_tiers
    inner join arr_tiers
        on touch_tiers.account_id = arr_tiers.account_id
        and touch_tiers.month = arr_tiers.month
    inner join investment_tiers
        on touch_tiers.account_id = investment_tiers.account_id
        and touch_tiers.month = investment_tiers.month
)

select * from final
