-- Accounts, their ARR and what serving them cost are the same in the books, by investment tier, and in all that pay.
with

whole as (
    select
        count(*) as accounts,
        coalesce(sum(accounts.arr), 0) as arr
    from {{ ref('dim_accounts') }} as accounts
    where accounts.arr > 0
),

parts as (
    {% for report in ['rpt_csm_books', 'rpt_coverage_capacity'] %}
    select
        '{{ report }}' as report,
        coalesce(sum(report.accounts), 0) as accounts,
        coalesce(sum(report.arr), 0) as arr,
        coalesce(sum(report.cost_to_serve), 0) as cost_to_serve
    from {{ ref(report) }} as report
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

costs as (
    select coalesce(sum(accounts.cost_to_serve), 0) as cost_to_serve
    from {{ ref('int_accounts_covered') }} as accounts
)

select
    parts.report,
    parts.accounts,
    whole.accounts as all_accounts,
    parts.arr,
    whole.arr as all_arr,
    parts.cost_to_serve,
    costs.cost_to_serve as all_cost_to_serve
from parts
cross join whole
cross join costs
where parts.accounts <> whole.accounts
    or parts.arr <> whole.arr
    or parts.cost_to_serve <> costs.cost_to_serve
