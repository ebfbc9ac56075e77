-- Includes accounts that no month ended with. An account without a contract left on the day of its latest churn,
-- or at the end of a brief stay after it.
with

customer_starts as (
    select * from {{ ref('int_customer_starts') }}
),

churns as (
    select * from {{ ref('int_churns') }}
),

brief_stays as (
    select * from {{ ref('int_brief_stays') }}
),

lines_by_snapshot as (
    select * from {{ ref('int_mrr_lines_by_snapshot') }}
),

accounts_delinquent as (
    select * from {{ ref('int_accounts_delinquent') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

customers as (
    select
        customer_starts.account_id,
        customer_starts.customer_since,
        run_context.as_of_date
    from customer_starts
    inner join run_context
        on customer_starts.customer_since <= run_context.as_of_date
),

contracts as (
    select
        lines_by_snapshot.account_id,
        sum(lines_by_snapshot.contract_mrr) > sum(lines_by_snapshot.mrr) as is_paused
    from lines_by_snapshot
    inner join run_context
        on lines_by_snapshot.snapshot_date = run_context.as_of_date
    where not lines_by_snapshot.is_delinquent
    group by lines_by_snapshot.account_id
),

last_churns as (
    select
        churns.account_id,
        max(churns.churned_on) as churned_on
    from churns
    group by churns.account_id
),

last_stays as (
    select
        brief_stays.account_id,
        max(brief_stays.paid_to) as left_on
    from brief_stays
    group by brief_stays.account_id
),

out_for_late_payment as (
    select
        customers.account_id,
        min(accounts_delinquent.delinquent_from) as out_from
    from customers
    inner join accounts_delinquent
        on customers.account_id = accounts_delinquent.account_id
        and {{ in_force(
            'customers.as_of_date', 'accounts_delinquent.delinquent_from', 'accounts_delinquent.delinquent_to'
        ) }}
    group by customers.account_id
),

final as (
    select
        customers.account_id,
        customers.customer_since,
        contracts.account_id is not null as has_contract,
        coalesce(contracts.is_paused, false) as is_paused,
        case
            when contracts.account_id is null
                then coalesce(greatest(last_churns.churned_on, last_stays.left_on), out_for_late_payment.out_from)
        end as churned_on
    from customers
    left join contracts
        on customers.account_id = contracts.account_id
    left join last_churns
        on customers.account_id = last_churns.account_id
    left join last_stays
        on customers.account_id = last_stays.account_id
    left join out_for_late_payment
        on customers.account_id = out_for_late_payment.account_id
)

select * from final
