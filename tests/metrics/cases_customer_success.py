"""What the metrics of health, forecast and practice must equal."""

from __future__ import annotations

from .cases import COMPLETE, INDUSTRY, MONTH, QUARTER, REGION, Case, figures, per

# --- health -----------------------------------------------------------------------------------

SHARES = "share_healthy share_stable share_at_risk share_critical share_emergency"
ON_SCORECARD = f"mean_health at_risk_accounts at_risk_arr {SHARES}"
SCORECARD_FIGURES = f"mean_health below_stable_accounts below_stable_arr {SHARES}"
COUNTS = (
    "accounts_measured health_arr scored_accounts at_risk_accounts at_risk_arr"
    " healthy_status_accounts stable_status_accounts at_risk_status_accounts"
    " critical_status_accounts emergency_status_accounts at_risk_arr_share"
)
AT_RISK = "health_status in ('at_risk', 'critical', 'emergency')"
COUNT_SQL = (
    "sum(accounts), sum(arr), sum(accounts) filter (where health_status <> 'unscored'),"
    f" sum(accounts) filter (where {AT_RISK}), sum(arr) filter (where {AT_RISK}),"
    " sum(accounts) filter (where health_status = 'healthy'),"
    " sum(accounts) filter (where health_status = 'stable'),"
    " sum(accounts) filter (where health_status = 'at_risk'),"
    " sum(accounts) filter (where health_status = 'critical'),"
    " sum(accounts) filter (where health_status = 'emergency'),"
    f" cast(sum(arr) filter (where {AT_RISK}) as double) / sum(arr)"
)
MIX = "marts.rpt_health_mix"
SCORES = (
    "(select * from marts.fct_health_scores join marts.dim_accounts using (account_id)"
    " where is_active_scheme)"
)
EVIDENCED = "not fct_health_scores.is_low_confidence"
MEANS = "total_health total_health_by_arr scored_arr mean_health mean_health_by_arr"
TICKETS = "tickets escalated_tickets first_response_hours resolution_hours ticket_cost"
TICKET_SQL = (
    "count(*), count(*) filter (where is_escalated), avg(first_response_hours),"
    " avg(resolution_hours), sum(handling_cost)"
)


def means(by: str, where: str) -> str:
    """Health of the scored accounts from the scores themselves, each with its ARR."""
    return (
        f"select {by}, sum(score), sum(score * arr), sum(cast(arr as decimal(18, 2))),"
        " sum(score) / count(score), sum(score * arr) / sum(arr)"
        " from (select last_day(snapshot_date) = snapshot_date as is_month_end,"
        " cast(date_trunc('month', snapshot_date) as date) as month,"
        " snapshot_date, industry, scores.health_score as score, 12.0 * ledger.closing_mrr as arr"
        " from marts.fct_health_scores as scores"
        " join marts.fct_mrr_monthly as ledger on scores.account_id = ledger.account_id"
        " and date_trunc('month', scores.snapshot_date) = ledger.month"
        " join marts.dim_accounts as accounts on scores.account_id = accounts.account_id"
        f" where is_active_scheme and not scores.is_low_confidence) where {where} group by all"
    )


ON_LAST_DATE = "snapshot_date = (select max(snapshot_date) from marts.fct_health_scores)"
HEALTH = [
    Case(
        ON_SCORECARD,
        MONTH,
        figures(
            SCORECARD_FIGURES,
            "month",
            "touch_tier = 'all' and month in (select month from marts.rpt_scorecard_history"
            " where figure = 'mean_health' and touch_tier = 'all')",
        ),
        COMPLETE,
        only=True,
    ),
    Case(
        "mean_health",
        f"{MONTH} health_score__touch_tier_at_score",
        figures("mean_health", "month; touch_tier", "touch_tier <> 'all'"),
        COMPLETE,
        only=True,
    ),
    Case(
        COUNTS,
        MONTH,
        per(
            "date_trunc('month', snapshot_date)",
            COUNT_SQL,
            MIX,
            "segment_type = 'all' and snapshot_date in (select max(snapshot_date)"
            f" from {MIX} group by date_trunc('month', snapshot_date))",
        ),
    ),
    Case(
        f"{COUNTS} {SHARES}",
        "health_score__touch_tier_at_score",
        per(
            "segment",
            f"{COUNT_SQL}, "
            + ", ".join(
                f"cast(sum(accounts) filter (where health_status = '{share[6:]}') as double)"
                " / sum(accounts)"
                for share in SHARES.split()
            ),
            MIX,
            f"segment_type = 'touch_tier' and {ON_LAST_DATE}",
        ),
    ),
    Case(
        COUNTS,
        INDUSTRY,
        per(
            "nullif(segment, '(none)')",
            COUNT_SQL,
            MIX,
            f"segment_type = 'industry' and {ON_LAST_DATE}",
        ),
    ),
    Case(MEANS, MONTH, means("month", "is_month_end"), COMPLETE),
    Case(MEANS, INDUSTRY, means("industry", ON_LAST_DATE)),
    Case(
        TICKETS,
        MONTH,
        per("date_trunc('month', created_at)", TICKET_SQL, "marts.fct_tickets"),
    ),
    Case(TICKETS, "ticket__ticket_priority", per("priority", TICKET_SQL, "marts.fct_tickets")),
    Case(
        TICKETS,
        f"{MONTH} {REGION}",
        per(
            "date_trunc('month', created_at); region",
            TICKET_SQL,
            "marts.fct_tickets join marts.dim_accounts using (account_id)",
        ),
    ),
]

# --- forecast ---------------------------------------------------------------------------------

RENEWALS = (
    "renewals_due renewals_due_arr expected_renewal_arr expected_renewal_arr_by_policy"
    " renewals_secured_arr renewals_lost_arr renewals_open_arr expected_open_renewal_arr"
    " renewals_at_risk_arr renewal_outlook_arr renewal_forecast_share"
)
RENEWAL_SQL = (
    "renewals, arr_up, forecast_calibrated, forecast_policy, secured_arr, lost_arr, open_arr,"
    " expected_open_arr, at_risk_arr, outlook_arr, forecast_share"
)
RENEWAL_FACT_SQL = (
    "count(*), sum(arr_up), sum(expected_arr), sum(expected_arr_policy), sum(secured_arr),"
    " sum(lost_arr), sum(open_arr), sum(expected_open_arr),"
    " coalesce(sum(open_arr) filter (where is_at_risk), 0),"
    " sum(secured_arr) + sum(expected_open_arr),"
    " cast(sum(expected_arr) as double) / cast(nullif(sum(arr_up), 0) as double)"
)
DECIDED = "decided_renewals renewed_renewals renewed_arr renewal_rate"
DECIDED_SQL = (
    "count(*) filter (where outcome in ('renewed', 'lost')),"
    " count(*) filter (where outcome = 'renewed'), sum(renewed_arr),"
    " cast(count(*) filter (where outcome = 'renewed') as double)"
    " / nullif(count(*) filter (where outcome in ('renewed', 'lost')), 0)"
)
RENEWAL_MONTH = "date_trunc('month', renewal_on)"
PIPELINE = "marts.rpt_expansion_forecast"
OPPORTUNITIES = "marts.fct_opportunities"
CLOSED = "expansion_won won_opportunities closed_opportunities expansion_win_rate"
CLOSED_SQL = (
    "coalesce(sum(amount) filter (where stage = 'closed_won'), 0),"
    " count(*) filter (where stage = 'closed_won'), count(*) filter (where not is_open),"
    " cast(count(*) filter (where stage = 'closed_won') as double)"
    " / nullif(count(*) filter (where not is_open), 0)"
)
EXPANSION = "opportunity_type not in ('new', 'renewal')"
INTERVAL = "forecast_mrr_p10 forecast_mrr forecast_mrr_p90 forecast_total_mrr"

FORECAST = [
    Case(
        RENEWALS,
        QUARTER,
        f"select quarter, {RENEWAL_SQL} from marts.rpt_renewal_forecast where touch_tier = 'all'",
    ),
    Case(
        RENEWALS,
        f"{QUARTER} renewal__touch_tier_at_forecast",
        f"select quarter, touch_tier, {RENEWAL_SQL} from marts.rpt_renewal_forecast"
        " where touch_tier <> 'all'",
    ),
    Case(RENEWALS, MONTH, per(RENEWAL_MONTH, RENEWAL_FACT_SQL, "marts.fct_renewals")),
    Case(DECIDED, MONTH, per(RENEWAL_MONTH, DECIDED_SQL, "marts.fct_renewals")),
    Case(
        DECIDED,
        f"{MONTH} renewal__touch_tier_at_forecast",
        per(f"{RENEWAL_MONTH}; touch_tier", DECIDED_SQL, "marts.fct_renewals"),
    ),
    Case(
        "expansion_pipeline expansion_expected",
        QUARTER,
        per("quarter", "sum(open_amount), sum(expected_open_amount)", PIPELINE, "open_amount > 0"),
        only=True,
    ),
    Case(
        "expansion_pipeline expansion_expected",
        "opportunity__opportunity_type",
        per("opportunity_type", "sum(open_amount), sum(expected_open_amount)", PIPELINE),
        only=True,
    ),
    Case(CLOSED, QUARTER, per("quarter", CLOSED_SQL, OPPORTUNITIES, EXPANSION), only=True),
    Case(
        CLOSED,
        "opportunity__opportunity_type",
        per("opportunity_type", CLOSED_SQL, OPPORTUNITIES, EXPANSION),
        only=True,
    ),
    Case(
        INTERVAL,
        MONTH,
        "select forecast_month, p10, p50, p90, total_p50 from marts.fct_mrr_forecast"
        " where touch_tier = 'all'",
    ),
    Case(
        "tier_forecast_mrr",
        f"{MONTH} forecast__forecast_tier",
        "select forecast_month, touch_tier, p50 from marts.fct_mrr_forecast"
        " where touch_tier <> 'all'",
    ),
]

# --- practice ---------------------------------------------------------------------------------

TASKS = "tasks_due tasks_on_time tasks_late tasks_skipped tasks_overdue tasks_with_outcome"
TASK_SQL = (
    "sum(tasks), sum(on_time), sum(late), sum(skipped), sum(overdue),"
    " sum(on_time + late + skipped + overdue)"
)
COMPLIANCE = "marts.rpt_playbook_compliance"
USE = "active_users paid_seats active_users_on_seats logins feature_events seat_use"
USE_SQL = (
    "sum(active_users), sum(seats), sum(active_users) filter (where seats > 0), sum(logins),"
    " sum(feature_events),"
    " cast(sum(active_users) filter (where seats > 0) as double) / nullif(sum(seats), 0)"
)
USAGE = (
    "marts.fct_usage_monthly join"
    " (select account_id, industry, region from marts.dim_accounts) using (account_id)"
)
OBJECTIVES = "objectives_due objectives_achieved objective_value objective_achievement"
OBJECTIVE_SQL = (
    "count(*), count(achieved_on), sum(value_amount), cast(count(achieved_on) as double) / count(*)"
)
COHORTS = "marts.rpt_time_to_value"
VALUE = "cohort_customers cohort_customers_with_value first_value_share"
VALUE_SQL = "accounts, achieved, cast(achieved as double) / nullif(accounts, 0)"
FIRST = "milestone = 'first_outcome'"

PRACTICE = [
    Case(TASKS, MONTH, per("month", TASK_SQL, COMPLIANCE, "tasks > 0"), only=True),
    Case(
        TASKS,
        f"{MONTH} task__playbook",
        per("month; playbook", TASK_SQL, COMPLIANCE, "tasks > 0"),
        only=True,
    ),
    Case(
        "playbook_compliance",
        MONTH,
        figures("playbook_compliance", "month", "touch_tier = 'all' and month = date '1900-01-01'")
        + " union all "
        + per(
            "month",
            "cast(sum(on_time) as double) / sum(on_time + late + skipped + overdue)",
            COMPLIANCE,
            "basis = 'tasks'",
        ),
        only=True,
    ),
    Case(
        "playbook_compliance",
        f"{MONTH} task__playbook",
        f"select month, playbook, compliance from {COMPLIANCE} where basis = 'tasks'",
        only=True,
    ),
    Case(USE, MONTH, per("month", USE_SQL, USAGE)),
    Case(
        USE.replace("logins feature_events ", ""),
        REGION,
        per(
            "region",
            USE_SQL.replace(" sum(logins),", "").replace(" sum(feature_events),", ""),
            USAGE,
            "month = (select max(month) from marts.fct_usage_monthly)",
        ),
    ),
    Case(USE, f"{MONTH} {INDUSTRY}", per("month; industry", USE_SQL, USAGE)),
    Case(
        OBJECTIVES,
        MONTH,
        per("date_trunc('month', due_on)", OBJECTIVE_SQL, "marts.fct_success_objectives"),
    ),
    Case(
        OBJECTIVES,
        "objective__objective_status",
        per("status", OBJECTIVE_SQL, "marts.fct_success_objectives"),
    ),
    Case(
        "time_to_value",
        QUARTER,
        f"select cohort_quarter, median_days from {COHORTS}"
        f" where {FIRST} and touch_tier = 'all' and cohort_quarter is not null",
    ),
    Case(
        VALUE,
        QUARTER,
        f"select cohort_quarter, {VALUE_SQL} from {COHORTS}"
        f" where {FIRST} and touch_tier = 'all' and cohort_quarter is not null",
    ),
    Case(
        VALUE,
        "cohort_milestone__touch_tier_of_cohort",
        f"select touch_tier, {VALUE_SQL} from {COHORTS}"
        f" where {FIRST} and touch_tier <> 'all' and cohort_quarter is null",
    ),
]
