"""Stripe's discounts: which hold for a billing period, and what they take (S15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from .stripe_prices import Bill, minor_units
from .stripe_tables import Raw, Tables, by, moment, number, text


@dataclass(frozen=True)
class Discount:
    """A coupon as it was given to a subscription or to a customer."""

    discount_id: str
    subscription_id: str | None  # None: the customer's
    customer_id: str | None
    percent: Fraction
    amount: Fraction  # major units
    currency: str | None
    duration: str | None
    starts: date
    ends: date

    @property
    def is_temporary(self) -> bool:
        """Whether it ends by itself."""
        return self.duration in ("once", "repeating")

    def holds(self, period: date, billed: list[date]) -> bool:
        """Whether it holds for the billing period of that first day; `billed` has all of them."""
        if not self.starts <= period < self.ends:
            return False
        if self.duration != "once":
            return True
        return period == next((first for first in billed if first >= self.starts), None)


def read_discounts(tables: Tables) -> list[Discount]:
    """Every discount that the folder still has, one per id."""
    coupons = by(tables.rows["coupon"], "id")
    found: dict[str, Discount] = {}
    for name, prefix in (
        ("customer", "discount."),
        ("subscription", "discount."),
        ("customer_discount", ""),
        ("subscription_discount", ""),
        ("discount", ""),
    ):
        for row in tables.rows[name]:
            discount = _discount(name, prefix, row, coupons)
            if discount and discount.discount_id not in found:
                found[discount.discount_id] = discount
    return list(found.values())


def _discount(name: str, prefix: str, row: Raw, coupons: dict[str, Raw]) -> Discount | None:
    discount_id = text(row, f"{prefix}id")
    starts = moment(row, f"{prefix}start")
    kind = text(row, "type") if name == "discount" else None
    if discount_id is None or starts is None or kind not in (None, "SUBSCRIPTION", "CUSTOMER"):
        return None
    subscription_id = text(row, f"{prefix}subscription_id", f"{prefix}subscription")
    if name == "subscription":
        subscription_id = subscription_id or text(row, "id")
    if kind == "SUBSCRIPTION":
        subscription_id = subscription_id or text(row, "type_id")
    customer_id = text(row, f"{prefix}customer_id", f"{prefix}customer")
    if kind == "CUSTOMER":
        customer_id = customer_id or text(row, "type_id")
    if name == "customer":
        customer_id = text(row, "id")
    coupon = coupons.get(text(row, f"{prefix}coupon_id", f"{prefix}coupon.id") or "")
    inner = "" if coupon else f"{prefix}coupon."
    source = coupon or row
    currency = text(source, f"{inner}currency")
    off = number(source, f"{inner}amount_off") or Fraction(0)
    ends = moment(row, f"{prefix}end")
    return Discount(
        discount_id=discount_id,
        subscription_id=subscription_id,
        customer_id=customer_id,
        percent=number(source, f"{inner}percent_off") or Fraction(0),
        amount=off / minor_units(currency or "usd"),
        currency=currency.upper() if currency else None,
        duration=text(source, f"{inner}duration"),
        starts=starts.date(),
        ends=ends.date() if ends else datetime.max.date(),
    )


def in_period(discounts: Iterable[Discount], period: date, billed: list[date]) -> list[Discount]:
    """Those that hold for a period; the subscription's own displace the customer's."""
    held = [discount for discount in discounts if discount.holds(period, billed)]
    return [discount for discount in held if discount.subscription_id] or held


def discounted(bills: list[Bill], discounts: list[Discount]) -> list[Fraction]:
    """What remains of each of a subscription's bills, in their order."""
    share = Fraction(1)
    for discount in discounts:
        share *= 1 - discount.percent / 100
    after = [bill.amount * share for bill in bills]
    remaining = []
    for bill, amount in zip(bills, after, strict=True):
        off = sum((d.amount for d in discounts if d.currency == bill.currency), Fraction(0))
        total = sum(
            (a for b, a in zip(bills, after, strict=True) if b.currency == bill.currency),
            Fraction(0),
        )
        taken = off * amount / total if total else Fraction(0)
        remaining.append(max(amount - taken, Fraction(0)))
    return remaining
