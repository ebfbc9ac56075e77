-- Windows end with complete months, and none starts before the first month with revenue.
with

months as (
    select * from {{ ref('int_months') }}
),

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

history as (
    select min(account_mrr.first_mrr_month) as first_mrr_month
    from account_mrr
),

lengths as (
    select 1 as window_months
    union all
    select 3 as window_months
    union all
    select 12 as window_months
),

final as (
    select
        lengths.window_months,
        cast(months.month - lengths.window_months * interval '1' month as date) as start_month,
        months.month as end_month
    from months
    cross join lengths
    cross join history
    where months.is_complete_month
        and months.month >= cast(history.first_mrr_month + lengths.window_months * interval '1' month as date)
)

select * from final
