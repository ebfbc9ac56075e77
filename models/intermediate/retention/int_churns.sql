-- A churn is the month in which the last contract of an account that paid is gone; a pause under a standing contract is none.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

mrr_lines as (
    select * from {{ ref('int_mrr_lines') }}
),

accounts_delinquent as (
    select * from {{ ref('int_accounts_delinquent') }}
),

paid_before as (
    select
        account_mrr.*,
        max(case when account_mrr.opening_mrr > 0 then cast(account_mrr.month - interval '1' month as date) end) over (
            partition by account_mrr.account_id
            order by account_mrr.month
            rows between unbounded preceding and current row
        ) as last_paid_month
    from account_mrr
),

churned_months as (
    select
        paid_before.account_id,
        paid_before.month as churned_month,
        paid_before.snapshot_on,
        paid_before.first_mrr_month,
        paid_before.last_paid_month
    from paid_before
    where paid_before.opening_contract_mrr > 0
        and paid_before.contract_mrr = 0
        and paid_before.last_paid_month is not null
),

contract_ends as (
    select
        churned_months.account_id,
        churned_months.churned_month,
        max(case when mrr_lines.line_to <= churned_months.snapshot_on then mrr_lines.line_to end) as last_end_on,
        count_if(mrr_lines.line_to is null or mrr_lines.line_to > churned_months.snapshot_on) as lines_in_force
    from churned_months
    inner join mrr_lines
        on churned_months.account_id = mrr_lines.account_id
        and churned_months.snapshot_on >= mrr_lines.line_from
        and mrr_lines.monthly_amount > 0
    group by churned_months.account_id, churned_months.churned_month
),

delinquencies as (
    select
        churned_months.account_id,
        churned_months.churned_month,
        min(accounts_delinquent.delinquent_from) as delinquent_from
    from churned_months
    inner join accounts_delinquent
        on churned_months.account_id = accounts_delinquent.account_id
        and churned_months.snapshot_on >= accounts_delinquent.delinquent_from
        and (accounts_delinquent.delinquent_to is null or churned_months.snapshot_on < accounts_delinquent.delinquent_to)
    group by churned_months.account_id, churned_months.churned_month
),

final as (
    select
        churned_months.account_id,
        churned_months.churned_month,
        case
            -- A line may stand that rounds to nothing.
            when contract_ends.lines_in_force > 0 then coalesce(delinquencies.delinquent_from, contract_ends.last_end_on)
            else least(contract_ends.last_end_on, delinquencies.delinquent_from)
        end as churned_on,
        churned_months.first_mrr_month,
        churned_months.last_paid_month,
        last_paid.mrr as churned_mrr
    from churned_months
    inner join contract_ends
        on churned_months.account_id = contract_ends.account_id
        and churned_months.churned_month = contract_ends.churned_month
    inner join account_mrr as last_paid
        on churned_months.account_id = last_paid.account_id
        and churned_months.last_paid_month = last_paid.month
    left join delinquencies
        on churned_months.account_id = delinquencies.account_id
        and churned_months.churned_month = delinquencies.churned_month
)

select * from final
