"""What is owed, what is free, who came and went, and days without use, in one small company."""

from datetime import date

import pytest
from bad_extracts import Built, Company, company_in
from raw_folder import write_folder

AS_OF = "2025-06-30"
MODELS = (
    *("--indirect-selection", "cautious", "--select"),
    *("+fct_churn_events", "+fct_mrr_movements", "+fct_retention", "+dim_accounts"),
    *("+fct_invoices", "+fct_usage_monthly", "+fct_mrr_monthly", "+dq_reconciliation"),
)


def _subscription(account: str, started: str, ended: str = "", amount: str = "") -> dict[str, str]:
    return {
        "subscription_id": account,
        "account_id": account,
        "started_on": started,
        "ended_on": ended,
        "mrr_amount": amount,
        "currency": "USD",
    }


def _item(
    subscription: str, begins: str, ends: str, quantity: str = "1", discount: str = ""
) -> dict[str, str]:
    return {
        "subscription_id": subscription,
        "item_id": "line",
        "product_id": "core",
        "effective_from": begins,
        "effective_to": ends,
        "quantity": quantity,
        "unit_amount": "200",
        "billing_interval": "month",
        "discount_percent": discount,
    }


SUBSCRIPTIONS = [
    *(_subscription(name, "2024-06-01") for name in ("free", "seatless", "lineless")),
    _subscription("free to its end", "2024-06-01", "2025-05-05"),
    _subscription("always free", "2024-06-01", amount="0"),
    _subscription("brief", "2025-03-05", "2025-03-20", "70"),
    _subscription("brief for nothing", "2025-03-05", "2025-03-20", "0.004"),
    _subscription("owes", "2024-06-01", amount="100"),
]
ITEMS = [
    _item("free", "2024-06-01", "2025-03-10"),
    _item("free", "2025-03-10", "2025-04-10", discount="100"),
    _item("free", "2025-04-10", ""),
    _item("seatless", "2024-06-01", "2025-03-01"),
    _item("seatless", "2025-03-01", "2025-04-01", quantity="0"),
    _item("seatless", "2025-04-01", ""),
    _item("lineless", "2024-06-01", "2025-03-10"),
    _item("lineless", "2025-04-10", ""),
    _item("free to its end", "2024-06-01", "2025-03-10"),
    _item("free to its end", "2025-03-10", "", discount="100"),
]
INVOICES = [
    {
        "invoice_id": name,
        "account_id": "owes",
        "issued_on": "2025-03-01",
        "due_on": "2025-03-15",
        "amount_due": due,
        "amount_paid": paid,
        "paid_on": paid_on,
        "status": status,
    }
    for name, due, paid, paid_on, status in (
        ("part", "1000", "100", "2025-03-20", "open"),
        ("part, paid later", "1000", "100", "2025-07-20", "open"),
        ("full without a date", "1000", "1000", "", ""),
        ("credit note", "-250", "", "", "open"),
        ("of nothing", "0", "", "", ""),
    )
]
DAYS = [date(2025, 6, day).isoformat() for day in range(1, 31)]
USAGE = [
    {
        "account_id": "owes",
        "user_id": user,
        "feature_key": "reports",
        "usage_on": day,
        "event_count": "4" if (user, day) in {("u1", DAYS[4]), ("u1", DAYS[9])} else nothing,
    }
    for user, nothing in (("u1", "0"), ("u2", "0"), ("u3", "-1"))
    for day in DAYS
]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    return company_in(tmp_path_factory.mktemp("company"))


@pytest.fixture(scope="module")
def built(company: Company) -> Built:
    accounts = [
        {"account_id": row["account_id"], "account_name": "x", "created_at": "2023-01-01"}
        for row in SUBSCRIPTIONS
    ]
    write_folder(
        company.raw,
        {
            "crm_accounts": accounts,
            "billing_subscriptions": SUBSCRIPTIONS,
            "billing_subscription_items": ITEMS,
            "billing_invoices": INVOICES,
            "product_usage_daily": USAGE,
        },
    )
    done = company.build(*MODELS, as_of_date=AS_OF, run_date="2025-07-01")
    assert done.returncode == 0, done.output[-4000:]
    return done


@pytest.mark.parametrize("account", ["free", "seatless", "lineless"])
def test_a_month_at_nothing_under_a_contract_is_free(built: Built, account: str):
    assert built.query(
        "select month, movement_type, driver, amount from marts.fct_mrr_movements"
        f" where account_id = '{account}' and month > '2024-06-01' order by month"
    ) == [
        (date(2025, 3, 1), "churn", "free", -200),
        (date(2025, 4, 1), "reactivation", "free", 200),
    ]
    assert built.query(
        "select status, is_paused, churned_on, lifecycle_stage <> 'churned' from marts.dim_accounts"
        f" where account_id = '{account}'"
    ) == [("active", False, None, True)]


def test_who_is_free_counts_as_paused_and_churns_when_the_contract_ends(built: Built):
    assert built.query(
        "select account_id, churned_month, churned_on, churned_mrr from marts.fct_churn_events"
    ) == [("free to its end", date(2025, 5, 1), date(2025, 5, 5), 200)]
    march = (
        "select starting_accounts, retained_accounts, paused_accounts from marts.fct_retention"
        " where window_months = 1 and segment_type = 'all' and month = '2025-03-01'"
    )
    assert built.query(march) == [(5, 1, 4)]


def test_who_came_and_went_within_a_month_has_churned(built: Built):
    assert built.query(
        "select account_id, status, customer_since, first_mrr_month, churned_on, lifecycle_stage"
        " from marts.dim_accounts where account_id like 'brief%' or account_id = 'always free'"
        " order by 1"
    ) == [
        ("always free", "prospect", None, None, None, None),
        ("brief", "churned", date(2025, 3, 5), None, date(2025, 3, 20), "churned"),
        ("brief for nothing", "prospect", None, None, None, None),
    ]
    ledger = "select count(*) from marts.fct_mrr_monthly where account_id like 'brief%'"
    assert built.query(ledger) == [(0,)]


def test_invoices_are_late_for_what_is_left_to_pay(built: Built):
    assert built.query(
        "select invoice_id, status, days_past_due from marts.fct_invoices order by 1"
    ) == [
        ("credit note", "open", 0),
        ("full without a date", "paid", 0),
        ("of nothing", "paid", 0),
        ("part", "open", 107),
        ("part, paid later", "open", 107),
    ]


def test_rows_without_events_are_a_feed_and_no_use(built: Built):
    june = "select active_users, active_days, feature_events from marts.fct_usage_monthly"
    # On the two days one row of the three is below 0.
    assert built.query(f"{june} where month = '2025-06-01'") == [(1, 2, 6)]
    counts = "select raw_rows, accepted_rows from quality.dq_reconciliation"
    where = "where source_system = 'product' and table_name = 'usage_daily'"
    assert built.query(f"{counts} {where}") == [(90, 90)]
