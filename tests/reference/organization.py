"""Where the reference of the organization starts: raw rows, policy, marts checked elsewhere."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil
from pathlib import Path
from typing import Any

import duckdb
import yaml

from .raw import Row, accept
from .rules import read_policy

PROJECT = Path(__file__).resolve().parents[2]
DEMO = PROJECT / "seeds" / "demo"
MONTHS = 12
CSM_ROLES = ("csm", "senior_csm")
NO_OWNER = "(none)"

Number = Fraction | int


def number(text: str | None) -> Fraction | None:
    """A number of a policy CSV; empty is None."""
    return Fraction(text) if text else None


def add_months(day: date, months: int) -> date:
    """The first of the month so many months after."""
    index = day.year * MONTHS + day.month - 1 + months
    return date(index // MONTHS, index % MONTHS + 1, 1)


def range_verdict(value: Number | None, low: Number | None, high: Number | None) -> str | None:
    """Where a value lies to a range, both ends within; without a value or a range nowhere."""
    if value is None or (low is None and high is None):
        return None
    if low is not None and value < low:
        return "below_range"
    return "above" if high is not None and value > high else "within"


class Organization:
    """A built company on its as_of_date."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path = DEMO) -> None:
        """Read the raw folder and, when asked for, the marts of the connection."""
        self._connection = connection
        ((self.as_of, self.month),) = connection.execute(
            "select max(as_of_date), max(as_of_month) from intermediate.int_run_context"
        ).fetchall()
        self.accepted = accept(folder, date.today())
        self.raw = self.accepted.rows
        project = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
        self.company_stage: str = project["vars"]["company_stage"]
        self.health_scheme: str = project["vars"]["health_scheme"]

    def rows(self, table: str) -> list[Row]:
        """The rows of a table by column."""
        cursor = self._connection.execute(f"select * from {table}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def mart(self, name: str) -> list[Row]:
        """The rows of a mart by column."""
        return self.rows(f"marts.{name}")

    # --- settings ---------------------------------------------------------------------------

    @cached_property
    def settings(self) -> dict[str, Any]:
        """Of coverage_settings.csv, numbers exact."""
        rows = {row["setting"]: row["value"] for row in read_policy("coverage_settings")}
        return {
            name: value if name == "investment_tier_rule" else Fraction(value)
            for name, value in rows.items()
        }

    @cached_property
    def tiers(self) -> list[dict[str, str]]:
        """Investment tiers, the highest first."""
        return sorted(read_policy("investment_tiers"), key=lambda row: -int(row["min_arr"]))

    # --- months -----------------------------------------------------------------------------

    @cached_property
    def monthly(self) -> list[Row]:
        """The rows of fct_mrr_monthly, which the reference checks."""
        return self.mart("fct_mrr_monthly")

    @cached_property
    def paying(self) -> dict[date, dict[str, Decimal]]:
        """MRR at each month's end of the accounts that pay, by month."""
        found: dict[date, dict[str, Decimal]] = defaultdict(dict)
        for row in self.monthly:
            if row["closing_mrr"] > 0:
                found[row["month"]][row["account_id"]] = row["closing_mrr"]
        return dict(found)

    @property
    def paid(self) -> dict[str, Decimal]:
        """MRR on as_of_date of the accounts that pay."""
        return self.paying[self.month]

    def arr(self, account_id: str) -> Fraction:
        """12 × MRR on as_of_date."""
        return MONTHS * Fraction(self.paid.get(account_id, 0))

    @cached_property
    def complete_months(self) -> list[date]:
        """The months that are over, in order."""
        return sorted({row["month"] for row in self.monthly if row["is_complete_month"]})

    # --- tiers ------------------------------------------------------------------------------

    @cached_property
    def tiers_by_arr(self) -> dict[str, str]:
        """Investment tier of each account that pays, by the floors of ARR."""
        return {
            account_id: next(
                row["tier"] for row in self.tiers if MONTHS * mrr >= int(row["min_arr"])
            )
            for account_id, mrr in self.paid.items()
        }

    def _ranked(self, paid: dict[str, Decimal]) -> dict[str, str]:
        """Tiers by rank of ARR; who is below a floor has the first tier whose floor it meets."""
        ranked = sorted(paid, key=lambda account_id: (-paid[account_id], account_id))
        found, ends, share = {}, [], Fraction(0)
        for row in self.tiers:
            share += Fraction(row["share"])
            ends.append((row["tier"], ceil(share * len(ranked)), int(row["min_arr"])))
        for position, account_id in enumerate(ranked, 1):
            arr = MONTHS * paid[account_id]
            found[account_id] = next(
                tier for tier, end, floor in ends if position <= end and arr >= floor
            )
        return found

    @cached_property
    def tiers_by_rank(self) -> dict[str, str]:
        """Investment tier of each account that pays, by ranks that hold for a quarter."""
        standing: dict[str, str] = {}
        for month, paid in sorted(self.paying.items()):
            is_new = paid.keys() - standing.keys()
            if month.month % 3 == 0 and month in self.complete_months:
                standing = self._ranked(paid)
            elif is_new:
                standing = self._ranked(paid) | standing
        return {account_id: standing[account_id] for account_id in self.paid}

    @property
    def investment_tiers(self) -> dict[str, str]:
        """By the rule in use."""
        is_ranked = self.settings["investment_tier_rule"] == "rank"
        return self.tiers_by_rank if is_ranked else self.tiers_by_arr

    # --- people -----------------------------------------------------------------------------

    @cached_property
    def accounts(self) -> dict[str, Row]:
        """The rows of dim_accounts."""
        return {row["account_id"]: row for row in self.mart("dim_accounts")}

    def at_work(self, member: Row, day: date) -> bool:
        """Whether a member works on a day."""
        return (member["hired_on"] or date.min) <= day < (member["left_on"] or date.max)

    @property
    def members(self) -> list[Row]:
        """Everyone at work on as_of_date, as the raw rows state them."""
        return [row for row in self.raw["crm_team_members"] if self.at_work(row, self.as_of)]

    @cached_property
    def books(self) -> dict[str, set[str]]:
        """Accounts that pay, by their owner on as_of_date."""
        found: dict[str, set[str]] = defaultdict(set)
        for account_id in self.paid:
            found[self.accounts[account_id]["csm_id"]].add(account_id)
        found.pop(NO_OWNER, None)
        return dict(found)

    @cached_property
    def csm_tiers(self) -> dict[str, str | None]:
        """The CSMs at work, each with the investment tier that they cover."""
        listed = {row["member_id"] for row in self.raw["crm_team_members"]}
        found = {
            row["member_id"]: row["coverage_tier"]
            for row in self.members
            if row["role"] in CSM_ROLES
        }
        found |= dict.fromkeys(self.books.keys() - listed)
        return {csm: tier or self._tier_of_book(csm) for csm, tier in found.items()}

    def _tier_of_book(self, csm_id: str) -> str | None:
        """The tier with most of the book's ARR, the higher on a tie."""
        arr: dict[str, Fraction] = defaultdict(Fraction)
        for account_id in self.books.get(csm_id, ()):
            arr[self.investment_tiers[account_id]] += self.arr(account_id)
        order = [row["tier"] for row in self.tiers]
        return min(arr, key=lambda tier: (-arr[tier], order.index(tier)), default=None)
