"""The oddities of prices and quantities."""

from __future__ import annotations

from datetime import datetime

from stripe_account import Account, at
from stripe_oddity import START, oddity, simple

# --- what was in force ------------------------------------------------------------------------


@oddity("S8", "2024-01..2024-02 90.00; 2024-03..2024-07 240.00; 2024-08..2024-12 150.00")
def grower(account: Account) -> None:
    """3 seats at 30; 6 and then 8 on 18 March, billed in April; 5 from 9 August on."""
    account.customer("grower")
    account.subscription(
        "grower",
        START,
        *(
            (day, {"quantity": seats})
            for day, seats in (
                ("2024-03-18 10:00", 6),
                ("2024-03-18 16:00", 8),
                ("2024-08-09 11:00", 5),
            )
        ),
        quantity=3,
    )
    account.item("grower", "price_30", 5, START)
    account.bill("grower", "price_30", 3, 9000, START, 3)
    account.bill("grower", "price_30", 8, 24000, "2024-04-04 09:00", 5)
    account.bill("grower", "price_30", 5, 15000, "2024-09-04 09:00", 4)
    rest, april = ("2024-03-18 16:00", "2024-04-04 09:00"), "2024-04-04 09:00"
    account.prorate("grower", "price_30", 8, 12900, rest, april)
    account.prorate("grower", "price_30", 6, -9700, rest, april)
    rest = ("2024-03-18 10:00", "2024-04-04 09:00")
    account.prorate("grower", "price_30", 6, 9800, rest, april)
    account.prorate("grower", "price_30", 3, -4900, rest, april)
    rest, september = ("2024-08-09 11:00", "2024-09-04 09:00"), "2024-09-04 09:00"
    account.prorate("grower", "price_30", 8, -20100, rest, september)
    account.prorate("grower", "price_30", 5, 12600, rest, september)


@oddity("S8", "2024-01..2024-04 80.00; 2024-05..2024-08 110.00; 2024-09..2024-12 80.00")
def credited(account: Account) -> None:
    """An extra of 30 from 10 May, removed on 21 September with a credit for the rest."""
    simple(account, "credited")
    extra = {"subscription_item": "si_credited_extra"}
    for month in ("06", "07", "08", "09"):
        account.bill("credited", "price_30", 1, 3000, f"2024-{month}-04 09:00", **extra)
    account.prorate(
        "credited",
        "price_30",
        1,
        2400,
        ("2024-05-10", "2024-06-04 09:00"),
        "2024-06-04 09:00",
        **extra,
    )
    account.prorate(
        "credited",
        "price_30",
        1,
        -1300,
        ("2024-09-21", "2024-10-04 09:00"),
        "2024-10-04 09:00",
        **extra,
    )


@oddity("S8", "2024-01..2024-05 80.00; 2024-06..2024-09 110.00; 2024-10..2024-12 80.00")
def lapsed(account: Account) -> None:
    """An extra of 30 from June on, gone without a credit: it ends as billed, on 4 October."""
    simple(account, "lapsed")
    account.bill(
        "lapsed", "price_30", 1, 3000, "2024-06-04 09:00", 4, subscription_item="si_lapsed_extra"
    )


@oddity("S8", "2024-01..2024-04 80.00; 2024-05..2024-12 110.00")
def joined_late(account: Account) -> None:
    """An extra of 30 since 20 May, first billed on 4 June."""
    simple(account, "joined_late")
    account.item("joined_late", "price_30", 1, "2024-05-20", item_id="si_joined_extra")
    account.bill(
        "joined_late",
        "price_30",
        1,
        3000,
        "2024-06-04 09:00",
        7,
        subscription_item="si_joined_extra",
    )


@oddity(
    "S8",
    "2024-01..2024-11 80.00; 2024-12..2024-12 120.00",
    dlt="2024-01..2024-12 80.00",
    airbyte="2024-01..2024-12 80.00",
)
def silent(account: Account) -> None:
    """Another price since 11 December. A version that tells nothing else is its only trace."""
    account.price("price_120", 12000)
    account.customer("silent")
    account.subscription(
        "silent", START, ("2024-12-04 09:00", {"latest_invoice": "in_x"}), ("2024-12-11", {})
    )
    account.item("silent", "price_120", 1, START)
    account.bill("silent", "price_80", 1, 8000, START, 12)


@oddity(
    "S8",
    "2024-01..2024-11 30.00; 2024-12..2024-12 120.00",
    dlt="2024-01..2024-12 30.00",
    airbyte="2024-01..2024-12 30.00",
)
def more_seats(account: Account) -> None:
    """4 seats at 30 since 9 December, which the quantity of a version tells."""
    account.customer("more_seats")
    account.subscription("more_seats", START, ("2024-12-09", {"quantity": 4}))
    account.item("more_seats", "price_30", 4, START)
    account.bill("more_seats", "price_30", 1, 3000, START, 12)


# --- money ------------------------------------------------------------------------------------


@oddity("S9", "2024-02..2024-12 40.00")
def dinars(account: Account) -> None:
    """12.500 Kuwaiti dinars have three decimals: 12.5 × 3.20."""
    priced(account, "dinars", "kwd", 12500)


@oddity("S9", "2024-02..2024-12 28.00")
def won(account: Account) -> None:
    """35,000 Korean won have none: 35,000 × 0.0008."""
    priced(account, "won", "krw", 35000)


@oddity("S9", "2024-02..2024-12 49.00")
def kronur(account: Account) -> None:
    """7,000 Icelandic krónur are sent with two decimals: 7,000 × 0.007."""
    priced(account, "kronur", "isk", 700000)


@oddity("S9", "2024-02..2024-12 249.90")
def fractions(account: Account) -> None:
    """2,000 at 12.495 cents."""
    priced(account, "fractions", "usd", 12.495, 2000)


def priced(account: Account, name: str, currency: str, unit: float, quantity: int = 1) -> None:
    """A customer with a price of his own since 6 February."""
    account.price(f"price_{name}", unit, currency=currency)
    account.customer(name, currency=currency)
    account.subscription(name, "2024-02-06", quantity=quantity)
    account.item(name, f"price_{name}", quantity, "2024-02-06")
    amount = round(unit * quantity)
    account.bill(name, f"price_{name}", quantity, amount, "2024-02-06", 11, currency=currency)


@oddity("S11", "2024-02..2024-12 92.73")
def often(account: Account) -> None:
    """12 every 10 days are 8.40 a week, 36.40 a month; 26 every other week are 56.33."""
    account.customer("often")
    for name, every, unit, days in (
        ("often", "10 day", 1200, 10),
        ("often_too", "2 week", 2600, 14),
    ):
        account.price(f"price_{name}", unit, every=every)
        account.subscription(name, "2024-02-06", owner="often")
        account.item(name, f"price_{name}", 1, "2024-02-06")
        account.bill(name, f"price_{name}", 1, unit, "2024-02-06", 330 // days, days=days)


# --- tiers, packages, use ---------------------------------------------------------------------


def tier(
    account: Account, price: str, index: int, up_to: int | None, unit: int, flat: int | None
) -> None:
    """A tier of a price, which Fivetran alone brings."""
    key = f"{price}-{index}"
    account.add(
        "tier", id=key, index=index, price=price, up_to=up_to, unit_amount=unit, flat_amount=flat
    )


@oddity("S12", "2024-02..2024-12 155.00")
def stairs(account: Account) -> None:
    """8 seats: a fee of 10 and 5 × 20, then 3 × 15."""
    account.price("price_stairs", None, tiers_mode="graduated", billing_scheme="tiered")
    tier(account, "price_stairs", 1, None, 1500, None)
    tier(account, "price_stairs", 0, 5, 2000, 1000)
    bought(account, "stairs", "price_stairs", 8, 15500)


@oddity("S12", "2024-02..2024-12 89.00")
def volume(account: Account) -> None:
    """12 seats, all at the price of the second tier, 7, and its fee of 5."""
    account.price("price_volume", None, tiers_mode="volume", billing_scheme="tiered")
    tier(account, "price_volume", 0, 10, 900, None)
    tier(account, "price_volume", 1, None, 700, 500)
    bought(account, "volume", "price_volume", 12, 8900)


@oddity("S12", "2024-02..2024-12 200.00")
def packages(account: Account) -> None:
    """130 in packages of 50 at 40: 2 where they are rounded down, 3 where they are rounded up."""
    for name, way in (("packages", "down"), ("packages_too", "up")):
        divided = {"divide_by": 50, "round": way}
        account.price(f"price_{way}", 4000, transform_quantity=divided)
        bought(
            account, name, f"price_{way}", 130, {"down": 8000, "up": 12000}[way], owner="packages"
        )


def bought(
    account: Account, name: str, price: str, quantity: int, amount: int, owner: str | None = None
) -> None:
    """A customer since 6 February, with an item that bills the amount a month."""
    if owner in (None, name):
        account.customer(name)
    account.subscription(name, "2024-02-06", owner=owner, quantity=quantity)
    account.item(name, price, quantity, "2024-02-06")
    account.bill(name, price, quantity, amount, "2024-02-06", 11)


@oddity(
    "S13", "2024-01..2024-12 105.00", dlt="2024-01..2024-12 80.00", airbyte="2024-01..2024-12 80.00"
)
def user(account: Account) -> None:
    """Use commits to nothing, but for the fee of 25 of a first tier, which tiers alone tell."""
    simple(account, "user")
    account.price("price_use", 0.7, usage_type="metered", product="prod_extra")
    more = {"usage_type": "metered", "tiers_mode": "graduated", "billing_scheme": "tiered"}
    account.price("price_minimum", None, product="prod_extra", **more)
    tier(account, "price_minimum", 0, 1000, 0, 2500)
    tier(account, "price_minimum", 1, None, 2, None)
    for item, price, amount in (
        ("si_use", "price_use", 3500),
        ("si_minimum", "price_minimum", 10500),
    ):
        account.item("user", price, None, START, item_id=item)
        for month in range(2, 13):
            invoiced = datetime(2024, month, 4, 9)
            span = (datetime(2024, month - 1, 4, 9), invoiced)
            account.line(
                "user",
                price,
                5000,
                amount,
                span,
                account.invoice("user", invoiced),
                subscription_item=item,
            )


@oddity("S14", "2024-01..2024-12 80.00")
def fees(account: Account) -> None:
    """A set-up of 500 belongs to no item."""
    account.price(
        "price_setup", 50000, type="one_time", recurring={"interval": None, "interval_count": None}
    )
    simple(account, "fees")
    invoice, day = account.invoice("fees", at(START)), at(START)
    account.line(
        "fees",
        "price_setup",
        1,
        50000,
        (day, day),
        invoice,
        subscription_item=None,
        type="invoiceitem",
    )


# --- other currencies and taxes ---------------------------------------------------------------


@oddity("S19", "2024-02..2024-12 165.00")
def abroad(account: Account) -> None:
    """His 2 seats of a price of 80 USD are billed with 75 EUR each: 150 × 1.10."""
    account.customer("abroad", currency="eur")
    account.subscription("abroad", "2024-02-06", quantity=2)
    account.item("abroad", "price_80", 2, "2024-02-06")
    account.bill("abroad", "price_80", 2, 15000, "2024-02-06", 11, currency="eur")


@oddity("S19", "2024-02..2024-12 100.00")
def taxed(account: Account) -> None:
    """119 with 19 of tax are 100."""
    account.price("price_taxed", 11900, tax_behavior="inclusive")
    account.customer("taxed")
    account.subscription("taxed", "2024-02-06")
    account.item("taxed", "price_taxed", 1, "2024-02-06")
    account.bill(
        "taxed", "price_taxed", 1, 11900, "2024-02-06", 11, unit_amount_excluding_tax=10000
    )
