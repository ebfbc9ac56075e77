"""What Stripe's prices bill for a quantity, exactly and in major units (S9 to S13, S19)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .stripe_tables import Raw, Tables, number, text

ZERO_DECIMALS = {
    *("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA"),
    *("PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"),
}
THREE_DECIMALS = {"BHD", "JOD", "KWD", "OMR", "TND"}
# A week is 12/52 of a month, and a day the seventh part of a week.
MONTHS: Mapping[str, Fraction] = {
    "day": Fraction(12, 52 * 7),
    "week": Fraction(12, 52),
    "month": Fraction(1),
    "year": Fraction(12),
}


def minor_units(currency: str) -> int:
    """How many of the units that Stripe states make one of the currency."""
    code = currency.upper()
    return 1 if code in ZERO_DECIMALS else 1000 if code in THREE_DECIMALS else 100


@dataclass(frozen=True)
class Tier:
    """What units up to a bound cost; the last tier has no bound."""

    up_to: Fraction | None
    unit: Fraction
    flat: Fraction


@dataclass(frozen=True)
class Bill:
    """What is billed for an interval, in a currency's major units."""

    amount: Fraction
    currency: str
    months: Fraction


@dataclass(frozen=True)
class FullLine:
    """An invoice line of a whole period, in minor units."""

    amount: Fraction
    quantity: Fraction
    currency: str
    without_tax: Fraction | None


@dataclass(frozen=True)
class Price:
    """A price, or a plan made before there were prices."""

    price_id: str
    currency: str
    unit: Fraction | None  # minor units; None where tiers say it
    interval: str | None
    interval_count: Fraction
    is_metered: bool
    is_one_time: bool
    tiers_mode: str | None
    tiers: tuple[Tier, ...]
    divide_by: Fraction | None
    round_up: bool
    tax_inclusive: bool

    @property
    def months(self) -> Fraction:
        """The length of its billing interval."""
        return MONTHS[self.interval or "month"] * self.interval_count

    def bill(self, quantity: Fraction, line: FullLine | None) -> Bill:
        """What the quantity bills for an interval; `line` is the last full line of this price."""
        if line and line.currency.upper() != self.currency.upper():
            # The customer pays one of the price's other currencies, which no loader brings.
            return self._bill_of_line(quantity, line, line.amount / line.quantity)
        if line and self.tax_inclusive and line.without_tax is not None:
            return self._bill_of_line(quantity, line, line.without_tax)
        return Bill(self._minor(quantity, line) / minor_units(self.currency), *self._terms())

    def _terms(self) -> tuple[str, Fraction]:
        return self.currency.upper(), self.months

    def _bill_of_line(self, quantity: Fraction, line: FullLine, unit: Fraction) -> Bill:
        amount = quantity * unit / minor_units(line.currency)
        return Bill(amount, line.currency.upper(), self.months)

    def _minor(self, quantity: Fraction, line: FullLine | None) -> Fraction:
        if self.is_metered:
            # What is used is not committed; a fee of the first tier is.
            return self.tiers[0].flat if self.tiers else Fraction(0)
        if self.unit is not None:
            return self.unit * self._packages(quantity)
        if self.tiers:
            return self._tiered(self._packages(quantity))
        return line.amount / line.quantity * quantity if line else Fraction(0)

    def _packages(self, quantity: Fraction) -> Fraction:
        if not self.divide_by:
            return quantity
        packages = quantity / self.divide_by
        return Fraction(math.ceil(packages) if self.round_up else math.floor(packages))

    def _tiered(self, quantity: Fraction) -> Fraction:
        if self.tiers_mode == "volume":
            reached = next(
                tier for tier in self.tiers if tier.up_to is None or quantity <= tier.up_to
            )
            return quantity * reached.unit + reached.flat
        total, below = Fraction(0), Fraction(0)
        for tier in self.tiers:
            if below >= quantity and below > 0:
                break
            top = quantity if tier.up_to is None else min(quantity, tier.up_to)
            total += (top - below) * tier.unit + tier.flat
            below = top if tier.up_to is None else tier.up_to
        return total


def read_prices(tables: Tables) -> dict[str, Price]:
    """Prices and plans by id; a price comes before the plan of its id."""
    tiers: dict[str, list[Raw]] = {}
    for row in tables.rows["tier"]:
        tiers.setdefault(text(row, "price_id", "plan_id") or "", []).append(row)
    prices = {}
    for row in tables.rows["plan"] + tables.rows["price"]:
        price_id = str(row["id"])
        prices[price_id] = _price(row, price_id, _tiers(tiers.get(price_id, [])))
    return prices


def _price(row: Raw, price_id: str, tiers: tuple[Tier, ...]) -> Price:
    unit = number(row, "unit_amount_decimal", "unit_amount", "amount_decimal", "amount")
    tiers_mode = text(row, "tiers_mode")
    return Price(
        price_id=price_id,
        currency=text(row, "currency") or "usd",
        unit=None if tiers_mode else unit,
        interval=text(row, "recurring.interval", "interval"),
        interval_count=number(row, "recurring.interval_count", "interval_count") or Fraction(1),
        is_metered=text(row, "recurring.usage_type", "usage_type") == "metered",
        is_one_time=text(row, "type") == "one_time",
        tiers_mode=tiers_mode,
        tiers=tiers,
        divide_by=number(row, "transform_quantity.divide_by", "transform_usage.divide_by"),
        round_up=text(row, "transform_quantity.round", "transform_usage.round") == "up",
        tax_inclusive=text(row, "tax_behavior") == "inclusive",
    )


def _tiers(rows: list[Raw]) -> tuple[Tier, ...]:
    tiers = [
        Tier(
            number(row, "up_to"),
            number(row, "unit_amount_decimal", "unit_amount") or Fraction(0),
            number(row, "flat_amount_decimal", "flat_amount") or Fraction(0),
        )
        for row in rows
    ]
    return tuple(sorted(tiers, key=lambda tier: (tier.up_to is None, tier.up_to or 0)))
