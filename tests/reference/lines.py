"""Contract lines and the choices about them: what revenue is made of."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

ZERO = Decimal("0.00")
NO_PRODUCT = "(none)"
MONTHS = {
    "week": 12 / 52,
    "month": 1,
    "quarter": 3,
    "half_year": 6,
    "year": 12,
    "two_years": 24,
    "three_years": 36,
}


def to_cents(amount: float) -> Decimal:
    """Round half away from zero, once the noise of doubles beyond 8 decimals is gone."""
    exact = Decimal(amount).quantize(Decimal("1e-8"), ROUND_HALF_UP)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def month_of(day: date) -> date:
    """First day of the month."""
    return day.replace(day=1)


def add_months(month: date, count: int) -> date:
    """The first of a month, so many months on."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def months_between(start: date, end: date) -> int:
    """Months from one month to another."""
    return (end.year - start.year) * 12 + end.month - start.month


@dataclass(frozen=True)
class Policy:
    """The company's choices about what counts as recurring."""

    paused: str = "zero"
    temporary_discounts: str = "subtract"
    metered_items: str = "count"
    churn_lands_at: str = "service_end"
    past_due: str = "count"
    past_due_days: int = 0

    @classmethod
    def read(cls, path: Path) -> Policy:
        """From `mrr_policy.csv`."""
        with path.open(encoding="utf-8", newline="") as file:
            rows = {row["setting"]: row for row in csv.DictReader(file)}
        days = (rows["past_due"]["parameter"] or "").strip()
        choices = {setting: row["choice"] for setting, row in rows.items()}
        return cls(**choices, past_due_days=int(float(days)) if days else 0)


@dataclass(frozen=True)
class Line:
    """A price in force from a day until another; `bills_from` is later where a trial precedes."""

    account_id: str
    subscription_id: str
    item_id: str
    product_id: str
    plan_id: str | None
    starts: date
    ends: date
    bills_from: date
    quantity: float
    seats: float
    unit: str
    monthly: float  # in its own currency
    currency: str

    @property
    def is_metered(self) -> bool:
        """Whether it is billed by use."""
        return self.unit == "usage"

    @property
    def order(self) -> tuple[str, str]:
        """What decides between lines of one size."""
        return self.subscription_id, self.item_id
