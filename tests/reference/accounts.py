"""dim_accounts for the accounts that pay: their worth, and the seats that nobody uses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from .customers import Customers
from .lifetimes import lifetimes
from .lines import ZERO, to_cents
from .mrr import Company
from .snapshots import payers
from .use import Use

MONTHS_PER_YEAR = 12


def unused_seats(
    company: Company, use: Use, account_id: str, day: date
) -> tuple[float, Decimal] | None:
    """Seats without an active user in the window and their MRR, of an account with a feed."""
    seats, feed_from = company.seats(account_id, day), use.feeds.get(account_id)
    if feed_from is None or feed_from > day or not use.is_carried("users", day) or not seats:
        return None
    unused = max(seats - len(use.user_days(account_id, day)), 0)
    billed = sum(
        (held.counted for held in company.holdings(account_id, day) if held.line.seats > 0), ZERO
    )
    return float(unused), to_cents(unused * (float(billed) / seats))


def accounts(customers: Customers) -> dict[tuple[str], dict[str, Any]]:
    """The columns of each account that pays on as_of."""
    company = customers.company
    paid = payers(company, company.as_of)
    worth = lifetimes(customers, paid)
    found = {}
    for account_id, mrr in paid.items():
        lifetime = worth.get(account_id)
        unused = unused_seats(company, customers.measures.use, account_id, company.as_of)
        found[(account_id,)] = {
            "mrr": mrr,
            "arr": MONTHS_PER_YEAR * mrr,
            "ltv": lifetime.ltv if lifetime else None,
            "lifetime_years": lifetime.years if lifetime else None,
            "is_capped": lifetime.is_capped if lifetime else None,
            "unused_seats": unused[0] if unused else None,
            "unused_seat_mrr": unused[1] if unused else None,
            "reporting_currency": company.accepted.reporting_currency,
        }
    return found
