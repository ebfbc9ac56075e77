"""The reference itself, held to numbers that were worked by hand."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from random_company import RandomCompany
from reference.lines import Policy, to_cents
from reference.movements import monthly, movements
from reference.mrr import Company
from reference.retention import Member, churns, cohorts, measure, retention

RUN_DATE = date(2025, 7, 1)


def _company(folder: Path, as_of: date, policy: Policy | None = None, **tables: str) -> Company:
    """Tables as `column=value column=value` lines."""
    rows = {
        name: [dict(pair.split("=") for pair in line.split()) for line in text.split("\n") if line]
        for name, text in tables.items()
    }
    names = {row["account_id"] for row in rows["billing_subscriptions"]}
    rows["crm_accounts"] = [
        {"account_id": name, "account_name": name, "created_at": "2024-01-01"} for name in names
    ]
    RandomCompany(rows).write(folder)
    return Company.read(folder, as_of, RUN_DATE, policy)


def test_worked_example_of_the_definitions() -> None:
    """Start 1,000,000, expansion 150,000, contraction 30,000, churn 50,000."""
    members = [
        Member(Decimal(50_000), Decimal(0)),
        Member(Decimal(130_000), Decimal(100_000)),
        Member(Decimal(820_000), Decimal(970_000)),
        Member(Decimal(0), Decimal(500_000)),  # won inside the window: in no base
    ]
    base = measure(members)
    assert (base.starting, base.expansion, base.contraction, base.churn) == (
        1_000_000,
        150_000,
        30_000,
        50_000,
    )
    assert (base.nrr, base.grr, base.logo) == (pytest.approx(1.07), pytest.approx(0.92), 2 / 3)
    assert (measure([]).grr, measure([]).nrr, measure([]).logo) == (None, None, None)


@pytest.mark.parametrize(
    ("amount", "cents"),
    [(2.675, "2.68"), (1.005, "1.01"), (0.145 * 100, "14.50"), (-2.675, "-2.68"), (0.004999, "0")],
)
def test_half_a_cent_rounds_away_from_zero(amount: float, cents: str) -> None:
    """Also where the double lies a little below the half."""
    assert to_cents(amount) == Decimal(cents)


def test_a_year_in_the_life_of_an_account(tmp_path: Path) -> None:
    """Ten seats, twelve seats and a discount, a pause, the end, and a return."""
    company = _company(
        tmp_path,
        date(2025, 6, 15),
        billing_subscriptions="""\
subscription_id=s1 account_id=a started_on=2025-01-31 ended_on=2025-05-10
subscription_id=s2 account_id=a started_on=2025-06-01 mrr_amount=50 plan_id=p
""",
        billing_plans="plan_id=p product_id=core",
        billing_subscription_items="""\
subscription_id=s1 item_id=i product_id=core effective_from=2025-01-31 quantity=10 \
unit_amount=120 billing_interval=year
subscription_id=s1 item_id=i product_id=core effective_from=2025-02-28 quantity=12 \
unit_amount=120 billing_interval=year discount_percent=25
""",
        billing_subscription_pauses="""\
subscription_id=s1 paused_from=2025-03-31 resumed_on=2025-04-30
""",
    )
    assert [
        (row.month.month, row.opening, row.movement, row.closing) for row in monthly(company)
    ] == [
        (1, 0, "new", 100),
        (2, 100, "contraction", 90),
        (3, 90, "churn", 0),
        (4, 0, "reactivation", 90),
        (5, 90, "churn", 0),
        (6, 0, "reactivation", 50),
    ]
    drivers = {(key[1].month, key[3]): amount for key, amount in movements(company).items()}
    assert drivers == {
        (1, "start"): 100,
        (2, "seats"): 20,
        (2, "price"): -30,
        (3, "pause"): -90,
        (4, "pause"): 90,
        (5, "end"): -90,
        (6, "return"): 50,
    }
    event = churns(company)["a", date(2025, 5, 1)]
    assert len(churns(company)) == 1
    assert (event.churned_mrr, event.churned_on) == (90, date(2025, 5, 10))
    assert event.is_reactivated_later
    march = retention(company)[1, date(2025, 3, 1), "all", "all"]
    assert (march.churn, march.paused_accounts, march.grr) == (90, 1, 0)
    january = [base.ending for key, base in cohorts(company).items() if key[0] == "month"]
    assert january == [100, 90, 0, 90, 0]
    # The open month enters no window, and June has not been reached.
    assert max(month for _, month, _, _ in retention(company)) == date(2025, 5, 1)


def test_each_choice_of_the_policy(tmp_path: Path) -> None:
    """Each choice moves the figure of 30 June that it is about, and no other."""
    tables = {
        "billing_subscriptions": """\
subscription_id=pause account_id=a started_on=2025-01-01
subscription_id=discount account_id=b started_on=2025-01-01
subscription_id=metered account_id=c started_on=2025-01-01
subscription_id=notice account_id=d started_on=2025-01-01 canceled_on=2025-06-01 ended_on=2025-09-01
subscription_id=late account_id=e started_on=2025-01-01
subscription_id=trial account_id=f started_on=2025-01-01 is_trial=true mrr_amount=100
""",
        "billing_subscription_items": "\n".join(
            f"subscription_id={name} item_id=i product_id=core effective_from=2025-01-01"
            f" quantity=1 unit_amount=100 billing_interval=month {more}"
            for name, more in {
                "pause": "",
                "discount": "discount_percent=40 is_temporary_discount=yes",
                "metered": "unit=usage",
                "notice": "",
                "late": "",
            }.items()
        ),
        "billing_subscription_pauses": "subscription_id=pause paused_from=2025-06-01",
        "billing_invoices": """\
invoice_id=1 account_id=e issued_on=2025-05-17 due_on=2025-05-31 amount_due=1
invoice_id=2 account_id=d issued_on=2025-01-01 status=void amount_due=1
""",
    }

    def june(policy: Policy) -> dict[str, int]:
        company = _company(tmp_path, date(2025, 6, 30), policy, **tables)
        rows = [row for row in monthly(company) if row.month == date(2025, 6, 1)]
        return {row.account_id: int(row.closing) for row in rows}

    usual = {"a": 0, "b": 60, "c": 100, "d": 100, "e": 100}
    assert june(Policy()) == usual
    assert june(Policy(paused="count")) == usual | {"a": 100}
    assert june(Policy(temporary_discounts="ignore")) == usual | {"b": 100}
    excluded = june(Policy(metered_items="exclude"))
    assert excluded == {name: mrr for name, mrr in usual.items() if name != "c"}
    assert june(Policy(churn_lands_at="notice")) == usual | {"d": 0}
    assert june(Policy(past_due="churn_after", past_due_days=30)) == usual | {"e": 0}
    assert june(Policy(past_due="churn_after", past_due_days=31)) == usual
