-- An account belongs to the month and the quarter of its first MRR, in the segments of that month. Accounts of the
-- records' first month belong to none, for nobody knows when they were won.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

segments as (
    select * from {{ ref('int_account_segments_monthly') }}
),

first_months as (
    select
        account_mrr.account_id,
        account_mrr.first_mrr_month,
        account_mrr.mrr as first_mrr,
        segments.segment_type,
        segments.segment
    from account_mrr
    inner join segments
        on account_mrr.account_id = segments.account_id
        and account_mrr.month = segments.month
    where account_mrr.month = account_mrr.first_mrr_month
        and not account_mrr.is_opening_account
),

final as (
    {% for grain, last_month_offset in {'month': 0, 'quarter': 2}.items() %}
    select
        first_months.account_id,
        first_months.first_mrr_month,
        first_months.first_mrr,
        first_months.segment_type,
        first_months.segment,
        '{{ grain }}' as cohort_grain,
        cast(date_trunc('{{ grain }}', first_months.first_mrr_month) as date) as cohort,
        cast(date_trunc('{{ grain }}', first_months.first_mrr_month) + interval '{{ last_month_offset }}' month as date)
            as last_cohort_month
    from first_months
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
