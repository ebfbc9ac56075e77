-- A row is an account's month that does not continue the month before, or is not continued by the month after.
-- A gap or a wrong opening makes MRR appear or vanish without a movement, so that no bridge adds up.
-- Look first at int_account_mrr_monthly for the account, then at its subscriptions around that month.
with

ledger as (
    select * from {{ ref('fct_mrr_monthly') }}
),

followed as (
    select
        ledger.account_id,
        ledger.month,
        ledger.new_mrr,
        ledger.opening_mrr,
        ledger.closing_mrr,
        lag(ledger.month) over (partition by ledger.account_id order by ledger.month) as month_before,
        lag(ledger.closing_mrr, 1, 0) over (partition by ledger.account_id order by ledger.month) as closing_before,
        lead(ledger.month) over (partition by ledger.account_id order by ledger.month) as month_after,
        max(ledger.month) over () as last_month
    from ledger
)

select
    followed.account_id,
    followed.month,
    followed.month_before,
    followed.closing_before,
    followed.opening_mrr,
    followed.new_mrr,
    followed.closing_mrr
from followed
where followed.opening_mrr <> followed.closing_before
    or followed.month <> followed.month_before + interval '1' month
    -- An account is new in its first month only, and its rows end with the last month or with an MRR of 0.
    or (followed.new_mrr > 0) <> (followed.month_before is null)
    or (followed.month_after is null and followed.month <> followed.last_month and followed.closing_mrr <> 0)
