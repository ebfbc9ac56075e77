-- A row is a customer without a row of health under some scheme, or an account with one that does not pay on the date.
-- Without its row an account shows no risk at all. Great Expectations compares month-ends with the MRR ledger.
-- Look first at int_account_mrr_by_snapshot, which lists who pays on each date.
with

scores as (
    select * from {{ ref('fct_health_scores') }}
),

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

schemes as (
    select distinct weights.scheme from {{ ref('policy_health_weights') }} as weights
),

compared as (
    select
        coalesce(customers.snapshot_date, scores.snapshot_date) as snapshot_date,
        coalesce(customers.account_id, scores.account_id) as account_id,
        coalesce(schemes.scheme, scores.scheme) as scheme,
        customers.account_id is not null as pays,
        scores.account_id is not null as is_scored
    from customers
    cross join schemes
    full outer join scores
        on customers.snapshot_date = scores.snapshot_date
        and customers.account_id = scores.account_id
        and schemes.scheme = scores.scheme
)

select compared.*
from compared
where compared.pays <> compared.is_scored
    and compared.snapshot_date <> last_day(compared.snapshot_date)
