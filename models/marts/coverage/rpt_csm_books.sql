-- Includes CSMs without accounts, owners who have left or are no CSMs, and the accounts without an owner.
with

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
),

csms as (
    select * from {{ ref('int_csms') }}
),

loads as (
    select * from {{ ref('int_csm_books') }}
),

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

retention as (
    select * from {{ ref('fct_retention') }}
),

renewals_due as (
    select * from {{ ref('int_book_renewals') }}
),

worklist as (
    select * from {{ ref('int_worklist') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

books as (
    select
        coalesce(accounts_covered.csm_id, csms.csm_id) as csm_id,
        csms.investment_tier,
        csms.ramped_share,
        count(accounts_covered.account_id) as accounts,
        coalesce(sum(accounts_covered.arr), 0) as arr,
        avg(accounts_covered.evidenced_score) as mean_health,
        {% for status in ['healthy', 'stable', 'at_risk', 'critical', 'emergency', 'unscored'] %}
        count(case when accounts_covered.health_status = '{{ status }}' then accounts_covered.account_id end)
            as {{ status }}_accounts,
        {% endfor %}
        coalesce(sum(case when {{ is_at_risk('accounts_covered.health_status') }} then accounts_covered.arr end), 0)
            as at_risk_arr,
        sum(accounts_covered.cost_to_serve) as cost_to_serve
    from accounts_covered
    full outer join csms
        on accounts_covered.csm_id = csms.csm_id
    group by coalesce(accounts_covered.csm_id, csms.csm_id), csms.investment_tier, csms.ramped_share
),

book_retention as (
    select
        retention.segment as csm_id,
        retention.grr as book_grr,
        retention.nrr as book_nrr
    from retention
    inner join run_context
        on retention.month = run_context.last_complete_month
    where retention.window_months = 12
        and retention.segment_type = 'csm'
),

book_worklists as (
    select
        worklist.csm_id,
        count_if(worklist.band = 'now') as now_lines,
        count_if(worklist.band = 'this_week' and worklist.is_listed) as this_week_lines,
        count_if(worklist.band = 'this_week' and not worklist.is_listed) as cut_lines,
        count_if(worklist.band = 'backlog') as backlog_accounts
    from worklist
    group by worklist.csm_id
),

measured as (
    select
        books.*,
        loads.account_utilization,
        loads.arr_utilization,
        loads.utilization
    from books
    left join loads
        on books.csm_id = loads.csm_id
        and loads.is_current
),

final as (
    select
        measured.csm_id,
        team_members.member_name as csm_name,
        team_members.role,
        measured.investment_tier,
        team_members.is_active,
        measured.ramped_share,
        cast(measured.accounts as bigint) as accounts,
        cast(measured.arr as decimal(18, 2)) as arr,
        measured.account_utilization,
        measured.arr_utilization,
        measured.utilization,
        measured.mean_health,
        {% for status in ['healthy', 'stable', 'at_risk', 'critical', 'emergency', 'unscored'] %}
        cast(measured.{{ status }}_accounts as bigint) as {{ status }}_accounts,
        {% endfor %}
        cast(measured.at_risk_arr as decimal(18, 2)) as at_risk_arr,
        cast(coalesce(renewals_due.renewals, 0) as bigint) as renewals_90d,
        cast(coalesce(renewals_due.arr_renewing, 0) as decimal(18, 2)) as renewals_90d_arr,
        book_retention.book_grr,
        book_retention.book_nrr,
        cast(measured.cost_to_serve as decimal(18, 2)) as cost_to_serve,
        cast(coalesce(book_worklists.now_lines, 0) as bigint) as now_lines,
        cast(coalesce(book_worklists.this_week_lines, 0) as bigint) as this_week_lines,
        cast(coalesce(book_worklists.cut_lines, 0) as bigint) as cut_lines,
        cast(coalesce(book_worklists.backlog_accounts, 0) as bigint) as backlog_accounts,
        run_context.reporting_currency
    from measured
    cross join run_context
    left join team_members
        on measured.csm_id = team_members.member_id
    left join renewals_due
        on measured.csm_id = renewals_due.csm_id
    left join book_retention
        on measured.csm_id = book_retention.csm_id
    left join book_worklists
        on measured.csm_id = book_worklists.csm_id
)

select * from final
