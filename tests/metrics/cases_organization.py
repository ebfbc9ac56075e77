"""What the metrics of today's accounts, onboarding and the organization must equal."""

from __future__ import annotations

from .cases import INDUSTRY, MONTH, QUARTER, Case, per

TODAY = "unused_seats unused_seat_mrr upgrade_candidates upgrade_candidate_arr"
TODAY_SQL = (
    "sum(unused_seats), sum(unused_seat_mrr), count(*) filter (where is_upgrade_candidate),"
    " sum(arr) filter (where is_upgrade_candidate)"
)
SETTLED = "onboardings_settled onboarding_criteria_met"
SETTLED_SQL = "count(*) filter (where is_settled), avg(criteria_met) filter (where is_settled)"
STARTS = "marts.rpt_onboarding"
DUES = {
    "completed_30": "completed_30_due",
    "completed_90": "completed_90_due",
    "exit_met": "exits_judged",
    "training": "trainings_planned",
}
ONBOARDING_SHARES = " ".join(f"onboarding_{name}_share" for name in DUES)
ONBOARDING_COUNTS = " ".join(f"onboarding_{name}_due onboarding_{name}" for name in DUES)
ONBOARDING_COUNT_SQL = ", ".join(
    f"sum({due}), "
    + ("sum(trainings_done)" if name == "training" else f"round(sum({name}_rate * {due}))")
    for name, due in DUES.items()
)
ONBOARDING_SHARE_SQL = ", ".join(
    f"sum({name}_rate * {due}) / nullif(sum({due}), 0)" for name, due in DUES.items()
)
PLAN = "marts.rpt_org_plan"
SCENARIOS = {"p50": "", "p10": "_p10", "p90": "_p90"}
HANDOFFS = "handoffs handoffs_on_time handoffs_decided handoff_on_time_rate"
HANDOFF_SQL = (
    "sum(handoffs), sum(on_time), sum(on_time + late + missed),"
    " cast(sum(on_time) as double) / nullif(sum(on_time + late + missed), 0)"
)
ORGANIZATION = [
    Case(
        TODAY,
        MONTH,
        per(
            "date_trunc('month', customer_since)",
            TODAY_SQL,
            "marts.dim_accounts",
            "customer_since is not null",
        ),
    ),
    Case(
        TODAY,
        INDUSTRY,
        per("industry", TODAY_SQL, "marts.dim_accounts", "customer_since is not null"),
    ),
    Case(
        SETTLED, MONTH, per("date_trunc('month', started_on)", SETTLED_SQL, "marts.fct_onboarding")
    ),
    Case(
        SETTLED,
        "onboarding__touch_tier_of_onboarding",
        per("touch_tier", SETTLED_SQL, "marts.fct_onboarding"),
    ),
    Case(
        ONBOARDING_SHARES,
        QUARTER,
        f"select start_quarter, completed_30_rate, completed_90_rate, exit_met_rate, training_rate"
        f" from {STARTS} where touch_tier = 'all'",
    ),
    Case(
        f"{ONBOARDING_COUNTS} {ONBOARDING_SHARES}",
        "onboarding_quarter__touch_tier_of_start",
        per(
            "touch_tier",
            f"{ONBOARDING_COUNT_SQL}, {ONBOARDING_SHARE_SQL}",
            STARTS,
            "touch_tier <> 'all'",
        ),
    ),
    Case(
        ONBOARDING_COUNTS,
        QUARTER,
        per("start_quarter", ONBOARDING_COUNT_SQL, STARTS, "touch_tier = 'all'"),
        only=True,
    ),
    *(
        Case(
            f"planned_hires{end} planned_csms_required{end} planned_csm_cost{end}",
            MONTH,
            per(
                "month",
                "sum(hires), any_value(all_required_csms), any_value(all_cost)",
                PLAN,
                f"scenario = '{scenario}'",
            ),
        )
        for scenario, end in SCENARIOS.items()
    ),
    *(
        Case(
            f"planned_hires{end} planned_csms_required{end} planned_csm_cost{end}",
            "plan__plan_tier",
            per(
                "investment_tier",
                "sum(hires), max_by(required_csms, month), max_by(cost, month)",
                PLAN,
                f"scenario = '{scenario}'",
            ),
        )
        for scenario, end in SCENARIOS.items()
    ),
    Case(HANDOFFS, MONTH, per("month", HANDOFF_SQL, "marts.rpt_handoffs")),
    Case(
        HANDOFFS,
        "calendar_month__is_complete_month",
        per("is_complete_month", HANDOFF_SQL, "marts.rpt_handoffs"),
    ),
]
