-- name: accounts
select
    account_id,
    account_name,
    status
from marts.dim_accounts
order by lower(account_name), account_id

-- name: overview
select
    account_id,
    account_name,
    status,
    arr,
    health_status,
    health_score,
    next_renewal_on,
    csm_name
from marts.dim_accounts
order by arr desc, account_id

-- name: account
select
    accounts.*,
    parents.account_name as parent_name,
    year_before.arr as arr_year_before,
    accounts.arr - year_before.arr as arr_change,
    year_before.month as year_before_month,
    renewals.arr_up as next_renewal_arr,
    renewals.current_outlook as next_renewal_outlook,
    exists (
        select 1
        from marts.fct_survey_answers
        where survey_type = 'nps'
    ) as has_nps
from marts.dim_accounts as accounts
left join marts.dim_accounts as parents
    on accounts.parent_account_id = parents.account_id
left join marts.fct_mrr_monthly as year_before
    on accounts.account_id = year_before.account_id
    and year_before.month = cast($last_complete_month as date) - interval 12 month
left join (
    select
        account_id,
        renewal_on,
        sum(arr_up) as arr_up,
        min(current_outlook) as current_outlook
    from marts.fct_renewals
    where account_id = $account
    group by account_id, renewal_on
) as renewals
    on accounts.account_id = renewals.account_id
    and accounts.next_renewal_on = renewals.renewal_on
where accounts.account_id = $account

-- name: before_contract
select
    (
        select count(*)
        from marts.fct_opportunities
        where account_id = $account
            and is_open
    ) as open_opportunities,
    (
        select sum(amount)
        from marts.fct_opportunities
        where account_id = $account
            and is_open
    ) as open_amount,
    (
        select count(*)
        from marts.dim_contacts
        where account_id = $account
            and is_present
    ) as contacts

-- name: steps
with

steps as (
    select
        tasks.due_on,
        'task' as what,
        tasks.action as text,
        tasks.owner_role,
        tasks.status = 'overdue' as is_overdue
    from marts.fct_playbook_tasks as tasks
    inner join marts.fct_playbook_triggers as triggers
        on tasks.trigger_id = triggers.trigger_id
    where tasks.account_id = $account
        and triggers.is_open
        and tasks.status in ('open', 'overdue')
        and not tasks.is_superseded
        and tasks.owner_role <> 'automation'
    union all
    select
        activities.scheduled_on as due_on,
        'activity' as what,
        activities.activity_type as text,
        null as owner_role,
        false as is_overdue
    from marts.fct_activities as activities
    where activities.account_id = $account
        and activities.status = 'scheduled'
        and activities.scheduled_on >= $as_of_date
    union all
    select
        renewals.renewal_on as due_on,
        'renewal' as what,
        renewals.current_outlook as text,
        null as owner_role,
        false as is_overdue
    from marts.fct_renewals as renewals
    where renewals.account_id = $account
        and renewals.renewal_on > $as_of_date
        and renewals.outcome = 'open'
    union all
    select
        objectives.due_on,
        'objective' as what,
        objectives.metric_name as text,
        null as owner_role,
        false as is_overdue
    from marts.fct_success_objectives as objectives
    where objectives.account_id = $account
        and objectives.status = 'open'
)

select *
from steps
order by
    is_overdue,
    case when is_overdue then null else due_on end,
    due_on desc,
    what,
    text

-- name: worklist
select
    csm_id,
    csm_name,
    band,
    why,
    action,
    due_on,
    days_overdue,
    arr_at_risk
from marts.rpt_csm_worklist
where account_id = $account
order by priority_rank

-- name: scores
select
    snapshot_date,
    health_score,
    health_status,
    coverage,
    touch_tier
from marts.fct_health_scores
where account_id = $account
    and is_active_scheme
order by snapshot_date

-- name: bands
select
    code,
    lowest_value,
    coalesce(lead(lowest_value) over (order by lowest_value), 100) as highest_value
from marts.dim_labels
where domain = 'health_status'
    and lowest_value is not null
order by lowest_value

-- name: drivers
select
    metric,
    label,
    coalesce(value_text, cast(round(value, 2) as varchar)) as shown_value,
    metric_score,
    effective_weight,
    points_lost,
    driver_rank
from marts.fct_health_drivers
where account_id = $account
    and snapshot_date = $snapshot_date
order by driver_rank

-- name: indicators
select
    snapshot_date,
    indicator,
    label,
    severity,
    evidence
from marts.fct_leading_indicators
where account_id = $account
    and snapshot_date = $snapshot_date
order by
    case severity when 'critical' then 1 when 'high' then 2 when 'medium' then 3 else 4 end,
    label

-- name: expansion_signals
select
    signal,
    label,
    evidence
from marts.fct_expansion_signals
where account_id = $account
    and snapshot_date = $snapshot_date
order by label

-- name: mrr
select
    month,
    closing_mrr,
    arr,
    seats,
    is_complete_month
from marts.fct_mrr_monthly
where account_id = $account
order by month

-- name: movements_by_month
select
    month,
    movement_type,
    sum(amount) as amount
from marts.fct_mrr_movements
where account_id = $account
group by month, movement_type
order by month, movement_type

-- name: movements
select
    movements.month,
    movements.movement_type,
    movements.driver,
    products.product_name,
    movements.amount
from marts.fct_mrr_movements as movements
left join marts.dim_products as products
    on movements.product_id = products.product_id
where movements.account_id = $account
order by movements.month desc, abs(movements.amount) desc, movements.driver, movements.product_id

-- name: subscriptions
select
    plan_name,
    status,
    started_on,
    term_start_on,
    term_end_on,
    auto_renew,
    canceled_on,
    ended_on,
    seats,
    mrr
from marts.dim_subscriptions
where account_id = $account
order by ended_on is not null, started_on desc, subscription_id desc

-- name: renewals
select
    renewal_on,
    arr_up,
    current_outlook,
    risk_level,
    calibrated_probability,
    renewed_arr,
    expansion_arr,
    next_signed_on,
    crm_outlook
from marts.fct_renewals
where account_id = $account
order by renewal_on desc, subscription_id desc

-- name: opportunities
select
    opportunity_type,
    stage,
    created_on,
    expected_close_on,
    is_overdue,
    amount,
    calibrated_probability
from marts.fct_opportunities
where account_id = $account
    and is_open
order by expected_close_on, opportunity_id

-- name: invoices
select
    invoice_id,
    issued_on,
    due_on,
    amount_due,
    days_past_due,
    status
from marts.fct_invoices
where account_id = $account
    and days_past_due > 0
order by days_past_due desc, invoice_id

-- name: churns
select
    churned_on,
    churned_mrr,
    tenure_months,
    reason_category,
    is_preventable,
    health_score_at_churn,
    health_score_90d_before,
    had_leading_indicator,
    is_reactivated_later
from marts.fct_churn_events
where account_id = $account
order by churned_on desc

-- name: usage
select
    usage_monthly.month,
    usage_monthly.seats,
    usage_monthly.licensed_users,
    usage_monthly.active_users,
    usage_monthly.logins,
    usage_monthly.feature_events,
    dates.is_complete_month
from marts.fct_usage_monthly as usage_monthly
left join marts.dim_dates as dates
    on usage_monthly.month = dates.date_day
where usage_monthly.account_id = $account
order by usage_monthly.month

-- name: ticket_months
select
    cast(date_trunc('month', created_at) as date) as month,
    priority,
    count(*) as tickets
from marts.fct_tickets
where account_id = $account
group by all
order by all

-- name: tickets
select
    ticket_id,
    cast(created_at as date) as created_on,
    priority,
    is_escalated,
    solved_at is null as is_open,
    first_response_hours,
    resolution_hours,
    csat_score,
    sentiment
from marts.fct_tickets
where account_id = $account
order by solved_at is not null, created_at desc, ticket_id

-- name: answers
select
    response_id,
    answered_on,
    survey_type,
    score,
    answer_source,
    contact_label
from marts.fct_survey_answers
where account_id = $account
order by answered_on desc, response_id

-- name: contacts
select
    contacts.contact_label,
    contacts.stakeholder_type,
    contacts.seniority,
    contacts.department,
    contacts.relationship_strength,
    contacts.is_present,
    contacts.departed_on
from marts.dim_contacts as contacts
where contacts.account_id = $account
order by
    contacts.is_present desc,
    contacts.relationship_strength desc nulls last,
    contacts.departed_on desc,
    contacts.contact_label

-- name: stakeholders
select
    contacts,
    strong_contacts,
    is_multi_threaded,
    roles_present,
    roles_missing
from marts.rpt_stakeholder_coverage
where account_id = $account

-- name: value
select
    has_success_plan,
    objectives,
    achieved,
    planned_value,
    value_amount,
    validated_value,
    cost,
    roi,
    validated_roi
from marts.rpt_value_realization
where account_id = $account

-- name: objectives
select
    metric_name,
    baseline_value,
    target_value,
    current_value,
    progress,
    due_on,
    status,
    value_amount,
    is_validated
from marts.fct_success_objectives
where account_id = $account
order by
    case status when 'overdue' then 1 when 'open' then 2 else 3 end,
    due_on desc,
    objective_id

-- name: activities
select
    coalesce(completed_on, scheduled_on) as held_on,
    activity_type,
    status,
    member_name
from marts.fct_activities
where account_id = $account
    and coalesce(completed_on, scheduled_on) <= $as_of_date
order by held_on desc, activity_id

-- name: last_review
select max(completed_on) as completed_on
from marts.fct_activities
where account_id = $account
    and activity_type in ('qbr', 'ebr')
    and status = 'completed'

-- name: triggers
select
    trigger_id,
    playbook,
    opened_on,
    evidence,
    exit_condition,
    escalation_level,
    is_open,
    closed_on,
    closed_by
from marts.fct_playbook_triggers
where account_id = $account
order by is_open desc, closed_on desc, opened_on desc, playbook

-- name: tasks
select
    tasks.due_on,
    tasks.action,
    tasks.playbook,
    tasks.owner_role,
    tasks.status,
    tasks.days_overdue
from marts.fct_playbook_tasks as tasks
inner join marts.fct_playbook_triggers as triggers
    on tasks.trigger_id = triggers.trigger_id
where tasks.account_id = $account
    and triggers.is_open
    and not tasks.is_superseded
    and (tasks.status in ('open', 'overdue') or tasks.status is null)
order by tasks.due_on, tasks.playbook, tasks.step

-- name: events
select
    occurred_on,
    kind,
    text,
    table_name,
    row_key
from marts.fct_account_events
where account_id = $account
order by occurred_on desc, kind, text

-- name: onboarding
select
    touch_tier,
    started_on,
    judged_on,
    is_settled,
    plan_agreed,
    stakeholders_known,
    first_value,
    adoption,
    health,
    criteria_met,
    is_exit_met,
    plan_agreed_on,
    contacts_known,
    first_value_on,
    adoption_rate,
    health_score
from marts.fct_onboarding
where account_id = $account

-- name: value_reports
select
    quarter,
    is_complete_quarter,
    active_users,
    active_users_change,
    actions,
    adoption,
    objectives,
    achieved,
    improvement,
    value_amount,
    investment,
    roi,
    revenue_increased,
    costs_reduced,
    time_saved,
    headcount_avoided,
    soft_value
from marts.rpt_value_report
where account_id = $account
order by quarter desc
