-- How full the CSMs of a tier are. A CSM counts in the one investment tier that they cover, and in a touch tier as far
-- as the accounts of the book are in it.
with

books as (
    select * from {{ ref('int_csm_books') }}
),

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
),

touch_accounts as (
    select
        accounts_covered.csm_id,
        accounts_covered.touch_tier,
        count(*) as accounts
    from accounts_covered
    group by accounts_covered.csm_id, accounts_covered.touch_tier
),

loads as (
    select
        'investment_tier' as tier_scheme,
        books.investment_tier as tier,
        books.utilization,
        cast(1 as double) as csm_share
    from books
    where books.is_current
    union all
    select
        'touch_tier' as tier_scheme,
        touch_accounts.touch_tier as tier,
        books.utilization,
        cast(touch_accounts.accounts as double) / books.accounts as csm_share
    from books
    inner join touch_accounts
        on books.csm_id = touch_accounts.csm_id
    where books.is_current
),

final as (
    select
        loads.tier_scheme,
        loads.tier,
        sum(loads.csm_share * loads.utilization) / sum(loads.csm_share) as csm_utilization
    from loads
    where loads.utilization is not null
    group by loads.tier_scheme, loads.tier
)

select * from final
