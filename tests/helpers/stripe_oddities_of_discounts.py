"""The oddities of discounts."""

from __future__ import annotations

from stripe_account import Account, at
from stripe_oddity import START, oddity, simple


def coupon(account: Account, coupon_id: str, duration: str, **off) -> None:
    """A coupon: `percent_off`, or `amount_off` in a `currency`."""
    row = {"percent_off": None, "amount_off": None, "currency": None, "duration_in_months": None}
    account.add("coupon", id=coupon_id, duration=duration, livemode=True, **(row | off))


def give(
    account: Account, name: str, coupon_id: str, start: str, end: str | None = None, **more
) -> None:
    """A discount of a subscription; `more` says otherwise."""
    table = more.pop("table", "discount")
    row = {"customer": f"cus_{name}", "subscription": f"sub_{name}", "type": "SUBSCRIPTION"}
    row |= {"start": at(start), "end": at(end) if end else None, "invoice": None} | more
    if table == "subscription_discount":
        del row["type"]
    number = sum(len(account.rows.get(each, [])) for each in ("discount", "subscription_discount"))
    row = {"id": f"di_{number}", "coupon": coupon_id} | row
    account.add(table, **row)


@oddity(
    "S15", "2024-01..2024-12 57.60", dlt="2024-01..2024-12 72.00", airbyte="2024-01..2024-12 72.00"
)
def several(account: Account) -> None:
    """10 % and 20 % of his own multiply and displace the customer's 50 %; one is in both tables.

    dlt and Airbyte bring one discount a subscription: 80 × 0.9.
    """
    simple(account, "several")
    coupon(account, "TEN", "forever", percent_off=10)
    coupon(account, "TWENTY", "forever", percent_off=20)
    coupon(account, "HALF", "forever", percent_off=50)
    give(account, "several", "TEN", START, id="di_ten")
    give(account, "several", "TEN", START, id="di_ten", table="subscription_discount")
    give(account, "several", "TWENTY", START)
    give(account, "several", "HALF", START, type="CUSTOMER", subscription=None)


@oddity(
    "S15",
    "2024-01..2024-12 120.00",
    dlt="2024-01..2024-12 160.00",
    airbyte="2024-01..2024-12 160.00",
)
def everywhere(account: Account) -> None:
    """A customer's 25 % hold for both of his subscriptions, which Fivetran alone brings."""
    coupon(account, "QUARTER", "forever", percent_off=25)
    simple(account, "everywhere")
    account.subscription("everywhere_too", START, owner="everywhere")
    account.item("everywhere_too", "price_80", 1, START)
    account.bill("everywhere_too", "price_80", 1, 8000, START, 12)
    give(account, "everywhere", "QUARTER", START, type="CUSTOMER", subscription=None)


@oddity("S15", "2024-01..2024-12 140.00")
def mislabelled(account: Account) -> None:
    """A customer's discount that names a subscription is that one's: 60 and 80."""
    simple(account, "mislabelled")
    account.subscription("mislabelled_too", START, owner="mislabelled")
    account.item("mislabelled_too", "price_80", 1, START)
    account.bill("mislabelled_too", "price_80", 1, 8000, START, 12)
    give(account, "mislabelled", "QUARTER", START, type="CUSTOMER")


@oddity("S15", "2024-01..2024-03 80.00; 2024-04..2024-06 40.00; 2024-07..2024-12 80.00")
def repeating(account: Account) -> None:
    """Half off from 20 March to 20 June: the periods that begin on 4 April, May and June."""
    simple(account, "repeating")
    coupon(account, "HALF3", "repeating", percent_off=50, duration_in_months=3)
    give(account, "repeating", "HALF3", "2024-03-20", "2024-06-20", table="subscription_discount")


@oddity("S15", "2024-01..2024-02 80.00; 2024-03..2024-03 55.00; 2024-04..2024-12 80.00")
def once_a_month(account: Account) -> None:
    """25 off once from 10 February on: the period that begins on 4 March."""
    simple(account, "once_a_month")
    coupon(account, "ONCE25", "once", amount_off=2500, currency="usd")
    give(account, "once_a_month", "ONCE25", "2024-02-10")


@oddity("S15", "2024-03..2024-12 60.00")
def once_a_year(account: Account) -> None:
    """240 off once from a year of 960: 720 ÷ 12 all year."""
    coupon(account, "ONCE240", "once", amount_off=24000, currency="usd")
    account.customer("once_a_year")
    account.subscription("once_a_year", "2024-03-04")
    account.item("once_a_year", "price_yearly", 1, "2024-03-04")
    account.bill("once_a_year", "price_yearly", 1, 96000, "2024-03-04", months=12)
    give(account, "once_a_year", "ONCE240", "2024-03-04")


@oddity("S15", "2024-06..2024-12 20.00")
def overdone(account: Account) -> None:
    """90 off of 80 bills 0; with an extra of 30 since June it leaves 20, shared in proportion."""
    simple(account, "overdone")
    coupon(account, "NINETY", "forever", amount_off=9000, currency="usd")
    give(account, "overdone", "NINETY", START)
    account.item("overdone", "price_30", 1, "2024-06-04 09:00", item_id="si_overdone_extra")
    account.bill(
        "overdone",
        "price_30",
        1,
        3000,
        "2024-06-04 09:00",
        7,
        subscription_item="si_overdone_extra",
    )


@oddity("S15", "2024-01..2024-12 80.00")
def foreign_coupon(account: Account) -> None:
    """20 EUR are not taken off USD."""
    simple(account, "foreign_coupon")
    coupon(account, "EURO20", "forever", amount_off=2000, currency="eur")
    give(account, "foreign_coupon", "EURO20", START)
