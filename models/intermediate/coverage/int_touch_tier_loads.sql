-- Accounts a CSM in each touch tier. A CSM counts in a tier as far as the accounts of the book are in it.
with

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
),

csms as (
    select * from {{ ref('int_csms') }}
),

books as (
    select
        csms.csm_id,
        accounts_covered.touch_tier,
        count(*) as accounts
    from csms
    inner join accounts_covered
        on csms.csm_id = accounts_covered.csm_id
    group by csms.csm_id, accounts_covered.touch_tier
),

shared as (
    select
        books.touch_tier,
        books.accounts,
        cast(books.accounts as double) / sum(books.accounts) over (partition by books.csm_id) as csm_share
    from books
),

final as (
    select
        shared.touch_tier,
        sum(shared.accounts) as accounts,
        sum(shared.csm_share) as csms,
        sum(shared.accounts) / sum(shared.csm_share) as accounts_per_csm
    from shared
    group by shared.touch_tier
)

select * from final
