"""A Stripe account with one oddity a customer, and each one's MRR worked by hand.

The account is synced on 1 January 2025. MRR is in USD at the rates of 1 January 2024, written as
spans of months: `2024-02..2024-05 45.00`. Where a loader does not bring what decides a figure,
`dlt` or `airbyte` has its own.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import stripe_oddities_of_changes  # noqa: F401  its customers register themselves
import stripe_oddities_of_discounts  # noqa: F401
import stripe_oddities_of_prices  # noqa: F401
import stripe_oddities_of_time  # noqa: F401
from stripe_account import Account
from stripe_oddity import ODDITIES

AS_OF = date(2024, 12, 31)
RATES = """\
rate_on,currency,rate_to_reporting
2024-01-01,EUR,1.10
2024-07-01,EUR,1.20
2024-01-01,KWD,3.20
2024-01-01,KRW,0.00080
2024-01-01,ISK,0.0070
"""
Ledger = dict[tuple[str, date], Decimal]


def worked(loader: str) -> Ledger:
    """The MRR above 0 of each customer and month as worked by hand."""
    ledger: Ledger = {}
    for each in ODDITIES:
        ledger |= spans(f"cus_{each.name}", each.months[loader])
    return ledger


def spans(customer_id: str, months: str) -> Ledger:
    """A customer's MRR by month from spans such as `2024-02..2024-05 45.00; …`."""
    ledger: Ledger = {}
    for span in filter(None, months.split("; ")):
        between, amount = span.split()
        first, last = between.split("..")
        month = date.fromisoformat(f"{first}-01")
        while month <= date.fromisoformat(f"{last}-01"):
            ledger[customer_id, month] = Decimal(amount)
            month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return ledger


def company() -> Account:
    """The whole account."""
    account = Account()
    account.add("product", id="prod_seat", name="Desk", unit_label="seat", livemode=True)
    account.add("product", id="prod_extra", name="Vault", unit_label=None, livemode=True)
    account.price("price_10", 1000)
    account.price("price_30", 3000)
    account.price("price_80", 8000)
    account.price("price_yearly", 96000, every="1 year")
    for each in ODDITIES:
        each.build(account)
    return account
