"""Expansion signals of success and departments, and the sum of the seats that nobody uses."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from .accounts import unused_seats
from .known import day_of, within
from .lines import ZERO
from .practice_base import Practice, Rows
from .rules import read_policy
from .usage import days_in

NEW_SIGNALS = ("value_achieved", "strategic_initiative", "departments_active")
TIERS = ("high_touch", "low_touch", "tech_touch")


class Signals:
    """Which of the new signals are open on each snapshot date."""

    def __init__(self, practice: Practice) -> None:
        """By the thresholds and days of the policy."""
        self.practice, self.known, self.use = practice, practice.known, practice.use
        rows = read_policy("expansion_signals")
        self.policy = {row["signal"]: row for row in rows if row["signal"] in NEW_SIGNALS}

    def _days(self, signal: str) -> int:
        return int(self.policy[signal]["window_days"])

    def value_achieved(self, account_id: str, day: date) -> bool:
        """An objective on record was achieved within the days."""
        rows = self.known.rows("crm_success_objectives", account_id, day)
        days = self._days("value_achieved")
        achieved = sum(within(row["achieved_on"], day, days) for row in rows)
        return achieved >= int(self.policy["value_achieved"]["threshold"])

    def strategic_initiative(self, account_id: str, day: date) -> bool:
        """The CRM has a signal of that name within the days."""
        days = self._days("strategic_initiative")
        return any(
            row["signal_type"] == "strategic_initiative"
            and within(day_of(row["occurred_at"]), day, days)
            for row in self.known.rows("crm_signals", account_id, day)
        )

    def departments(self, account_id: str, day: date) -> int:
        """Departments with a user that was active in the window, in whatever case."""
        masks = self.use.usage.users.get(account_id, {})
        return len(
            {
                row["department"].lower()
                for row in self.known.rows("product_users", account_id, day)
                if row["department"] and days_in(masks.get(row["user_id"], 0), day, self.use.window)
            }
        )

    def departments_active(self, account_id: str, day: date) -> bool:
        """Enough departments, or one more than in the window before; from none it is no growth."""
        row, now = self.policy["departments_active"], self.departments(account_id, day)
        if now >= int(row["threshold"]):
            return True
        before = day - timedelta(days=self._days("departments_active"))
        first_day = before - timedelta(days=self.use.window - 1)
        if self.use.carried["users"] > first_day:
            return False
        earlier = self.departments(account_id, before)
        return earlier > 0 and now - earlier >= int(row["growth"])

    def all(self) -> Rows:
        """Of every account that pays on a snapshot date, which is where it has a score."""
        scores = self.practice.rows("fct_health_scores", ("snapshot_date", "account_id"), ())
        found: Rows = {}
        for day, account_id in scores:
            for signal in NEW_SIGNALS:
                if getattr(self, signal)(account_id, day):
                    row = self.policy[signal]
                    found[day, account_id, signal] = {
                        "label": row["label"],
                        "expansion_type": row["expansion_type"],
                        "action": row["action"],
                        "is_strong": row["is_strong"] == "true",
                    }
        return found


def signals(practice: Practice) -> Rows:
    """The rows of the new signals in fct_expansion_signals, by date, account_id and signal."""
    return Signals(practice).all()


class UnusedSeats:
    """The seats that nobody uses, in all and by touch tier."""

    def __init__(self, practice: Practice) -> None:
        """Of the accounts that pay."""
        self.practice, self.company = practice, practice.company

    @cached_property
    def _months(self) -> list[date]:
        return [month for month in self.company.months if self.company.is_complete(month)]

    def on(self, month: date) -> dict[str, tuple[float, Decimal]]:
        """Seats and MRR at a month's snapshot, of each tier with a customer that has both."""
        day = self.company.snapshot_day(month)
        sums: dict[str, tuple[float, Decimal]] = {}
        for account_id in self.company.account_lines:
            if (account_id, month) not in self.practice.mrr:
                continue
            unused = unused_seats(self.company, self.practice.use, account_id, day)
            if unused is None:
                continue
            for tier in ("all", self.practice.tiers[account_id][month]):
                seats, mrr = sums.get(tier, (0.0, ZERO))
                sums[tier] = (seats + unused[0], mrr + unused[1])
        return sums

    def history(self) -> Rows:
        """Of each complete month in which any customer has seats and a feed."""
        found: Rows = {}
        for month in self._months:
            for tier, (seats, mrr) in self.on(month).items():
                found["unused_seats", month, tier] = {"value": seats}
                found["unused_seat_mrr", month, tier] = {"value": mrr}
        return found

    def today(self) -> dict[str, Any]:
        """The figures of as_of."""
        seats, mrr = self.on(self.company.months[-1])["all"]
        return {"unused_seats": seats, "unused_seat_mrr": mrr}
