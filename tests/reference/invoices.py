"""Invoices: what is owed of one on a day, by what was known of it then."""

from __future__ import annotations

from datetime import date, timedelta

from .lines import to_cents
from .raw import Row

NEVER_OWED = ("draft", "void", "paid")


def is_owed(invoice: Row, day: date) -> bool:
    """Whether anything of it is left to pay at the end of the day."""
    if day < invoice["issued_on"] or to_cents(invoice["amount_due"]) <= 0:
        return False
    paid_on = invoice["paid_on"]
    if paid_on is not None and paid_on > day:
        # Neither the amount nor the status is known before the day of the payment.
        return True
    if invoice["status"] in NEVER_OWED:
        return False
    if invoice["amount_paid"] is not None:
        return to_cents(invoice["amount_due"] - invoice["amount_paid"]) > 0
    return paid_on is None or invoice["status"] is not None


def is_written_off(invoice: Row, day: date) -> bool:
    """Whether it was known by the day that nobody hopes for the money any more."""
    return invoice["status"] == "uncollectible" and (invoice["paid_on"] or date.min) <= day


def days_late(invoice: Row, day: date) -> int:
    """Days since it was due, while anything is owed and hoped for."""
    if not is_owed(invoice, day) or is_written_off(invoice, day):
        return 0
    return max((day - (invoice["due_on"] or invoice["issued_on"])).days, 0)


def out_span(invoice: Row, days: int) -> tuple[date, date] | None:
    """From when to when it is so many days past due, and the account out for it."""
    due = invoice["due_on"] or invoice["issued_on"]
    start = max(due + timedelta(days=days), invoice["issued_on"])
    paid_on = invoice["paid_on"]
    if is_owed(invoice, max(start, paid_on or start)):
        return start, date.max
    return (start, paid_on) if paid_on is not None and is_owed(invoice, start) else None
