"""The figures by which each role is measured, from the marts that hold them and from raw rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .organization import MONTHS, NO_OWNER, Organization, add_months, number
from .organization_pay import month_end
from .organization_stage import in_the_year
from .raw import Row
from .rules import read_policy

STABLE = ("healthy", "stable")
KNOWN_OUTCOMES = ("done", "late", "skipped", "overdue")
# Figures of the scorecard that no other mart holds.
SCORECARD_ONLY = {"qbr_completion"}
Figures = dict[str, Any]


def months_before(day: date, months: int) -> date:
    """The same day so many months before, or the last of a shorter month."""
    first = add_months(day.replace(day=1), -months)
    return first.replace(day=min(day.day, month_end(first).day))


def _mean(values: Iterable[Any]) -> Fraction:
    numbers = [Fraction(value) for value in values]
    return sum(numbers, Fraction(0)) / len(numbers)


def _setting(name: str, setting: str) -> int:
    return next(int(row["value"]) for row in read_policy(name) if row["setting"] == setting)


class RoleFigures:
    """Today's values of a company, by figure."""

    def __init__(self, company: Organization) -> None:
        """Of the twelve months to the last complete one, or to as_of_date."""
        self.company, self.end = company, company.as_of
        self.last = company.complete_months[-1]
        self.retention = [
            row
            for row in company.mart("fct_retention")
            if row["window_months"] == MONTHS and row["month"] == self.last
        ]
        self.tasks = [
            row
            for row in company.mart("fct_playbook_tasks")
            if months_before(self.end, 1) < row["due_on"] <= self.end
        ]
        self.paying = [company.accounts[account_id] for account_id in company.paid]

    # --- figures of other marts -------------------------------------------------------------

    def from_retention(self) -> Figures:
        """Rates of the company, of its weakest segment and of all books."""
        (whole,) = (row for row in self.retention if row["segment_type"] == "all")
        bases = [
            row
            for row in self.company.mart("fct_retention_bases")
            if row["window_months"] == MONTHS and row["month"] == self.last
        ]
        books = [
            row
            for row in self.retention
            if row["segment_type"] == "csm" and row["segment"] != NO_OWNER
        ]
        return {
            "nrr": whole["nrr"],
            "grr": whole["grr"],
            "logo_retention": whole["logo_retention"],
            "revenue_churn": Fraction(whole["churn_mrr"]) / Fraction(whole["starting_mrr"]),
            "expansion_rate": _mean(row["ending_mrr"] > row["starting_mrr"] for row in bases),
            "segment_nrr": self.weakest_segment()["nrr"],
            "book_nrr": Fraction(sum(row["ending_mrr"] for row in books))
            / Fraction(sum(row["starting_mrr"] for row in books)),
        }

    def weakest_segment(self) -> Row:
        """The investment tier whose NRR is furthest below its target."""
        tiers = [row for row in self.retention if row["segment_type"] == "investment_tier"]
        return min(tiers, key=lambda row: row["nrr"] - row["nrr_target"])

    def from_renewals(self) -> Figures:
        """Renewed of the contracts decided in the year, and how well the quarter was forecast."""
        grace = timedelta(days=_setting("forecast_settings", "grace_days"))
        decided = [
            row
            for row in self.company.mart("fct_renewals")
            if row["outcome"] in ("renewed", "lost")
            and in_the_year(row["renewal_on"] + grace, self.end)
        ]
        renewed = [row for row in decided if row["outcome"] == "renewed"]
        quarters = [
            row
            for row in self.company.mart("rpt_renewal_forecast")
            if row["touch_tier"] == "all"
            and add_months(row["quarter"], 3) - timedelta(days=1) + grace <= self.end
        ]
        latest = max(quarters, key=lambda row: row["quarter"])
        return {
            "renewal_rate": Fraction(len(renewed), len(decided)),
            "early_renewal_rate": _mean(bool(row["is_early"]) for row in renewed),
            "forecast_accuracy": 1 - abs(latest["accuracy"] - 1),
        }

    def from_health(self) -> Figures:
        """Mean and distribution of health, adoption, and how well health ranks the losses."""
        horizon = _setting("health_settings", "validation_horizon_days")
        (validation,) = (
            row
            for row in self.company.mart("rpt_health_validation")
            if row["scheme"] == self.company.health_scheme
            and row["touch_tier"] == "all"
            and row["horizon_days"] == horizon
        )
        adoption = self.company.rows(
            "marts.fct_health_metrics where metric = 'feature_adoption'"
            f" and snapshot_date = date '{self.end}' and value is not null"
        )
        return {
            "mean_health": _mean(
                row["health_score"]
                for row in self.paying
                if row["health_score"] is not None and not row["is_low_confidence"]
            ),
            "health_distribution": _mean(row["health_status"] in STABLE for row in self.paying),
            "feature_adoption": _mean(row["value"] for row in adoption),
            "health_auc": validation["auc"],
        }

    def from_customers(self) -> Figures:
        """What customers cost and say, and how soon they have a first outcome."""
        cost = sum(
            Fraction(row["cost_to_serve_12m"])
            for row in self.paying
            if row["cost_to_serve_12m"] is not None
        )
        (nps,) = (
            row["score"]
            for row in self.company.mart("rpt_satisfaction")
            if (row["period_grain"], row["period"]) == ("trailing_12m", self.last)
            and (row["touch_tier"], row["survey_type"]) == ("all", "nps")
        )
        (days,) = (
            row["median_days"]
            for row in self.company.mart("rpt_time_to_value")
            if (row["touch_tier"], row["milestone"]) == ("all", "first_outcome")
            and row["cohort_quarter"] is None
        )
        return {
            "nps": nps,
            "time_to_value": days,
            "cost_to_serve": cost / sum(self.company.arr(key) for key in self.company.paid),
        }

    # --- work -------------------------------------------------------------------------------

    def from_tasks(self) -> Figures:
        """Steps that fell due in the month to the day."""
        known = [row for row in self.tasks if row["status"] in KNOWN_OUTCOMES]
        return {
            "automation_efficiency": _mean(row["owner_role"] == "automation" for row in self.tasks),
            "playbook_compliance": _mean(row["status"] == "done" for row in known),
        }

    def from_touches(self) -> Figures:
        """Customers of tiers that expect touches, and those whose touch is not overdue."""
        expected = [row for row in self.paying if row["is_touch_overdue"] is not None]
        return {"touchpoints": _mean(not row["is_touch_overdue"] for row in expected)}

    def from_starts(self) -> Figures:
        """New customers: first action, first success plan and first answers."""
        settings = {row["setting"]: row["value"] for row in read_policy("lifecycle_settings")}
        action_days = timedelta(days=int(settings["activation_days"]))
        new_days = timedelta(days=int(settings["onboarding_max_days"]))
        actions: dict[str, date] = defaultdict(lambda: date.max)
        for row in self.company.raw["product_milestones"]:
            if row["milestone"] == "first_action":
                key = row["account_id"]
                actions[key] = min(actions[key], row["achieved_at"].date())
        activated = [
            actions[row["account_id"]] <= row["started_on"] + action_days
            for row in self.company.mart("fct_onboarding")
            if in_the_year(row["started_on"] + action_days, self.end)
        ]
        since = {
            account_id: row["customer_since"]
            for account_id, row in self.company.accounts.items()
            if row["customer_since"]
        }
        answers = [
            row["score_points"]
            for row in self.company.mart("fct_survey_answers")
            if row["survey_type"] == "nps"
            and in_the_year(row["answered_on"], self.end)
            and row["account_id"] in since
            and timedelta(0) <= row["answered_on"] - since[row["account_id"]] <= new_days
        ]
        planned: dict[str, date] = defaultdict(lambda: date.max)
        for row in self.company.raw["crm_success_objectives"]:
            key = row["account_id"]
            planned[key] = min(planned[key], row["created_on"] or date.max)
        return {
            "activation_rate": _mean(activated),
            "onboarding_nps": _mean(answers),
            "success_plans_created": sum(self._is_recent(planned[key]) for key in since),
        }

    def _is_recent(self, day: date) -> bool:
        """Whether a day is in the three months to as_of_date."""
        return months_before(self.end, 3) < day <= self.end

    # --- targets ----------------------------------------------------------------------------

    def values(self) -> Figures:
        """All figures."""
        return (
            self.from_retention()
            | self.from_renewals()
            | self.from_health()
            | self.from_customers()
            | self.from_tasks()
            | self.from_touches()
            | self.from_starts()
        )

    def targets_of_data(self) -> Figures:
        """Targets that the data gives."""
        bounds = {
            row["touch_tier"]: number(row["cost_to_serve_high"])
            for row in read_policy("coverage_targets")
        }
        arr = {row["account_id"]: self.company.arr(row["account_id"]) for row in self.paying}
        allowed = sum(
            arr[row["account_id"]] * (bounds[row["touch_tier"]] or 0) for row in self.paying
        )
        return {
            "cost_to_serve": allowed / sum(arr.values()),
            "segment_nrr": self.weakest_segment()["nrr_target"],
            "success_plans_created": sum(
                self._is_recent(row["customer_since"])
                for row in self.company.accounts.values()
                if row["customer_since"]
            ),
        }


def verdict(value: Any, target: Any, better: str) -> str:
    """At the target or above it, and below it where lower is better."""
    if value is None:
        return "no_data"
    if target is None:
        return "no_target"
    rounded = round(float(value), 9)
    reached = rounded < target if better == "lower" else rounded >= target
    return "met" if reached else "missed"


def roles(company: Organization) -> dict[tuple[str, str], Figures]:
    """What rpt_metrics_by_role must say, by role and figure."""
    figures = RoleFigures(company)
    values, given = figures.values(), figures.targets_of_data()
    scorecard = {row["figure"]: row for row in company.mart("rpt_executive_scorecard")}
    values |= {name: scorecard[name]["value"] for name in SCORECARD_ONLY}
    found = {}
    for row in read_policy("role_metrics"):
        name = row["scorecard_figure"] or row["figure"]
        shown = scorecard.get(row["scorecard_figure"], {})
        stated = number(row["target"])
        target = next(
            (
                one
                for one in (stated, given.get(row["figure"]), shown.get("good"))
                if one is not None
            ),
            None,
        )
        better = row["direction"] or shown.get("better")
        found[row["role"], row["figure"]] = {
            "label": row["label"],
            "section": row["section"] or None,
            "importance": row["importance"] or None,
            "owner_role": row["owner_role"],
            "scorecard_figure": row["scorecard_figure"] or None,
            "value": values[name],
            "target": target,
            "better": better,
            "verdict": verdict(values[name], None if target is None else float(target), better),
        }
    return found
