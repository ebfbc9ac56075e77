"""What the metrics of answers must equal."""

from __future__ import annotations

from .cases import INDUSTRY, MONTH, QUARTER, REGION, Case, per

ANSWERS = "marts.fct_survey_answers"
SURVEYS = ("nps", "csat", "ces")


def surveys(columns: str, keys: str, where: str) -> str:
    """Columns of rpt_satisfaction, those of each survey side by side."""
    parts = []
    for survey in SURVEYS:
        for column in columns.split():
            value = f"max({column}) filter (where survey_type = '{survey}')"
            parts.append(f"coalesce({value}, 0)" if column == "responses" else value)
    return per(keys, ", ".join(parts), "marts.rpt_satisfaction", where)


OF_A_PERIOD = "nps_answers nps csat_answers csat ces_answers ces"
OF_A_YEAR = (
    "nps_answers_12_months nps_12_months csat_answers_12_months csat_12_months"
    " ces_answers_12_months ces_12_months"
)
BY_TIER = "response__touch_tier_at_answer"
SUMS = (
    "nps_points nps_answers_by_month csat_points csat_answers_by_month ces_points"
    " ces_answers_by_month"
)
SUM_SQL = ", ".join(
    f"sum(score_points) filter (where survey_type = '{survey}'),"
    f" count(*) filter (where survey_type = '{survey}')"
    for survey in SURVEYS
)
ANSWERS_OF_ACCOUNTS = f"{ANSWERS} join marts.dim_accounts using (account_id)"

SATISFACTION = [
    Case(
        OF_A_PERIOD,
        MONTH,
        surveys("responses score", "period", "period_grain = 'month' and touch_tier = 'all'"),
    ),
    Case(
        OF_A_PERIOD,
        QUARTER,
        surveys("responses score", "period", "period_grain = 'quarter' and touch_tier = 'all'"),
    ),
    Case(
        OF_A_PERIOD,
        f"{MONTH} {BY_TIER}",
        surveys(
            "responses score",
            "period; touch_tier",
            "period_grain = 'month' and touch_tier <> 'all'",
        ),
    ),
    Case(
        OF_A_YEAR,
        MONTH,
        surveys(
            "responses score", "period", "period_grain = 'trailing_12m' and touch_tier = 'all'"
        ),
        only=True,
    ),
    Case(
        OF_A_YEAR,
        f"{MONTH} {BY_TIER}",
        surveys(
            "responses score",
            "period; touch_tier",
            "period_grain = 'trailing_12m' and touch_tier <> 'all'",
        ),
        only=True,
    ),
    Case(
        "csat_mean",
        MONTH,
        per(
            "period",
            "max(mean_score)",
            "marts.rpt_satisfaction",
            "period_grain = 'month' and touch_tier = 'all' and survey_type = 'csat'",
        ),
    ),
    Case(
        "csat_mean",
        REGION,
        per("region", "avg(score) filter (where survey_type = 'csat')", ANSWERS_OF_ACCOUNTS),
    ),
    *(
        Case(
            f"{survey}_points_12_months",
            by,
            f"select {keys}, score * responses from marts.rpt_satisfaction"
            f" where survey_type = '{survey}' and period_grain = 'trailing_12m' and {tier}",
            only=True,
        )
        for survey in SURVEYS
        for by, keys, tier in (
            (MONTH, "period", "touch_tier = 'all'"),
            (f"{MONTH} {BY_TIER}", "period, touch_tier", "touch_tier <> 'all'"),
        )
    ),
    Case(SUMS, MONTH, per("date_trunc('month', answered_on)", SUM_SQL, ANSWERS)),
    Case(SUMS, INDUSTRY, per("industry", SUM_SQL, ANSWERS_OF_ACCOUNTS)),
]
