"""What the practice of customer success rests on: raw rows, and marts checked elsewhere."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import duckdb

from .known import Known
from .lines import add_months, month_of
from .movements import is_opening
from .mrr import Company
from .rules import Rules, read_policy
from .use import Use
from .warehouse import DEMO

Key = tuple[Any, ...]
Rows = dict[Key, dict[str, Any]]


def quarter_of(day: date) -> date:
    """First day of the calendar quarter."""
    return add_months(month_of(day), -((day.month - 1) % 3))


def setting(policy: str, name: str) -> str:
    """A row of a policy CSV of settings."""
    return next(row["value"] for row in read_policy(policy) if row["setting"] == name)


@dataclass(frozen=True)
class Journey:
    """A customer from its first subscription to its first churn, or to as_of."""

    account_id: str
    started_on: date
    observed_until: date
    has_left: bool
    first_month: date
    touch_tier: str


@dataclass
class Practice:
    """The demo company's rows beside the marts of tiers, health, use and churn of one build."""

    company: Company
    marts: duckdb.DuckDBPyConnection

    @classmethod
    def read(cls, marts: duckdb.DuckDBPyConnection, run_date: date) -> Practice:
        """As of the day of the build; without a rate of today's, since nothing here is converted.

        Raises AssertionError where the build has no date of its own.
        """
        found = marts.execute(
            "select as_of_date, fx_rate_on from intermediate.int_run_context"
        ).fetchone()
        assert found is not None
        return cls(Company.read(DEMO, found[0], run_date, fx_rate_on=found[1]), marts)

    @property
    def as_of(self) -> date:
        """The day of the build."""
        return self.company.as_of

    @cached_property
    def known(self) -> Known:
        """The raw rows by account, each from the day on which it was known."""
        return Known(self.company)

    @cached_property
    def use(self) -> Use:
        """What accounts do in windows of days, by the settings of health."""
        return Use(self.known, Rules.read().settings)

    def rows(self, model: str, key: tuple[str, ...], columns: tuple[str, ...]) -> Rows:
        """Columns of a mart, or of a model before the marts, by its key."""
        schema = "intermediate" if model.startswith("int_") else "marts"
        cursor = self.marts.execute(f"select {', '.join(key + columns)} from {schema}.{model}")
        return {
            row[: len(key)]: dict(zip(columns, row[len(key) :], strict=True))
            for row in cursor.fetchall()
        }

    @cached_property
    def tiers(self) -> dict[str, dict[date, str]]:
        """Touch tier of each account in each month in which it pays."""
        found: dict[str, dict[date, str]] = defaultdict(dict)
        rows = self.rows("fct_account_segments", ("account_id", "month"), ("touch_tier",))
        for (account_id, month), row in rows.items():
            found[account_id][month] = row["touch_tier"]
        return dict(found)

    @cached_property
    def mrr(self) -> dict[tuple[str, date], Decimal]:
        """MRR at each month's snapshot, of those who pay."""
        rows = self.rows("fct_mrr_monthly", ("account_id", "month"), ("closing_mrr",))
        return {
            (key[0], key[1]): row["closing_mrr"]
            for key, row in rows.items()
            if row["closing_mrr"] > 0
        }

    @cached_property
    def _left_on(self) -> dict[str, date]:
        left: dict[str, date] = {}
        rows = self.rows("fct_churn_events", ("account_id", "churned_month"), ("churned_on",))
        for (account_id, _), row in rows.items():
            left[account_id] = min(row["churned_on"], left.get(account_id, date.max))
        return left

    @cached_property
    def journeys(self) -> dict[str, Journey]:
        """Of each account that ever paid and was not there when the history began."""
        starts: dict[str, date] = {}
        for row in self.company.accepted.rows["billing_subscriptions"]:
            if row["started_on"] <= self.as_of:
                account_id = row["account_id"]
                starts[account_id] = min(row["started_on"], starts.get(account_id, date.max))
        firsts: dict[str, date] = {}
        for account_id, month in self.mrr:
            firsts[account_id] = min(month, firsts.get(account_id, date.max))
        return {
            account_id: Journey(
                account_id,
                starts[account_id],
                min(self._left_on.get(account_id, self.as_of), self.as_of),
                account_id in self._left_on,
                month,
                self.tiers.get(account_id, {}).get(month, "(none)"),
            )
            for account_id, month in firsts.items()
            if not is_opening(self.company, month)
        }


def unlike(expected: Rows, found: Rows, tolerance: float = 1e-9) -> list[str]:
    """Sentences about each row or column in which the mart is not as expected."""
    said = [f"missing {key}" for key in expected.keys() - found.keys()]
    said += [f"unexpected {key}" for key in found.keys() - expected.keys()]
    for key in expected.keys() & found.keys():
        for column, want in expected[key].items():
            have = found[key][column]
            if not _same(want, have, tolerance):
                said.append(f"{key} {column}: {have!r}, expected {want!r}")
    return sorted(said)


def _same(want: Any, have: Any, tolerance: float) -> bool:
    is_number = [
        isinstance(v, int | float | Decimal) and not isinstance(v, bool) for v in (want, have)
    ]
    if all(is_number):
        return abs(float(want) - float(have)) <= tolerance * max(1.0, abs(float(want)))
    return want == have
