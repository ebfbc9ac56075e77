-- All months from the first with MRR to the month after the last contract, for a pause or free period may outlast MRR.
-- A contract is in force while a line of it is, even at 0. An account out for late payment has none.
with

lines_by_snapshot as (
    select * from {{ ref('int_mrr_lines_by_snapshot') }}
),

months as (
    select * from {{ ref('int_months') }}
),

lines_ranked as (
    select
        lines_by_snapshot.*,
        row_number() over (
            partition by lines_by_snapshot.account_id, lines_by_snapshot.month
            order by lines_by_snapshot.mrr desc, lines_by_snapshot.subscription_id asc, lines_by_snapshot.item_id asc
        ) as line_number
    from lines_by_snapshot
    where lines_by_snapshot.month is not null
),

account_months as (
    select
        lines_ranked.account_id,
        lines_ranked.month,
        sum(lines_ranked.mrr) as mrr,
        sum(lines_ranked.contract_mrr) as contract_mrr,
        count_if(not lines_ranked.is_delinquent) > 0 as has_contract,
        sum(lines_ranked.reported_mrr) as reported_mrr,
        sum(lines_ranked.seats) as seats,
        max(case when lines_ranked.line_number = 1 then lines_ranked.plan_id end) as plan_id
    from lines_ranked
    group by lines_ranked.account_id, lines_ranked.month
),

spans as (
    select
        account_months.account_id,
        min(account_months.month) filter (where account_months.mrr > 0) as first_mrr_month,
        cast(max(account_months.month) filter (where account_months.mrr > 0) + interval '1' month as date)
            as month_after_last_mrr,
        cast(max(account_months.month) filter (where account_months.has_contract) + interval '1' month as date)
            as month_after_contract
    from account_months
    group by account_months.account_id
),

filled as (
    select
        spans.account_id,
        spans.first_mrr_month,
        months.month <= spans.month_after_last_mrr as is_in_ledger,
        months.month,
        months.snapshot_on,
        months.is_complete_month,
        coalesce(account_months.mrr, 0) as mrr,
        coalesce(account_months.contract_mrr, 0) as contract_mrr,
        coalesce(account_months.has_contract, false) as has_contract,
        coalesce(account_months.reported_mrr, 0) as reported_mrr,
        coalesce(account_months.seats, 0) as seats,
        account_months.plan_id
    from spans
    inner join months
        on months.month between spans.first_mrr_month and spans.month_after_contract
    left join account_months
        on spans.account_id = account_months.account_id
        and months.month = account_months.month
),

history as (
    select min(months.month) as first_month
    from months
),

with_opening as (
    select
        filled.*,
        filled.first_mrr_month = history.first_month as is_opening_account,
        coalesce(lag(filled.mrr) over (partition by filled.account_id order by filled.month), 0) as opening_mrr,
        coalesce(lag(filled.contract_mrr) over (partition by filled.account_id order by filled.month), 0)
            as opening_contract_mrr,
        coalesce(lag(filled.has_contract) over (partition by filled.account_id order by filled.month), false)
            as had_contract
    from filled
    cross join history
),

final as (
    select
        with_opening.account_id,
        with_opening.month,
        with_opening.snapshot_on,
        with_opening.is_complete_month,
        with_opening.is_in_ledger,
        with_opening.first_mrr_month,
        with_opening.is_opening_account,
        with_opening.opening_mrr,
        with_opening.mrr,
        with_opening.opening_contract_mrr,
        with_opening.contract_mrr,
        with_opening.had_contract,
        with_opening.has_contract,
        with_opening.reported_mrr,
        with_opening.seats,
        with_opening.plan_id,
        case
            when with_opening.month = with_opening.first_mrr_month then 'new'
            when with_opening.opening_mrr = 0 and with_opening.mrr > 0 then 'reactivation'
            when with_opening.opening_mrr > 0 and with_opening.mrr = 0 then 'churn'
            when with_opening.mrr > with_opening.opening_mrr then 'expansion'
            when with_opening.mrr < with_opening.opening_mrr then 'contraction'
        end as movement_type
    from with_opening
)

select * from final
