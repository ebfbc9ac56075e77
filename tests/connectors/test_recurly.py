"""MRR from Recurly's tables: one oddity an account, each month's MRR worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from connected import SHARED, Connected, connected
from ledger import by_month, closing_mrr

START = "2024-01-10 09:00:00"
MODELS = "+fct_mrr_monthly +dq_reconciliation con_recurly__invoices con_recurly__contract_terms"

PLANS = [
    {
        "id": "pm",
        "code": "pro-monthly",
        "name": "Pro",
        "interval_unit": "months",
        "interval_length": 1,
    },
    {
        "id": "py",
        "code": "pro-yearly",
        "name": "Pro",
        "interval_unit": "months",
        "interval_length": 12,
    },
    {"id": "p30", "code": "thirty", "name": "Days", "interval_unit": "days", "interval_length": 30},
]
COUPONS = [
    {"id": "ten", "duration": "forever"},
    {"id": "twenty", "duration": "forever"},
    {"id": "fixed", "duration": "forever"},
    {"id": "once", "duration": "single_use"},
    {"id": "three", "duration": "temporal", "temporal_amount": 3, "temporal_unit": "month"},
]
COUPON_DISCOUNTS = [
    {"coupon_id": "ten", "type": "percent", "percentage": 10},
    {"coupon_id": "twenty", "type": "percent", "percentage": 20},
    {"coupon_id": "fixed", "type": "fixed", "amount": 30, "currency": "USD"},
    {"coupon_id": "fixed", "type": "fixed", "amount": 20, "currency": "EUR"},
    {"coupon_id": "once", "type": "percent", "percentage": 50},
    {"coupon_id": "three", "type": "percent", "percentage": 10},
]


def sub(account: str, price: float, quantity: float = 1, **stated: Any) -> dict[str, Any]:
    """One version of the account's subscription, active from START on unless stated otherwise."""
    row = {
        "id": f"s_{account}",
        "account_id": account,
        "plan_id": "pm",
        "state": "active",
        "created_at": START,
        "activated_at": START,
        "updated_at": START,
        "currency": "USD",
        "unit_amount": price,
        "quantity": quantity,
        "add_ons_total": 0,
        "auto_renew": "true",
    }
    return row | stated


def redeemed(account: str, coupon: str, on: str = START, **stated: Any) -> dict[str, Any]:
    """One redemption of a coupon."""
    row = {
        "id": f"r_{account}_{coupon}",
        "account_id": account,
        "coupon_id": coupon,
        "state": "active",
    }
    return row | {"created_at": on, "updated_at": on} | stated


def add_on(account: str, name: str, price: float, quantity: float, **stated: Any) -> dict[str, Any]:
    """One version of an add-on of the account's subscription."""
    row = {
        "id": f"a_{account}_{name}",
        "subscription_id": f"s_{account}",
        "plan_add_on_id": name,
        "created_at": START,
        "updated_at": START,
        "expired_at": "",
        "quantity": quantity,
        "unit_amount": price,
        "usage_timeframe": "",
    }
    return row | stated


SUBSCRIPTIONS = [
    sub("change", 20, 5),
    sub("change", 20, 8, updated_at="2024-03-15 12:00:00"),
    sub("change", 20, 9, updated_at="2024-05-02 08:00:00"),
    sub("change", 25, 8, updated_at="2024-05-02 12:00:00"),
    sub("change", 25, 8, updated_at="2024-06-10 09:00:00"),
    sub("yearly", 1200, plan_id="py", total_billing_cycles=2),
    sub("canceled", 50, state="canceled", canceled_at="2025-06-10", expires_at="2025-08-10"),
    sub("expired", 30, state="expired", canceled_at="2024-06-01", expires_at="2024-06-15"),
    sub("failed", 70, state="failed"),
    sub("days", 60, plan_id="p30"),
    sub("add_ons", 100, add_ons_total=30),
    sub("total", 100, add_ons_total=45, quantity=2),
    sub("total", 100, add_ons_total=0, quantity=2, updated_at="2024-04-02"),
    sub("usage", 80, add_ons_total=5),
    sub("fixed", 100, add_ons_total=50),
    sub("once", 1200, plan_id="py"),
    sub("three", 100),
    sub("two", 100),
    sub("paused", 40),
    sub("paused", 40, updated_at="2024-04-20", paused_at="2024-05-10", remaining_pause_cycles=2),
    sub("paused", 40, updated_at="2024-06-02"),
    sub(
        "pausing",
        40,
        state="paused",
        updated_at="2025-05-10",
        paused_at="2025-05-10",
        remaining_pause_cycles=3,
    ),
    sub("called_off", 40),
    sub(
        "called_off", 40, updated_at="2024-04-20", paused_at="2024-05-10", remaining_pause_cycles=2
    ),
    sub("called_off", 40, updated_at="2024-04-25"),
    sub("trial", 40, trial_started_at=START, trial_ends_at="2024-02-10 09:00:00"),
    sub("late_trial", 40, trial_started_at="2024-04-01", trial_ends_at="2024-05-05"),
    sub("euro", 100, currency="EUR"),
    sub(
        "no_plan",
        90,
        plan_id="gone",
        current_period_started_at="2024-01-10",
        current_period_ends_at="2024-04-10",
    ),
]

ADD_ONS = [
    add_on("add_ons", "seat", 10, 3),
    add_on("add_ons", "extra", 40, 1, created_at="2024-04-10", updated_at="2024-04-10"),
    add_on(
        "add_ons",
        "extra",
        40,
        1,
        created_at="2024-04-10",
        updated_at="2024-07-20",
        expired_at="2024-07-20",
    ),
    add_on("usage", "calls", 5, 1, usage_timeframe="billing_period"),
]

REDEMPTIONS = [
    redeemed("fixed", "fixed", "2024-03-01", removed_at="2024-06-10", state="inactive"),
    redeemed("once", "once"),
    redeemed("three", "three"),
    redeemed("two", "ten"),
    redeemed("two", "twenty"),
    redeemed("euro", "fixed"),
]

INVOICES = [
    {
        "id": f"i_{state}",
        "account_id": "change",
        "type": "charge",
        "state": state,
        "created_at": "2025-03-10",
        "updated_at": "2025-03-12",
        "due_at": "2025-03-20",
        "closed_at": "2025-03-12" if state in ("paid", "failed") else "",
        "total": 200,
        "paid": 200 if state == "paid" else 0,
        "currency": "USD",
    }
    for state in ("paid", "past_due", "failed", "voided")
]
INVOICES.append(INVOICES[0] | {"id": "i_credit", "type": "credit", "total": -20})
INVOICES.append(INVOICES[0] | {"id": "i_failed_account", "account_id": "failed"})

# From which month on an account has which MRR, worked out by hand.
EXPECTED: Mapping[str, Mapping[str, float]] = {
    "change": {"2024-01": 5 * 20, "2024-03": 8 * 20, "2024-05": 8 * 25},
    "yearly": {"2024-01": 1200 / 12},
    "canceled": {"2024-01": 50},
    "expired": {"2024-01": 30, "2024-06": 0},
    "days": {"2024-01": 60.67},  # 60 x 7/30 = 14 a week, x 52/12
    "add_ons": {"2024-01": 130, "2024-04": 170, "2024-07": 130},
    "total": {"2024-01": 245, "2024-04": 200},
    "usage": {"2024-01": 80},
    "fixed": {"2024-01": 150, "2024-03": 120, "2024-06": 150},
    "once": {"2024-01": 50, "2025-01": 100},  # a single use covers the year
    "three": {"2024-01": 90, "2024-04": 100},
    "two": {"2024-01": 72},  # 100 x 0.9 x 0.8
    "paused": {"2024-01": 40, "2024-05": 0, "2024-06": 40},
    "pausing": {"2024-01": 40, "2025-05": 0},
    "called_off": {"2024-01": 40},
    "trial": {"2024-02": 40},
    "late_trial": {"2024-01": 40, "2024-04": 0, "2024-05": 40},
    "euro": {"2024-01": 88},  # 100 - 20 = 80 euros at 1.10
    "no_plan": {"2024-01": 30},  # a period of three months
}


TABLES: Mapping[str, list[dict[str, Any]]] = {
    "account_history": [
        {
            "id": account,
            "code": account,
            "created_at": START,
            "updated_at": START,
            "company": account,
        }
        for account in sorted({row["account_id"] for row in SUBSCRIPTIONS})
    ],
    "subscription_history": SUBSCRIPTIONS,
    "subscription_add_on_history": ADD_ONS,
    "plan_history": PLANS,
    "coupon_redemption_history": REDEMPTIONS,
    "coupon_discount": COUPON_DISCOUNTS,
    "coupon_history": COUPONS,
    "invoice_history": INVOICES,
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Connected:
    """The accounts above, built."""
    rates = [{"rate_on": "2024-01-01", "currency": "EUR", "rate_to_reporting": 1.10}]
    return connected(
        tmp_path_factory.mktemp("recurly"),
        {"recurly": TABLES},
        raw={"billing_exchange_rates": rates},
        select=MODELS,
        reporting_currency="USD",
    )


@pytest.mark.parametrize("account", EXPECTED)
def test_mrr_is_as_worked_by_hand(company: Connected, account: str) -> None:
    assert closing_mrr(company, account) == by_month(EXPECTED[account], "2025-06")


def test_an_account_whose_payment_failed_is_none(company: Connected) -> None:
    assert closing_mrr(company, "failed") == {}
    taken = company.rows(
        "select account_id from connectors.con_recurly__accounts where not_taken is null"
    )
    assert {row[0] for row in taken} == set(EXPECTED)


def test_nothing_is_lost(company: Connected) -> None:
    counts = company.rows(
        "select table_name, not_taken_rows, rejected_rows, difference"
        " from quality.dq_reconciliation where raw_rows > 0"
    )
    assert all(rejected == 0 and difference == 0 for _, _, rejected, difference in counts)
    left_out = {name: rows for name, rows, _, _ in counts if rows}
    # Accounts: the failed one. Subscriptions: it, and 9 versions that are no longer the newest.
    # Items and terms: those of the failed one. Pauses: the one called off. Invoices: the credit and
    # one of the failed account.
    assert left_out == {
        "accounts": 1,
        "subscriptions": 10,
        "subscription_items": 1,
        "subscription_pauses": 1,
        "invoices": 2,
    }


def test_invoices_are_open_until_they_are_paid(company: Connected) -> None:
    rows = company.rows(
        "select invoice_id, status, paid_on is not null from connectors.con_recurly__invoices"
        " where not_taken is null"
    )
    assert {row[0]: row[1:] for row in rows} == {
        "i_paid": ("paid", True),
        "i_past_due": ("open", False),
        "i_failed": ("open", False),
        "i_voided": ("void", False),
    }


def test_a_term_has_all_its_billing_periods(company: Connected) -> None:
    rows = company.rows(
        "select account_id, term_months, auto_renew, status"
        " from connectors.con_recurly__subscriptions"
        " where account_id in ('yearly', 'canceled') order by account_id"
    )
    assert rows == [("canceled", 1, False, "active"), ("yearly", 24, True, "active")]


def test_subscriptions_alone_build_in_another_shape(tmp_path: Path) -> None:
    """JSON for parents, and no object but the subscriptions."""
    rows = [
        {
            "id": row["id"],
            "account": json.dumps({"id": row["account_id"]}),
            "plan": json.dumps({"id": row["plan_id"]}),
            "current_period_started_at": "2024-06-10T09:00:00Z",
            "current_period_ends_at": "2024-07-10T09:00:00Z",
        }
        | {name: row[name] for name in ("state", "created_at", "activated_at", "updated_at")}
        | {name: row[name] for name in ("currency", "unit_amount", "quantity", "add_ons_total")}
        for row in SUBSCRIPTIONS
        if row["account_id"] in ("change", "total")
    ]
    small = connected(tmp_path, {"recurly": {"subscriptions": rows}}, select="+fct_mrr_monthly")
    # The newest fact is the price of 2 May 2024.
    assert closing_mrr(small, "change") == by_month(EXPECTED["change"], "2024-05")
    assert closing_mrr(small, "total") == by_month(EXPECTED["total"], "2024-05")
    assert "recurly has no coupon_redemption" in small.output
    assert "MRR is the price without discounts" in small.output


def test_without_subscriptions_one_message_says_so(tmp_path: Path) -> None:
    small = connected(tmp_path, {"recurly": {"plan_history": PLANS}}, select="+fct_mrr_monthly")
    assert small.code != 0
    assert "recurly has no subscription (looked for subscription_history" in small.output


@pytest.mark.skipif(not (SHARED / "recurly_fivetran").is_dir(), reason="needs ../shared/acceptance")
def test_four_subscriptions_as_a_loader_left_them(tmp_path: Path) -> None:
    """182 account-months: 99 a month, and 2,999 + 2,597, from March 2019 on with 10 % off.

    The trial of the second ends on 20 February 2015. The two others end on their first day.
    """
    small = connected(
        tmp_path, {"recurly": SHARED / "recurly_fivetran"}, select=MODELS, run_date="2022-08-31"
    )
    plain = closing_mrr(small, "51bccf87e2571558b3da93688e17469f")
    discounted = closing_mrr(small, "4458762633d912919d7ff692cab13b69")
    assert plain == by_month({"2015-02": 99}, "2022-08")
    assert discounted == by_month({"2015-02": 5596, "2019-03": 5036.40}, "2022-08")
    assert len(plain) + len(discounted) == 182
