"""The value report of each account and quarter: use, outcomes and what they are worth."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .lines import ZERO, add_months, month_of
from .practice_base import Practice, Rows, quarter_of, setting
from .raw import Row
from .rules import read_policy
from .usage import days_in

MONTHS_PER_YEAR = 12
QUARTER = 3
CATEGORIES = (
    "revenue_increased",
    "costs_reduced",
    "time_saved",
    "headcount_avoided",
    "soft_value",
)
UNLISTED = "soft_value"
PLACES = 9


@dataclass(frozen=True)
class Period:
    """A quarter up to the day on which it is reported."""

    quarter: date
    reported_on: date
    is_running: bool

    @property
    def days(self) -> int:
        """Days of the quarter up to the report."""
        return (self.reported_on - self.quarter).days + 1


def improvement(row: Row) -> float | None:
    """The size of the change as a share of the baseline; away from the target it is negative."""
    baseline, target, current = (row[f"{name}_value"] for name in ("baseline", "target", "current"))
    if baseline is None or target is None or current is None or baseline == 0:
        return None
    size = abs(current - baseline) / abs(baseline)
    is_away = (current - baseline) * (target - baseline) < 0
    return -size if is_away else size


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last day."""
    first = add_months(month_of(day), -months)
    last = add_months(first, 1) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)


class ValueReports:
    """The reports of a company."""

    def __init__(self, practice: Practice) -> None:
        """By the categories and the months for which a value counts."""
        self.practice, self.known, self.as_of = practice, practice.known, practice.as_of
        self.use = practice.use
        self.months_in_force = int(setting("lifecycle_settings", "value_in_force_months"))
        self.categories = {
            row["metric_name"]: row["value_category"] for row in read_policy("value_categories")
        }
        self.adoption = practice.rows(
            "fct_health_metrics", ("snapshot_date", "account_id", "metric"), ("value",)
        )

    def period(self, quarter: date) -> Period:
        """A quarter of the history."""
        end = add_months(quarter, QUARTER) - timedelta(days=1)
        return Period(quarter, min(end, self.as_of), end > self.as_of)

    # --- use ------------------------------------------------------------------------------

    def _users(self, account_id: str, period: Period) -> int | None:
        if not self._is_fed("users", account_id, period.reported_on):
            return None
        masks = self.use.usage.users.get(account_id, {}).values()
        return sum(bool(days_in(bits, period.reported_on, period.days)) for bits in masks)

    def _is_fed(self, part: str, account_id: str, day: date) -> bool:
        feed_from = self.use.feeds.get(account_id, date.max)
        return feed_from <= day and self.use.is_carried(part, day)

    def _change(self, account_id: str, period: Period, users: int | None) -> float | None:
        before = self.period(add_months(period.quarter, -QUARTER))
        feed_from = max(self.use.feeds.get(account_id, date.max), self.use.carried["users"])
        if period.is_running or users is None or feed_from > before.quarter:
            return None
        base = self._users(account_id, before)
        return users / base - 1 if base else None

    def _actions(self, account_id: str, period: Period) -> int | None:
        if not self._is_fed("features", account_id, period.reported_on):
            return None
        days = self.use.usage.days.get(account_id, {})
        return sum(
            total.feature_events
            for day, total in days.items()
            if period.quarter <= day <= period.reported_on
        )

    # --- outcomes -------------------------------------------------------------------------

    def _in_force(self, day: date | None, period: Period) -> bool:
        since = months_before(period.reported_on, self.months_in_force)
        return day is not None and since < day <= period.reported_on

    def _worth(self, rows: list[Row], period: Period) -> dict[str, Any]:
        stated = [row for row in rows if row["value_amount"] is not None]
        parts: dict[str, Decimal] = defaultdict(lambda: ZERO)
        due_in_force = 0
        for row in stated:
            is_achieved = self._in_force(row["achieved_on"], period)
            category = self.categories.get((row["metric_name"] or "").lower(), UNLISTED)
            parts[category] += Decimal(str(row["value_amount"])) if is_achieved else ZERO
            is_due = row["due_on"] is not None and row["due_on"] <= period.reported_on
            is_open = (row["achieved_on"] or date.max) > period.reported_on
            missed = is_open and self._in_force(row["due_on"], period)
            due_in_force += is_due and (is_achieved or missed)
        return {
            **{category: parts.get(category) for category in CATEGORIES},
            "value_amount": sum(parts.values(), ZERO) if stated else None,
            "due_in_force": due_in_force,
        }

    def _outcomes(self, account_id: str, period: Period) -> dict[str, Any]:
        if self.known.first("crm_success_objectives") > period.reported_on:
            plan: dict[str, Any] = {"objectives": None, "achieved": None, "improvement": None}
            return plan | self._worth([], period)
        rows = self.known.rows("crm_success_objectives", account_id, period.reported_on)
        standing = [row for row in rows if (row["achieved_on"] or date.max) >= period.quarter]
        done = [row for row in standing if (row["achieved_on"] or date.max) <= period.reported_on]
        changes = [change for row in done if (change := improvement(row)) is not None]
        return {
            "objectives": len(standing),
            "achieved": len(done),
            "improvement": sum(changes) / len(changes) if changes else None,
        } | self._worth(rows, period)

    # --- the report -----------------------------------------------------------------------

    def report(self, account_id: str, period: Period, mrr: Decimal) -> dict[str, Any] | None:
        """A row; none where neither use nor objectives can be known."""
        users, actions = self._users(account_id, period), self._actions(account_id, period)
        key = (period.reported_on, account_id, "feature_adoption")
        adoption = self.adoption.get(key, {}).get("value")
        found = self._outcomes(account_id, period)
        if users is None and actions is None and found["objectives"] is None:
            return None
        due, value = found.pop("due_in_force"), found["value_amount"]
        investment = MONTHS_PER_YEAR * mrr
        roi = float(value - investment) / float(investment) if due and value is not None else None
        return found | {
            "reported_on": period.reported_on,
            "active_users": users,
            "active_users_change": self._change(account_id, period, users),
            "actions": actions,
            "adoption": adoption,
            "investment": investment,
            "roi": roi,
        }


def value_reports(practice: Practice) -> Rows:
    """Every row of rpt_value_report, by account_id and quarter."""
    own = ValueReports(practice)
    found: Rows = {}
    for (account_id, month), mrr in practice.mrr.items():
        period = own.period(quarter_of(month))
        if month == month_of(period.reported_on):
            row = own.report(account_id, period, mrr)
            if row is not None:
                found[account_id, period.quarter] = row
    return found
