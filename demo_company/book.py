"""The record of an account's contracts: subscriptions, lines with their history, changes."""

from __future__ import annotations

from dataclasses import dataclass, field

from .catalogue import CURRENCY_FACTOR, Line, interval_months
from .population import Account


@dataclass
class ItemRow:
    """A row of a line's history. `end` is None while it is the last."""

    start: int
    line: Line
    end: int | None = None


@dataclass
class Item:
    """A line of a subscription with its history."""

    item_id: str
    rows: list[ItemRow]
    closed: int | None = None

    @property
    def line(self) -> Line:
        """The line with its current values."""
        return self.rows[-1].line


@dataclass
class Subscription:
    """A subscription in billing. `end` is the first day without service."""

    subscription_id: str
    start: int
    term_months: int | None
    items: list[Item] = field(default_factory=list)
    end: int | None = None
    notice: int | None = None
    renewed: bool = False  # ended because another continues it
    trial_end: int | None = None
    renews: str | None = None
    amount: float | None = None  # MRR in the account's currency, where it has no items
    amount_seats: int | None = None
    plan: str | None = None
    terms: list[tuple[int, int, int | None, bool]] = field(default_factory=list)
    pauses: list[tuple[int, int | None]] = field(default_factory=list)
    auto_renew: bool = True

    def live(self, day: int) -> bool:
        """In service on a day."""
        return self.start <= day and (self.end is None or day < self.end)

    def per_interval(self, day: int) -> float:
        """Amount of one billing interval on a day, over all lines, in the account's currency."""
        total = 0.0
        for item in self.items:
            row = next((r for r in reversed(item.rows) if r.start <= day), None)
            if row and (row.end is None or day < row.end):
                total += row.line.per_interval()
        return total


@dataclass(frozen=True)
class Change:
    """A change of what an account pays, for the sales record. ARR in the account's currency."""

    day: int
    kind: str
    before: float
    after: float


@dataclass
class Book:
    """All contracts of one account."""

    subscriptions: list[Subscription] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def monthly(self, account: Account, day: int) -> float:
        """MRR on a day in the account's currency, without pauses and trials."""
        months = interval_months(account)
        total = 0.0
        for sub in self.subscriptions:
            if sub.live(day) and (sub.trial_end is None or day >= sub.trial_end):
                total += sub.amount if sub.amount is not None else sub.per_interval(day) / months
        return total

    def arr_usd(self, account: Account, day: int) -> float:
        """ARR on a day in USD at the price list's factor."""
        return 12 * self.monthly(account, day) / CURRENCY_FACTOR[account.currency]

    def seats(self, day: int) -> int:
        """Seats in force on a day."""
        total = 0
        for sub in self.subscriptions:
            if not sub.live(day):
                continue
            if sub.amount is not None:
                total += sub.amount_seats or 0
            for item in sub.items:
                row = next((r for r in reversed(item.rows) if r.start <= day), None)
                if row and row.line.unit == "seat" and (row.end is None or day < row.end):
                    total += int(row.line.quantity)
        return total
