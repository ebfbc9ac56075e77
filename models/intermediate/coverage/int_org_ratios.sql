-- A CSM counts in a segment as far as the accounts of the book are in it, as in int_touch_tier_loads.
with

questions as (
    select * from {{ ref('policy_org_questions') }}
),

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
),

csms as (
    select * from {{ ref('int_csms') }}
),

books as (
    select
        csms.csm_id,
        questions.question,
        count(*) as accounts
    from csms
    inner join accounts_covered
        on csms.csm_id = accounts_covered.csm_id
    inner join questions
        on questions.topic = 'ratio'
        and accounts_covered.arr >= questions.min_arr
        and (questions.below_arr is null or accounts_covered.arr < questions.below_arr)
    group by csms.csm_id, questions.question
),

shared as (
    select
        books.question,
        books.accounts,
        cast(books.accounts as double) / sum(books.accounts) over (partition by books.csm_id) as csm_share
    from books
),

final as (
    select
        shared.question,
        sum(shared.accounts) / sum(shared.csm_share) as value
    from shared
    group by shared.question
)

select * from final
