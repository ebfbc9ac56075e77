"""Which rows are behind a figure of the scorecard: a mart and its filters."""

from datetime import date

import pandas as pd

Link = tuple[str, dict[str, object]]

# A mart and the filters that are the same on every day, by figure.
PLAIN: dict[str, tuple[str, dict[str, object]]] = {
    "arr": ("dim_accounts", {"mrr__from": 0.01}),
    "customers": ("dim_accounts", {"mrr__from": 0.01}),
    "committed_mrr": ("dim_accounts", {"committed_mrr__from": 0.01}),
    "forecast_accuracy": ("rpt_renewal_forecast", {}),
    "win_rate": ("fct_opportunities", {"is_open": False}),
    "mean_health": ("dim_accounts", {"health_score__from": 0}),
    "share_healthy": ("dim_accounts", {"health_status": "healthy"}),
    "share_stable": ("dim_accounts", {"health_status": "stable"}),
    "share_at_risk": ("dim_accounts", {"health_status": "at_risk"}),
    "share_critical": ("dim_accounts", {"health_status": "critical"}),
    "share_emergency": ("dim_accounts", {"health_status": "emergency"}),
    "health_coverage": ("dim_accounts", {"mrr__from": 0.01}),
    "mean_evidence": ("dim_accounts", {"mrr__from": 0.01}),
    "health_auc": ("rpt_health_validation", {"is_active_scheme": True}),
    "expansion_pipeline": ("fct_opportunities", {"is_open": True}),
    "expansion_expected": ("fct_opportunities", {"is_open": True}),
    "adoption_at_90_days": ("fct_health_metrics", {"metric": "feature_adoption"}),
    "reference_customers": ("dim_accounts", {"mrr__from": 0.01}),
    "success_plan_coverage": ("rpt_value_realization", {"has_success_plan": True}),
    "outcome_achievement": ("fct_success_objectives", {}),
    "validated_roi_share": ("fct_success_objectives", {"is_validated": True}),
    "unused_licences": ("dim_accounts", {"unused_seats__from": 0.01}),
    "unused_seats": ("dim_accounts", {"unused_seats__from": 0.01}),
    "unused_seat_mrr": ("dim_accounts", {"unused_seats__from": 0.01}),
    "time_to_value": ("rpt_time_to_value", {}),
    "onboarding_completion": ("rpt_time_to_value", {"milestone": "onboarding_completed"}),
    "csm_utilization": ("rpt_csm_books", {"is_active": True}),
    "cost_to_serve": ("rpt_segment_performance", {"tier_scheme": "touch_tier"}),
    "data_freshness_hours": ("dq_reconciliation", {"is_present": True}),
}
# A mart, the column of its date and further filters, for the time that a value covers.
COVERED: dict[str, tuple[str, str, dict[str, object]]] = {
    "net_new_arr": ("fct_mrr_movements", "month", {}),
    "logos_won": ("fct_mrr_movements", "month", {"movement_type": "new"}),
    "logos_lost": ("fct_churn_events", "churned_month", {}),
    "renewal_rate": ("fct_renewals", "renewal_on", {}),
    "early_renewal_rate": ("fct_renewals", "renewal_on", {"outcome": "renewed"}),
    "nps": ("fct_survey_answers", "answered_on", {"survey_type": "nps"}),
    "csat_mean": ("fct_survey_answers", "answered_on", {"survey_type": "csat"}),
    "csat_percent": ("fct_survey_answers", "answered_on", {"survey_type": "csat"}),
    "ces": ("fct_survey_answers", "answered_on", {"survey_type": "ces"}),
    "playbook_compliance": ("fct_playbook_tasks", "due_on", {}),
    "steps_skipped": ("fct_playbook_tasks", "due_on", {"status": "skipped"}),
    "qbr_completion": ("fct_activities", "completed_on", {"activity_type": "qbr"}),
    "ebr_completion": ("fct_activities", "completed_on", {"activity_type": "ebr"}),
    "value_reviews_held": ("fct_activities", "completed_on", {"activity_type": "qbr"}),
}
MONTHS = {"trailing_1m": 1, "trailing_3m": 3, "trailing_12m": 12}
RENEWALS: dict[str, dict[str, object]] = {
    "renewals_due": {},
    "renewals_due_arr": {},
    "renewal_forecast": {},
    "renewal_forecast_share": {},
    "renewals_secured_arr": {"secured_arr__from": 0.01},
    "renewals_lost_arr": {"lost_arr__from": 0.01},
    "renewals_open_arr": {"open_arr__from": 0.01},
    "renewals_at_risk_arr": {"is_at_risk": True},
    "renewals_at_risk_accounts": {"is_at_risk": True},
}
BASES: dict[str, dict[str, object]] = {
    "nrr": {},
    "grr": {},
    "logo_retention": {},
    "expansion_rate": {},
    "expansion_revenue_rate": {},
    "contraction_rate": {},
    "nrr_strategic": {"investment_tier_at_start": "strategic"},
    "nrr_enterprise": {"investment_tier_at_start": "enterprise"},
    "nrr_mid_market": {"investment_tier_at_start": "mid_market"},
    "nrr_smb": {"investment_tier_at_start": "smb"},
}
# The column that holds the touch tier, where a mart has one.
TIER_COLUMN = {
    "dim_accounts": "touch_tier",
    "fct_churn_events": "touch_tier",
    "fct_renewals": "touch_tier",
    "fct_retention_bases": "touch_tier_at_start",
    "fct_survey_answers": "touch_tier",
    "rpt_health_mix": "segment",
    "rpt_health_validation": "touch_tier",
    "rpt_renewal_forecast": "touch_tier",
    "rpt_time_to_value": "touch_tier",
    "rpt_value_realization": "touch_tier",
}
# Marts that have a row for all tiers together.
WITH_ALL = {"rpt_health_mix", "rpt_health_validation", "rpt_renewal_forecast"}


def of_quarter(day: date) -> dict[str, object]:
    """The bounds of the quarter of a day, for renewals."""
    first = pd.Timestamp(day).to_period("Q")
    return {"renewal_on__from": first.start_time.date(), "renewal_on__to": first.end_time.date()}


def of_figure(figure: str, tier: str, period: date, period_grain: str) -> Link | None:
    """The mart and the filters of the rows behind a figure, None for a figure of your own.

    `period` is the last day that the value covers, and `period_grain` how long that time is.
    """
    found = _of_company(figure, tier, period, period_grain)
    if found is None:
        return None
    table, filters = found
    if table in TIER_COLUMN and (tier != "all" or table in WITH_ALL):
        filters = {**filters, TIER_COLUMN[table]: tier}
    return table, filters


def _of_company(figure: str, tier: str, period: date, period_grain: str) -> Link | None:
    day = pd.Timestamp(period)
    month = day.to_period("M")
    if figure in PLAIN:
        return PLAIN[figure]
    if figure in RENEWALS:
        return "fct_renewals", {**of_quarter(period), **RENEWALS[figure]}
    if figure in BASES:
        at = {"window_months": 12, "month": month.start_time.date()}
        return "fct_retention_bases", {**at, **BASES[figure]}
    if figure in ("below_stable_accounts", "below_stable_arr"):
        segment_type = "all" if tier == "all" else "touch_tier"
        return "rpt_health_mix", {"snapshot_date": day.date(), "segment_type": segment_type}
    if figure == "feature_adoption":
        return "fct_health_metrics", {"metric": figure, "snapshot_date": day.date()}
    if figure in COVERED:
        table, column, further = COVERED[figure]
        begin = day + pd.Timedelta(days=1) - pd.DateOffset(months=MONTHS[period_grain])
        return table, {f"{column}__from": begin.date(), f"{column}__to": day.date(), **further}
    return None
