"""The oddities of changes: where two rules meet in one subscription."""

from __future__ import annotations

from stripe_account import Account, at
from stripe_oddities_of_discounts import coupon, give
from stripe_oddities_of_prices import tier
from stripe_oddities_of_time import RESUMED, VOID, paused
from stripe_oddity import START, oddity, simple

JULY = ("2024-07-15", "2024-08-04 09:00")
AUGUST = "2024-08-04 09:00"


def grows(account: Account, name: str, price: str, before: int, after: int) -> None:
    """A customer whose quantity changes on 15 July."""
    account.customer(name)
    account.subscription(name, START, ("2024-07-15", {"quantity": after}), quantity=before)
    account.item(name, price, after, START)


@oddity("S8 S12", "2024-01..2024-06 80.00; 2024-07..2024-12 147.00")
def tiers_grow(account: Account) -> None:
    """4 seats at 20; then 9: 5 cost 20, 4 cost 10, and the second tier a fee of 7."""
    account.price("price_growing", None, tiers_mode="graduated", billing_scheme="tiered")
    tier(account, "price_growing", 0, 5, 2000, None)
    tier(account, "price_growing", 1, None, 1000, 700)
    grows(account, "tiers_grow", "price_growing", 4, 9)
    account.bill("tiers_grow", "price_growing", 4, 8000, START, 7)
    account.bill("tiers_grow", "price_growing", 9, 14700, AUGUST, 5)
    account.prorate("tiers_grow", "price_growing", 4, -5100, JULY, AUGUST)
    account.prorate("tiers_grow", "price_growing", 9, 9400, JULY, AUGUST)


@oddity("S8 S19", "2024-01..2024-06 100.00; 2024-07..2024-12 300.00")
def taxed_grow(account: Account) -> None:
    """1 seat and then 3 at 119 with tax, which are 100 without; what is prorated is no price."""
    account.price("price_tax_grows", 11900, tax_behavior="inclusive")
    grows(account, "taxed_grow", "price_tax_grows", 1, 3)
    net = {"unit_amount_excluding_tax": 10000}
    account.bill("taxed_grow", "price_tax_grows", 1, 11900, START, 7, **net)
    account.bill("taxed_grow", "price_tax_grows", 3, 35700, AUGUST, 5, **net)
    account.prorate("taxed_grow", "price_tax_grows", 1, -7700, JULY, AUGUST)
    account.prorate("taxed_grow", "price_tax_grows", 3, 23100, JULY, AUGUST)


@oddity("S8 S19", "2024-01..2024-11 82.50; 2024-12..2024-12 247.50")
def abroad_grow(account: Account) -> None:
    """75 EUR of a price of 80 USD; the 3 seats since 15 December have no full line of their own."""
    account.customer("abroad_grow", currency="eur")
    account.subscription("abroad_grow", START, ("2024-12-15", {"quantity": 3}))
    account.item("abroad_grow", "price_80", 3, START)
    account.bill("abroad_grow", "price_80", 1, 7500, START, 12, currency="eur")
    rest, billed = ("2024-12-15", "2025-01-04 09:00"), "2024-12-15"
    account.invoice("abroad_grow", at(billed), billing_reason="subscription_update")
    account.prorate("abroad_grow", "price_80", 1, -4800, rest, billed, currency="eur")
    account.prorate("abroad_grow", "price_80", 3, 14500, rest, billed, currency="eur")


@oddity("S8 S15", "2024-01..2024-04 40.00; 2024-05..2024-12 30.00")
def to_yearly(account: Account) -> None:
    """Half off until 4 July, so also the year of 720 that begins on 20 May."""
    account.price("price_720", 72000, every="1 year")
    coupon(account, "HALF6", "repeating", percent_off=50, duration_in_months=6)
    account.customer("to_yearly")
    account.subscription("to_yearly", START, ("2024-05-20 12:00", {"latest_invoice": "in_y"}))
    account.item("to_yearly", "price_720", 1, START)
    account.bill("to_yearly", "price_80", 1, 8000, START, 5)
    account.bill("to_yearly", "price_720", 1, 72000, "2024-05-20 12:00", months=12)
    rest, billed = ("2024-05-20 12:00", "2024-06-04 09:00"), "2024-05-20 12:00"
    account.prorate("to_yearly", "price_80", 1, -3900, rest, billed)
    give(account, "to_yearly", "HALF6", START, "2024-07-04 09:00")


@oddity(
    "S15",
    "2024-01..2024-02 52.00; 2024-03..2024-12 106.00",
    dlt="2024-01..2024-02 72.00; 2024-03..2024-12 126.00",
    airbyte="2024-01..2024-02 72.00; 2024-03..2024-12 126.00",
)
def both_kinds(account: Account) -> None:
    """10 %, and then 20 off of what is left: of 80, and with 2 extras of 30 of 140.

    dlt and Airbyte bring the first of the two.
    """
    coupon(account, "OFF20", "forever", amount_off=2000, currency="usd")
    simple(account, "both_kinds")
    extra = {"subscription_item": "si_both_extra"}
    account.item("both_kinds", "price_30", 2, "2024-03-04 09:00", item_id="si_both_extra")
    account.bill("both_kinds", "price_30", 2, 6000, "2024-03-04 09:00", 10, **extra)
    give(account, "both_kinds", "TEN", START)
    give(account, "both_kinds", "OFF20", START)


@oddity(
    "S15",
    "2024-01..2024-06 40.00; 2024-07..2024-12 72.00",
    dlt="2024-01..2024-06 40.00; 2024-07..2024-12 80.00",
    airbyte="2024-01..2024-06 40.00; 2024-07..2024-12 80.00",
)
def then_the_customers(account: Account) -> None:
    """His subscription's 50 % end on 4 July; from then on the customer's 10 % hold."""
    simple(account, "then_the_customers")
    give(account, "then_the_customers", "HALF6", START, "2024-07-04 09:00")
    give(account, "then_the_customers", "TEN", START, type="CUSTOMER", subscription=None)


@oddity("S16", "2024-01..2024-07 80.00; 2024-10..2024-12 80.00")
def synced_in_a_pause(account: Account) -> None:
    """The re-sync came amid the pause, so the second version is paused as well."""
    renewed = VOID | {"latest_invoice": "in_s"}
    paused(account, "synced_in_a_pause", ("2024-09-04", renewed), ("2024-10-02", RESUMED), **VOID)
    account.bill("synced_in_a_pause", "price_80", 1, 8000, START, 7)
    account.bill("synced_in_a_pause", "price_80", 1, 8000, "2024-08-04 09:00", 2, status="void")
    account.bill("synced_in_a_pause", "price_80", 1, 8000, "2024-10-04 09:00", 3)


@oddity(
    "S8",
    "2024-01..2024-11 60.00; 2024-12..2024-12 150.00",
    dlt="2024-01..2024-12 60.00",
)
def pending(account: Account) -> None:
    """5 seats at 30 since 17 December, which an item of the next invoice tells. dlt lacks it."""
    account.customer("pending")
    renewed = {"latest_invoice": "in_p", "quantity": None}
    account.subscription("pending", START, ("2024-12-04 09:00", renewed), quantity=2)
    account.item("pending", "price_30", 5, START)
    account.bill("pending", "price_30", 2, 6000, START, 12)
    for quantity, amount in ((2, -3500), (5, 8700)):
        account.add(
            "invoice_item",
            id=f"ii_{quantity}",
            customer="cus_pending",
            subscription="sub_pending",
            subscription_item="si_pending",
            invoice=None,
            price="price_30",
            quantity=quantity,
            amount=amount,
            currency="usd",
            proration=True,
            date=at("2024-12-17"),
            period={"start": at("2024-12-17"), "end": at("2025-01-04 09:00")},
            livemode=True,
        )


@oddity("S8", "2024-06..2024-12 80.00")
def first_free(account: Account) -> None:
    """On a price of 0 until 4 June."""
    account.price("price_free", 0)
    account.customer("first_free")
    account.subscription("first_free", START, ("2024-06-04 09:00", {"latest_invoice": "in_f"}))
    account.item("first_free", "price_80", 1, START)
    account.bill("first_free", "price_free", 1, 0, START, 5)
    account.bill("first_free", "price_80", 1, 8000, "2024-06-04 09:00", 7)
