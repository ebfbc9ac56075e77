-- By every scheme the accounts and the ARR of the tiers are those of all that pay, and their shares sum to 1.
with

whole as (
    select
        count(*) as accounts,
        coalesce(sum(accounts.arr), 0) as arr
    from {{ ref('dim_accounts') }} as accounts
    where accounts.arr > 0
),

schemes as (
    select
        segments.tier_scheme,
        sum(segments.accounts) as accounts,
        sum(segments.arr) as arr,
        sum(segments.share_of_accounts) as share_of_accounts,
        sum(segments.share_of_arr) as share_of_arr
    from {{ ref('rpt_segment_performance') }} as segments
    group by segments.tier_scheme
)

select
    wanted.tier_scheme,
    schemes.accounts,
    whole.accounts as all_accounts,
    schemes.arr,
    whole.arr as all_arr
from (
    select 'arr_tier' as tier_scheme
    union all
    select 'touch_tier' as tier_scheme
    union all
    select 'investment_tier' as tier_scheme
) as wanted
cross join whole
left join schemes
    on wanted.tier_scheme = schemes.tier_scheme
where schemes.accounts is distinct from whole.accounts
    or schemes.arr is distinct from whole.arr
    or not coalesce(abs(schemes.share_of_accounts - 1) < 0.000000001, whole.accounts = 0)
    or not coalesce(abs(schemes.share_of_arr - 1) < 0.000000001, whole.accounts = 0)
