"""MRR from Chargebee's documented tables: one oddity a customer, worked out by hand.

No real export was read.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from connected import Connected, connected
from ledger import by_month, closing_mrr

MODELS = "+fct_mrr_monthly +dq_reconciliation con_chargebee__invoices con_chargebee__contract_terms"


def price(name: str, kind: str, model: str, amount: float, **stated: Any) -> dict[str, Any]:
    """A price of a month unless stated otherwise, in minor units of USD."""
    row = {"id": name, "item_id": name.split("-")[0], "item_type": kind, "pricing_model": model}
    row |= {
        "price": amount,
        "period": 1,
        "period_unit": "month",
        "currency_code": "USD",
        "metered": "false",
    }
    return row | stated


PRICES = [
    price("pro-m", "plan", "per_unit", 2000),
    price("pro-y", "plan", "per_unit", 120000, period_unit="year"),
    price("pro-w", "plan", "per_unit", 1200, period_unit="week"),
    price("pro-jpy", "plan", "flat_fee", 10000, currency_code="JPY"),
    price("flat-m", "plan", "flat_fee", 5000),
    price("volume-m", "plan", "volume", 0),
    price("support-m", "addon", "per_unit", 1000),
    price("calls-m", "addon", "per_unit", 10, metered="true"),
    price("setup", "charge", "flat_fee", 30000, period="", period_unit=""),
]


def sub(customer: str, **stated: Any) -> dict[str, Any]:
    """A subscription by the month, active since 10 January 2024 unless stated otherwise."""
    row = {
        "id": f"s_{customer}",
        "customer_id": customer,
        "status": "active",
        "currency_code": "USD",
        "created_at": "2024-01-10T09:00:00Z",
        "started_at": "2024-01-10T09:00:00Z",
        "updated_at": "2024-01-10T09:00:00Z",
        "billing_period": 1,
        "billing_period_unit": "month",
    }
    return row | stated


def item(customer: str, name: str = "flat-m", quantity: float = 1, **stated: Any) -> dict[str, Any]:
    """What the customer's subscription has now, at the list price unless stated otherwise."""
    listed = next(row for row in PRICES if row["id"] == name)
    row = {
        "subscription_id": f"s_{customer}",
        "item_price_id": name,
        "item_type": listed["item_type"],
        "quantity": quantity,
        "unit_price": listed["price"],
    }
    return row | stated


def line(
    customer: str, name: str, begins: str, ends: str, quantity: float, unit: float, **stated: Any
) -> dict[str, Any]:
    """A line of an invoice, in minor units."""
    kind = next(row for row in PRICES if row["id"] == name)["item_type"]
    row = {
        "id": f"l_{customer}_{name}_{begins}",
        "subscription_id": f"s_{customer}",
        "entity_type": f"{kind}_item_price",
        "entity_id": name,
        "date_from": f"{begins}T09:00:00Z",
        "date_to": f"{ends}T09:00:00Z",
        "quantity": quantity,
        "unit_amount": unit,
        "amount": quantity * unit,
    }
    return row | stated


SUBSCRIPTIONS = [
    sub("change"),
    sub("raised"),
    sub("unbilled", updated_at="2024-06-20T10:00:00Z"),
    sub(
        "non_renewing",
        status="non_renewing",
        cancelled_at="2025-08-10T09:00:00Z",
        cancel_schedule_created_at="2025-06-01T09:00:00Z",
    ),
    sub("cancelled", status="cancelled", cancelled_at="2024-05-15T23:30:00Z"),
    sub("removed"),
    sub("credited"),
    sub("upgraded"),
    sub("yearly", billing_period_unit="year"),
    sub("weekly", billing_period_unit="week"),
    sub("twelve_months", billing_period_unit="year"),
    sub("metered"),
    sub("set_up"),
    sub("volume"),
    sub("yen", currency_code="JPY"),
    sub("coupon"),
    sub("amount"),
    sub("once", billing_period_unit="year"),
    sub("both"),
    sub(
        "paused",
        status="active",
        pause_date="2024-05-10T09:00:00Z",
        resume_date="2024-07-10T09:00:00Z",
    ),
    sub("trial", trial_start="2024-01-10T09:00:00Z", trial_end="2024-02-10T09:00:00Z"),
    sub("trying", status="in_trial", started_at="2025-06-20", trial_end="2025-07-20"),
    sub("deleted", deleted="true"),
    sub("decimals"),
    sub("free_units"),
]

ITEMS = [
    item("change", "pro-m", 8),
    item("raised", "pro-m", 5, unit_price=2500),
    item("unbilled", "pro-m", 7),
    item("non_renewing"),
    item("cancelled"),
    item("removed"),
    item("credited"),
    item("upgraded", "pro-m", 5),
    item("yearly", "pro-y"),
    item("weekly", "pro-w"),
    item("twelve_months", "pro-y"),
    item("twelve_months", "support-m", 2),
    item("metered"),
    item("metered", "calls-m", ""),
    item("set_up"),
    item("set_up", "setup"),
    item("volume", "volume-m", 10, unit_price="", amount=15000),
    item("yen", "pro-jpy"),
    item("coupon"),
    item("amount"),
    item("amount", "support-m", 5),
    item("once", "pro-y"),
    item("both"),
    item("paused"),
    item("trial"),
    item("trying"),
    item("deleted"),
    item("decimals", "pro-m", 400, unit_price="", unit_price_in_decimal="0.25"),
    item("free_units", "pro-m", 5, free_quantity=2, amount=6000),
]

LINES = [
    line("change", "pro-m", "2024-01-10", "2024-02-10", 5, 2000),
    line("change", "pro-m", "2024-02-10", "2024-03-10", 5, 2000),
    # Three more from 25 February: 14 of 29 days of 8 x 20.
    line("change", "pro-m", "2024-02-25", "2024-03-10", 8, 966),
    line("change", "pro-m", "2024-03-10", "2024-04-10", 8, 2000),
    line("raised", "pro-m", "2024-01-10", "2024-02-10", 5, 2000),
    line("raised", "pro-m", "2024-02-10", "2024-03-10", 5, 2000),
    line("raised", "pro-m", "2024-03-10", "2024-04-10", 5, 2500),
    line("unbilled", "pro-m", "2024-01-10", "2024-02-10", 5, 2000),
    line("unbilled", "pro-m", "2024-06-10", "2024-07-10", 5, 2000),
    line("removed", "flat-m", "2024-01-10", "2024-02-10", 1, 5000),
    line("removed", "support-m", "2024-01-10", "2024-02-10", 2, 1000),
    line("removed", "support-m", "2024-04-10", "2024-05-10", 2, 1000),
    line("credited", "flat-m", "2024-01-10", "2024-02-10", 1, 5000),
    line("credited", "support-m", "2024-01-10", "2024-02-10", 2, 1000),
    line("credited", "support-m", "2024-04-10", "2024-05-10", 2, 1000),
    line("upgraded", "flat-m", "2024-01-10", "2024-02-10", 1, 5000),
    line("upgraded", "pro-m", "2024-03-10", "2024-04-10", 5, 2000),
    line("yearly", "pro-y", "2024-01-10", "2025-01-10", 1, 120000),
    # An addon by the month on a yearly invoice: 12 months of it in one line, and added on 10 April.
    line("twelve_months", "pro-y", "2024-01-10", "2025-01-10", 1, 120000),
    line("twelve_months", "support-m", "2024-04-10", "2025-01-10", 2, 9000),
    line("set_up", "setup", "2024-01-10", "2024-01-10", 1, 30000),
]
CREDITS = [line("credited", "support-m", "2024-04-20", "2024-05-10", 2, 667)]

COUPONS = [
    {
        "id": "twenty",
        "discount_type": "percentage",
        "discount_percentage": 20,
        "duration_type": "limited_period",
        "period": 3,
        "period_unit": "month",
    }
]
SUBSCRIPTION_COUPONS = [
    {"subscription_id": "s_coupon", "coupon_id": "twenty", "apply_till": "2024-03-20"},
    {"subscription_id": "s_both", "coupon_id": "twenty", "apply_till": ""},
]
DISCOUNTS = [
    {
        "id": "d_amount",
        "subscription_id": "s_amount",
        "amount": 2000,
        "currency_code": "USD",
        "duration_type": "forever",
    },
    {"id": "d_once", "subscription_id": "s_once", "percentage": 50, "duration_type": "one_time"},
    {
        "id": "d_both",
        "subscription_id": "s_both",
        "coupon_id": "twenty",
        "percentage": 20,
        "duration_type": "limited_period",
        "period": 3,
    },
]
TERMS = [
    {
        "id": "t_yearly",
        "subscription_id": "s_yearly",
        "status": "active",
        "contract_start": "2024-01-10",
        "contract_end": "2026-01-10",
        "action_at_term_end": "cancel",
        "created_at": "2023-12-20",
    }
]
INVOICES = [
    {
        "id": f"i_{status}",
        "customer_id": "change",
        "status": status,
        "date": 1741597200,  # 10 March 2025, 9:00
        "due_date": 1742461200,
        "paid_at": 1741683600 if status == "paid" else "",
        "amount_due": due,
        "amount_paid": paid,
        "currency_code": "USD",
    }
    for status, due, paid in [("paid", 0, 5000), ("payment_due", 3000, 2000), ("voided", 5000, 0)]
]

# From which month on a customer has which MRR, worked out by hand.
EXPECTED: Mapping[str, Mapping[str, float]] = {
    "change": {"2024-01": 5 * 20, "2024-02": 8 * 20},
    "raised": {"2024-01": 5 * 20, "2024-03": 5 * 25},
    "unbilled": {"2024-01": 5 * 20, "2024-06": 7 * 20},
    "non_renewing": {"2024-01": 50},
    "cancelled": {"2024-01": 50, "2024-05": 0},
    "removed": {"2024-01": 70, "2024-05": 50},  # to the end of its last billed period
    "credited": {"2024-01": 70, "2024-04": 50},  # to the day of its credit
    "upgraded": {"2024-01": 50, "2024-03": 100},
    "yearly": {"2024-01": 100},
    "weekly": {"2024-01": 52},  # 12 x 52/12
    "twelve_months": {"2024-01": 100, "2024-04": 120},  # 2 x 90 for nine months
    "metered": {"2024-01": 50},
    "set_up": {"2024-01": 50},
    "volume": {"2024-01": 150},
    "yen": {"2024-01": 70},  # 10,000 yen at 0.007
    "coupon": {"2024-01": 40, "2024-04": 50},  # the period from 10 March is covered to its end
    "amount": {"2024-01": 80},  # 50 + 50 - 20
    "once": {"2024-01": 50, "2025-01": 100},
    "both": {"2024-01": 40, "2024-04": 50},  # the discount is the coupon's own
    "paused": {"2024-01": 50, "2024-05": 0, "2024-07": 50},
    "trial": {"2024-02": 50},
    "decimals": {"2024-01": 100},
    "free_units": {"2024-01": 60},
}

TABLES: Mapping[str, list[dict[str, Any]]] = {
    "customer": [
        {"id": row["customer_id"], "company": row["customer_id"], "created_at": "2024-01-09"}
        for row in SUBSCRIPTIONS
    ],
    "subscription": SUBSCRIPTIONS,
    "subscription_item": ITEMS,
    "item_price": PRICES,
    "invoice": INVOICES,
    "invoice_line_item": LINES,
    "credit_note_line_item": CREDITS,
    "coupon": COUPONS,
    "subscription_coupon": SUBSCRIPTION_COUPONS,
    "subscription_discount": DISCOUNTS,
    "contract_term": TERMS,
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Connected:
    """The customers above, built."""
    rates = [{"rate_on": "2024-01-01", "currency": "JPY", "rate_to_reporting": 0.007}]
    return connected(
        tmp_path_factory.mktemp("chargebee"),
        {"chargebee": TABLES},
        raw={"billing_exchange_rates": rates},
        select=MODELS,
        reporting_currency="USD",
    )


@pytest.mark.parametrize("customer", EXPECTED)
def test_mrr_is_as_worked_by_hand(company: Connected, customer: str) -> None:
    assert closing_mrr(company, customer) == by_month(EXPECTED[customer], "2025-06")


def test_a_deleted_subscription_and_a_trial_pay_nothing(company: Connected) -> None:
    assert closing_mrr(company, "deleted") == {}
    assert closing_mrr(company, "trying") == {}


def test_nothing_is_lost(company: Connected) -> None:
    counts = company.rows(
        "select table_name, not_taken_rows, rejected_rows, difference"
        " from quality.dq_reconciliation where raw_rows > 0"
    )
    assert all(rejected == 0 and difference == 0 for _, _, rejected, difference in counts)
    # The deleted subscription, its item and its customer; the charge for the set-up and its price.
    assert {name: rows for name, rows, _, _ in counts if rows} == {
        "accounts": 1,
        "subscriptions": 1,
        "subscription_items": 2,
        "plans": 1,
    }


def test_what_is_left_of_an_invoice_and_what_was_paid_are_its_amount(company: Connected) -> None:
    rows = company.rows(
        "select invoice_id, amount_due, amount_paid, status, cast(issued_on as varchar)"
        " from connectors.con_chargebee__invoices order by invoice_id"
    )
    assert rows == [
        ("i_paid", 50, 50, "paid", "2025-03-10"),
        ("i_payment_due", 50, 20, "open", "2025-03-10"),
        ("i_voided", 50, 0, "void", "2025-03-10"),
    ]


def test_a_contract_term_states_length_and_renewal(company: Connected) -> None:
    rows = company.rows(
        "select account_id, term_months, auto_renew, status, cast(canceled_on as varchar)"
        " from connectors.con_chargebee__subscriptions"
        " where account_id in ('yearly', 'once', 'non_renewing', 'cancelled') order by account_id"
    )
    assert rows == [
        ("cancelled", 1, False, "canceled", "2024-05-15"),
        ("non_renewing", 1, False, "active", "2025-06-01"),
        ("once", 12, True, "active", None),
        ("yearly", 24, False, "active", None),
    ]


def test_without_lines_the_present_price_is_carried_back(tmp_path: Path) -> None:
    tables = {name: TABLES[name] for name in ("subscription", "subscription_item", "item_price")}
    small = connected(
        tmp_path,
        {"chargebee": tables},
        raw={
            "billing_exchange_rates": [
                {"rate_on": "2024-01-01", "currency": "JPY", "rate_to_reporting": 0.007}
            ]
        },
        select="+fct_mrr_monthly",
        reporting_currency="USD",
    )
    assert closing_mrr(small, "change") == by_month({"2024-01": 160}, "2025-06")
    assert closing_mrr(small, "removed") == by_month({"2024-01": 50}, "2025-06")
    assert "the present price of an item counts for its whole past" in small.output
