"""Handoffs from sales: whether the kickoff followed the close of an account's first sale."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import Any

from .known import day_of
from .lines import month_of
from .mrr import Company, counted
from .practice_base import Practice, Rows
from .rules import read_policy
from .segments import SegmentRules

PLAYBOOK = "handoff"
MONTHS_PER_YEAR = 12
OUTCOMES = {"on_time": "on_time", "late": "late", "missed": "missed", "open": "still_open"}


def first_charge(company: Company, account_id: str) -> date | None:
    """The first day with a recurring amount."""
    lines = company.account_lines.get(account_id, [])
    days = sorted({max(line.starts, line.bills_from) for line in lines})
    known = (day for day in days if day <= company.as_of)
    return next((day for day in known if counted(company.holdings(account_id, day)) > 0), None)


class Handoffs:
    """The first sales of a company and the kickoffs after them."""

    def __init__(self, practice: Practice) -> None:
        """By the playbook's days and steps."""
        self.practice, self.company = practice, practice.company
        self.rules = SegmentRules.read()
        self.row = next(row for row in read_policy("playbooks") if row["playbook"] == PLAYBOOK)
        steps = read_policy("playbook_steps")
        self.tiers = {row["touch_tier"] for row in steps if row["playbook"] == PLAYBOOK}
        self.kickoffs = self._kickoffs()

    def _kickoffs(self) -> dict[str, date]:
        """The first kickoff that was held with each account."""
        found: dict[str, date] = {}
        for since, row in self.practice.known.all_rows("crm_activities"):
            held_on = day_of(row["completed_at"])
            is_held = row["activity_type"] == "kickoff" and row["status"] == "completed"
            if is_held and held_on and max(since, held_on) <= self.practice.as_of:
                account_id = row["account_id"]
                found[account_id] = min(held_on, found.get(account_id, date.max))
        return found

    def _won(self) -> dict[str, date]:
        """The close of each account's first sale."""
        found: dict[str, date] = {}
        for since, row in self.practice.known.all_rows("crm_opportunities"):
            is_won = row["opportunity_type"] == "new" and row["stage"] == "closed_won"
            closed_on = row["closed_on"]
            if is_won and closed_on and max(since, closed_on) <= self.practice.as_of:
                account_id = row["account_id"]
                found[account_id] = min(closed_on, found.get(account_id, date.max))
        return found

    def tier_on(self, account_id: str, day: date) -> str:
        """The tier of the latest month-end, and before the first one that of the ARR at the start.

        Raises AssertionError for an account without revenue by the day.
        """
        tiers = self.practice.tiers.get(account_id, {})
        past = [month for month in tiers if self.company.snapshot_day(month) <= day]
        if past:
            return tiers[max(past)]
        since = first_charge(self.company, account_id)
        assert since is not None
        arr = MONTHS_PER_YEAR * counted(self.company.holdings(account_id, since))
        score = self.rules.band_score("arr", Fraction(arr))
        return self.rules.cuts.find(Fraction(score or 0))

    def handoff(self, account_id: str, won_on: date) -> dict[str, Any] | None:
        """What became of a sale; none where the account's tier has no handoff."""
        since = first_charge(self.company, account_id)
        if since is None:
            return None
        tier = self.tier_on(account_id, max(won_on, since))
        if tier not in self.tiers:
            return None
        due_on = won_on + timedelta(days=int(self.row["exit_due_days"]))
        kickoff_on = self.kickoffs.get(account_id)
        if kickoff_on is None:
            outcome = "missed" if due_on < self.practice.as_of else "open"
        else:
            outcome = "on_time" if kickoff_on <= due_on else "late"
        return {
            "touch_tier": tier,
            "won_on": won_on,
            "due_on": due_on,
            "kickoff_on": kickoff_on,
            "outcome": outcome,
        }

    def all(self) -> Rows:
        """Since the company's first kickoff."""
        first = min(self.kickoffs.values(), default=date.max)
        sales = {name: day for name, day in self._won().items() if day >= first}
        found = {(name,): self.handoff(name, day) for name, day in sales.items()}
        return {key: row for key, row in found.items() if row is not None}


def handoffs(practice: Practice) -> Rows:
    """Every row of int_handoffs, by account_id."""
    return Handoffs(practice).all()


def handoff_months(practice: Practice) -> Rows:
    """Every row of rpt_handoffs, by month."""
    own = Handoffs(practice)
    months: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for row in own.all().values():
        months[month_of(row["won_on"])].append(row)
    return {(month,): _month(rows, float(own.row["target"])) for month, rows in months.items()}


def _month(rows: list[dict[str, Any]], target: float) -> dict[str, Any]:
    counts = {
        column: sum(row["outcome"] == outcome for row in rows)
        for outcome, column in OUTCOMES.items()
    }
    settled = len(rows) - counts["still_open"]
    rate = counts["on_time"] / settled if settled else None
    days = [(row["kickoff_on"] - row["won_on"]).days for row in rows if row["kickoff_on"]]
    return counts | {
        "handoffs": len(rows),
        "on_time_rate": rate,
        "median_days_to_kickoff": median(days) if days else None,
        "target": target,
        "is_on_target": None if rate is None else round(rate, 9) >= target,
    }
