"""A Stripe account in the shape that Fivetran leaves, for the tests of its connector."""

from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]


def version(name: str, start: str, **changed: Any) -> Row:
    """A version of the subscription of a customer, which began on 4 January 2024."""
    return {
        "id": f"sub_{name}",
        "_fivetran_start": start,
        "_fivetran_active": "true",
        "_fivetran_synced": "2024-07-01 02:00:00",
        "customer_id": f"cus_{name}",
        "status": "active",
        "created": "2024-01-04 09:00:00",
        "start_date": "2024-01-04 09:00:00",
        "cancel_at_period_end": "false",
        "livemode": "true",
    } | changed


def item(name: str, price: str = "price_80", quantity: int = 1, **changed: Any) -> Row:
    return {
        "id": f"si_{name}",
        "subscription_id": f"sub_{name}",
        "plan_id": price,
        "quantity": quantity,
        "created": "2024-01-04 09:00:00",
        "_fivetran_synced": "2024-07-01 02:00:00",
    } | changed


def price(name: str, amount: int | str, **changed: Any) -> Row:
    return {
        "id": name,
        "product_id": "prod_1",
        "currency": "usd",
        "unit_amount": amount,
        "recurring_interval": "month",
        "recurring_interval_count": 1,
        "recurring_usage_type": "licensed",
        "type": "recurring",
        "livemode": "true",
    } | changed


def line(name: str, first: str, last: str, quantity: int, amount: int, **changed: Any) -> Row:
    return {
        "id": f"il_{name}_{first}_{amount}",
        "invoice_id": f"in_{name}_{first[:7]}",
        "subscription_id": f"sub_{name}",
        "subscription_item_id": f"si_{name}",
        "price_id": "price_80",
        "quantity": quantity,
        "amount": amount,
        "currency": "usd",
        "proration": "false",
        "period_start": f"{first} 09:00:00",
        "period_end": f"{last} 09:00:00",
        "livemode": "true",
    } | changed


def invoice(name: str, day: str, **changed: Any) -> Row:
    return {
        "id": f"in_{name}_{day[:7]}",
        "customer_id": f"cus_{name}",
        "subscription_id": f"sub_{name}",
        "status": "paid",
        "billing_reason": "subscription_cycle",
        "created": f"{day} 09:00:00",
        "amount_due": 8000,
        "amount_paid": 8000,
        "currency": "usd",
        "is_deleted": "false",
        "livemode": "true",
    } | changed


def company() -> Tables:
    """Customers with one oddity each, in Fivetran's shape."""
    cut = {"_fivetran_active": "false"}
    created = "2024-01-04 09:00:05"
    names = ["cut", "again", "split", "pend", "removed", "resync", "test", "begun", "gift", "plan"]
    return {
        "customer": [
            {"id": f"cus_{name}", "created": "2024-01-01", "email": f"a@{name}.example"}
            for name in names
        ]
        + [
            {"id": "cus_none", "created": "2024-01-01", "name": "None Inc"},
            {"id": "cus_tested", "created": "2024-01-01", "livemode": "false"},
        ],
        "subscription_history": [
            version("cut", created, **cut, quantity=2),
            version("cut", "2024-03-10 10:00:00", quantity=3),
            # Two rows a version, as in append mode.
            version("again", created),
            version("again", created, _fivetran_synced="2024-06-01 02:00:00"),
            version("split", created, discount="", quantity=""),
            version("pend", created),
            version("removed", created),
            # All versions start with a new load, in a pause whose first day nobody knows.
            version("resync", "2024-06-20 03:00:00", pause_collection_behavior="void"),
            version("test", created, livemode="", customer_id="cus_tested"),
            version("begun", created, status="incomplete_expired"),
            version("gift", created, **cut),
            version(
                "gift",
                "2024-05-01 09:00:00",
                status="trialing",
                trial_start="2024-05-01 09:00:00",
                trial_end="2024-07-15 09:00:00",
            ),
            version(
                "plan",
                created,
                start_date="2023-06-04 00:00:00",
                cancel_at_period_end="true",
                canceled_at="2024-06-02 23:59:00",
            ),
            version("lost", created, customer_id="cus_lost"),
        ],
        "subscription_item": [
            item("cut", quantity=3),
            item("again"),
            item("split"),
            item("split", id="si_split2", price_id="", plan_id="price_20"),
            item("pend", quantity=5),
            item("resync"),
            item("test"),
            item("begun"),
            item("gift"),
            item("plan", price="old_yearly", current_period_end="2025-01-04 09:00:00"),
            item("lost", price="once", created="2024-01-20 09:00:00"),
        ],
        "price": [
            price("price_80", 8000, nickname="Team"),
            price("price_20", 2000, product_id="prod_2", recurring_interval_count=3),
            price("once", 50000, type="one_time", recurring_interval=""),
        ],
        "plan": [
            {
                "id": "old_yearly",
                "product_id": "prod_1",
                "amount": 96000,
                "currency": "usd",
                "interval": "year",
                "interval_count": 1,
                "nickname": "",
            }
        ],
        "product": [
            {"id": "prod_1", "name": "App", "unit_label": "User"},
            {"id": "prod_2", "name": "Add-on", "unit_label": "call"},
        ],
        "coupon": [
            # amount_off is empty in every row but one of another currency, percent_off in that.
            {"id": "TEN", "percent_off": "", "amount_off": 1000, "currency": "usd"}
            | {"duration": "forever"},
            {"id": "EURO", "percent_off": "", "amount_off": 500, "currency": "eur"}
            | {"duration": "forever"},
            {"id": "HALF", "percent_off": 50, "duration": "forever"},
        ],
        "discount": [
            {"id": "di_1", "type": "CUSTOMER", "customer_id": "cus_split", "coupon_id": "TEN"}
            | {"subscription_id": "sub_split", "start": "2024-01-04 09:00:00"},
            {"id": "di_2", "type": "CUSTOMER", "customer_id": "cus_split", "coupon_id": "HALF"}
            | {"start": "2024-01-04 09:00:00"},
            {"id": "di_3", "type": "SUBSCRIPTION", "customer_id": "cus_again"}
            | {"coupon_id": "EURO", "subscription_id": "sub_again", "start": "2024-01-04 09:00:00"},
        ],
        "invoice": [
            invoice("cut", "2024-01-04", status_transitions_paid_at="2024-01-05 23:59:00")
            | {"due_date": "2024-02-03 09:00:00"},
            invoice("cut", "2024-02-04", status="draft", is_deleted="true"),
            invoice("none", "2024-02-04", subscription_id=""),
            invoice("tested", "2024-02-04", livemode=""),
            *[
                invoice("resync", f"2024-0{month}-04", status="void" if month in (3, 4) else "paid")
                for month in range(2, 7)
            ],
        ],
        "invoice_line_item": [
            line("removed", "2024-01-04", "2024-02-04", 1, 8000),
            line("removed", "2024-02-04", "2024-03-04", 1, 8000),
            line("removed", "2024-02-19", "2024-03-04", 1, -3862, proration="true"),
            line("pend", "2024-01-04", "2024-02-04", 2, 16000),
            line("pend", "2024-06-04", "2024-07-04", 2, 16000),
        ],
        "invoice_item": [
            line("pend", "2024-06-11", "2024-07-04", 2, -12000, invoice_id="", id="ii_1"),
            line("pend", "2024-06-11", "2024-07-04", 5, 30000, invoice_id="", id="ii_2"),
            line("pend", "2024-06-20", "2024-07-04", 9, 50000, id="ii_3"),
        ],
        "subscription_schedule": [
            {"id": "sch_1", "subscription_id": "sub_cut", "end_behavior": "cancel"}
            | {"created": "2024-01-02 09:00:00", "livemode": "true"},
            {"id": "sch_2", "subscription_id": "sub_plan", "end_behavior": "release"}
            | {"created": "2024-01-02 09:00:00", "livemode": "true"},
        ],
        "phase": [
            {"subscription_schedule_id": "sch_1", "index": 0, "start_date": "2024-01-04 09:00:00"}
            | {"end_date": "2025-01-04 09:00:00"},
            {"subscription_schedule_id": "sch_2", "index": 0, "start_date": "2024-01-04 09:00:00"}
            | {"end_date": "2025-01-04 09:00:00"},
        ],
    }


def small(tables: Tables, names: list[str], without: tuple[str, ...] = ()) -> Tables:
    """The tables of some customers alone, without some tables."""
    owners = tuple(f"_{name}" for name in names)

    def is_kept(row: Row) -> bool:
        return any(str(value).endswith(owners) for value in row.values())

    whole = ("price", "plan", "product", "coupon")
    return {
        table: rows if table in whole else [row for row in rows if is_kept(row)]
        for table, rows in tables.items()
        if table not in without
    }
