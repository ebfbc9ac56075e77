-- The next end of a term known on the date. A term that ends on the date is up on it.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

lines_by_snapshot as (
    select * from {{ ref('int_mrr_lines_by_snapshot') }}
),

contract_terms as (
    select * from {{ ref('int_contract_terms') }}
),

subscriptions_in_force as (
    select
        lines_by_snapshot.snapshot_date,
        lines_by_snapshot.account_id,
        lines_by_snapshot.subscription_id,
        sum(lines_by_snapshot.mrr) as mrr
    from lines_by_snapshot
    group by lines_by_snapshot.snapshot_date, lines_by_snapshot.account_id, lines_by_snapshot.subscription_id
),

-- One row per subscription and end, in case two terms end on one day.
ends_known as (
    select
        in_force.snapshot_date,
        in_force.account_id,
        in_force.subscription_id,
        in_force.mrr,
        contract_terms.term_end_on
    from subscriptions_in_force as in_force
    inner join contract_terms
        on in_force.subscription_id = contract_terms.subscription_id
        and in_force.snapshot_date <= contract_terms.term_end_on
        and {{ in_force('in_force.snapshot_date', 'contract_terms.known_on', 'contract_terms.superseded_on') }}
    group by
        in_force.snapshot_date,
        in_force.account_id,
        in_force.subscription_id,
        in_force.mrr,
        contract_terms.term_end_on
),

ends_by_day as (
    select
        ends_known.snapshot_date,
        ends_known.account_id,
        ends_known.term_end_on,
        sum(ends_known.mrr) as mrr,
        row_number() over (
            partition by ends_known.snapshot_date, ends_known.account_id
            order by ends_known.term_end_on
        ) as end_number
    from ends_known
    group by ends_known.snapshot_date, ends_known.account_id, ends_known.term_end_on
),

final as (
    select
        customers.snapshot_date,
        customers.account_id,
        ends_by_day.term_end_on as next_renewal_on,
        12 * ends_by_day.mrr as arr_renewing
    from customers
    left join ends_by_day
        on customers.snapshot_date = ends_by_day.snapshot_date
        and customers.account_id = ends_by_day.account_id
        and ends_by_day.end_number = 1
)

select * from final
