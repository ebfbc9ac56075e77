"""Figures of value and onboarding, derived again from the demo's extracts in plain Python."""

import csv
from collections.abc import Callable
from datetime import date, timedelta

import duckdb
import pytest
from reference.warehouse import DEMO

MONTH_ENDS = (date(2024, 3, 31), date(2025, 6, 30), date(2026, 6, 30))


def rows(table: str) -> list[dict[str, str]]:
    """The rows of one of the demo's extracts, as text."""
    with (DEMO / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str) -> date | None:
    """The day of a date or a time, or None for an empty cell."""
    return date.fromisoformat(text[:10]) if text else None


def by(text: str, last: date) -> bool:
    """Whether the cell has a day, and the last one has not passed on it."""
    return bool(text) and day(text) <= last


def after_year_before(text: str, last: date) -> bool:
    """Whether the cell's day lies in the twelve months that end with the month of the last day."""
    begin = (last + timedelta(days=1)).replace(year=(last + timedelta(days=1)).year - 1)
    return bool(text) and begin <= day(text) <= last


def reference_customers(customers: set[str], last: date) -> float:
    latest: dict[str, tuple[str, str]] = {}
    for row in rows("crm_icp_assessments"):
        if by(row["assessed_on"], last) and row["advocates_publicly"]:
            stated = (row["assessed_on"], row["advocates_publicly"])
            latest[row["account_id"]] = max(stated, latest.get(row["account_id"], ("", "")))
    return sum(latest.get(key, ("", ""))[1] == "true" for key in customers) / len(customers)


def success_plan_coverage(customers: set[str], last: date) -> float:
    objectives = rows("crm_success_objectives")
    planned = {row["account_id"] for row in objectives if by(row["created_on"], last)}
    return len(planned & customers) / len(customers)


def outcome_achievement(customers: set[str], last: date) -> float:
    due = [
        row
        for row in rows("crm_success_objectives")
        if row["account_id"] in customers
        and by(row["created_on"], last)
        and after_year_before(row["due_on"], last)
    ]
    return sum(by(row["achieved_on"], last) for row in due) / len(due)


def validated_roi_share(customers: set[str], last: date) -> float:
    confirmed = {
        row["account_id"]
        for row in rows("crm_success_objectives")
        if by(row["achieved_on"], last)
        and row["value_amount"]
        and row["is_customer_validated"] == "true"
    }
    return len(confirmed & customers) / len(customers)


@pytest.mark.parametrize("last", MONTH_ENDS)
@pytest.mark.parametrize(
    "figure",
    [reference_customers, success_plan_coverage, outcome_achievement, validated_roi_share],
)
def test_figures_of_value_follow_from_the_extracts(
    marts: duckdb.DuckDBPyConnection, figure: Callable[[set[str], date], float], last: date
):
    paying = "select account_id from marts.fct_mrr_monthly where month = ? and closing_mrr > 0"
    customers = {key for (key,) in marts.execute(paying, [last.replace(day=1)]).fetchall()}
    published = "select value from intermediate.int_figures where measured_on = ? and figure = ?"
    published += " and touch_tier = 'all'"
    (value,) = marts.execute(published, [last, figure.__name__]).fetchone()
    assert value == pytest.approx(figure(customers, last), abs=1e-9)


def test_the_scorecard_agrees_with_the_marts_of_the_same_subject(marts):
    """Time to value and utilization are those of their own marts, on as_of_date."""
    scorecard = dict(
        marts.execute("select figure, value from marts.rpt_executive_scorecard").fetchall()
    )
    (median_days,) = marts.execute(
        "select median_days from marts.rpt_time_to_value"
        " where cohort_quarter is null and touch_tier = 'all' and milestone = 'first_outcome'"
    ).fetchone()
    (utilization,) = marts.execute("select avg(utilization) from marts.rpt_csm_books").fetchone()
    (cost, arr) = marts.execute(
        "select sum(cost_to_serve), sum(arr) from marts.rpt_segment_performance"
        " where tier_scheme = 'touch_tier'"
    ).fetchone()
    assert scorecard["time_to_value"] == median_days
    assert scorecard["csm_utilization"] == pytest.approx(utilization, abs=1e-9)
    assert scorecard["cost_to_serve"] == pytest.approx(float(cost / arr), abs=1e-9)
