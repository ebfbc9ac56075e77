"""The reference itself, held to numbers that were worked by hand."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from random_company import write_csv
from reference.lines import Policy, to_cents
from reference.movements import is_opening, monthly, movements
from reference.retention import Member, churns, cohorts, measure, retention
from worked_company import worked_company

from benchmarks.truncation import truncate_raw


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
    company = worked_company(
        tmp_path,
        date(2025, 6, 15),
        billing_subscriptions="""\
subscription_id=s0 account_id=b started_on=2024-12-01 ended_on=2024-12-20
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
    january = [
        base.ending
        for key, base in cohorts(company).items()
        if (key[0], key[2]) == ("month", "all")
    ]
    assert january == [100, 90, 0, 90, 0]
    # If the records begin with the account, nobody knows when it was won.
    assert is_opening(company, date(2024, 12, 1))
    assert not is_opening(company, date(2025, 1, 1))
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
        company = worked_company(tmp_path, date(2025, 6, 30), policy, **tables)
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


def test_an_amount_counts_until_an_item_is_known(tmp_path: Path) -> None:
    """Nothing is read from the future: in February nobody knows that items will come."""
    company = worked_company(
        tmp_path,
        date(2025, 4, 30),
        billing_subscriptions="""\
subscription_id=s account_id=a started_on=2025-01-10 mrr_amount=70 seats=9
""",
        billing_subscription_items="""\
subscription_id=s item_id=i product_id=core effective_from=2025-03-10 effective_to=2025-04-10 \
quantity=1 unit_amount=100 billing_interval=month
""",
    )
    rows = monthly(company)
    assert [(row.closing, row.seats) for row in rows] == [(70, 9), (70, 9), (100, 1), (0, 0)]


def test_a_successor_takes_the_place_of_its_predecessor(tmp_path: Path) -> None:
    """Renewed early, on trial first, in a circle, by nothing, and by a stranger."""
    company = worked_company(
        tmp_path,
        date(2025, 6, 30),
        billing_subscriptions="""\
subscription_id=e1 account_id=early started_on=2024-05-15 ended_on=2025-05-15 mrr_amount=100
subscription_id=e2 account_id=early started_on=2025-04-20 mrr_amount=110 renews_subscription_id=e1
subscription_id=t1 account_id=tries started_on=2025-01-01 mrr_amount=100
subscription_id=t2 account_id=tries started_on=2025-04-20 mrr_amount=70 trial_ends_on=2025-05-20 \
renews_subscription_id=t1
subscription_id=c1 account_id=circle started_on=2025-01-01 mrr_amount=10 renews_subscription_id=c2
subscription_id=c2 account_id=circle started_on=2025-01-01 mrr_amount=20 renews_subscription_id=c1
subscription_id=v1 account_id=void started_on=2025-01-01 mrr_amount=100
subscription_id=v2 account_id=void started_on=2025-04-20 ended_on=2025-04-20 mrr_amount=1 \
renews_subscription_id=v1
subscription_id=o1 account_id=other started_on=2025-04-20 mrr_amount=5 renews_subscription_id=v1
""",
    )
    rows = {(row.account_id, row.month.month, row.month.year): row for row in monthly(company)}
    closings = {
        name: [int(rows[name, month, 2025].closing) for month in (4, 5)]
        for name in ("early", "tries", "circle", "void", "other")
    }
    assert closings == {
        "early": [110, 110],
        "tries": [100, 70],
        "circle": [20, 20],
        "void": [100, 100],
        "other": [5, 5],
    }


@pytest.mark.parametrize(
    ("before", "after", "drivers"),
    [
        ("s fee flat 1 1000,s seat seat 10 50", "s fee flat 1 1000,s seat seat 15 50", (250, 0)),
        ("s a seat 10 50,s b seat 5 80", "s a seat 12 50,s b seat 5 80", (100, 0)),
        ("s a seat 10 50,s b seat 5 80", "s a seat 10 60,s b seat 5 80", (0, 100)),
        ("s a seat 10 50", "r x seat 12 50", (100, 0)),
        ("s a seat 10 50,s b seat 5 80", "r a seat 12 50,r b seat 5 80", (100, 0)),
        ("s a seat 10 50", "s a seat 10 50,s b seat 5 80", (400, 0)),
        ("s a seat 10 50", "s a seat 10 50,s fee flat 1 200", (0, 200)),
        ("s a seat 10 50", "s fee flat 1 600", (0, 100)),
    ],
)
def test_quantity_is_taken_line_by_line(
    tmp_path: Path, before: str, after: str, drivers: tuple[int, int]
) -> None:
    """At the old price of the line itself, or of its like."""
    rows = []
    for lines, since in ((before, "2025-01-01"), (after, "2025-02-01")):
        for line in lines.split(","):
            subscription, item, unit, quantity, price = line.split()
            rows.append(
                f"subscription_id={subscription} item_id={item} product_id=core"
                f" effective_from={since} effective_to=2025-0{int(since[6]) + 1}-01 unit={unit}"
                f" quantity={quantity} unit_amount={price} billing_interval=month"
            )
    company = worked_company(
        tmp_path,
        date(2025, 2, 28),
        billing_subscriptions="subscription_id=s account_id=a started_on=2025-01-01\n"
        "subscription_id=r account_id=a started_on=2025-02-01",
        billing_subscription_items="\n".join(rows),
    )
    found = {
        driver: amount
        for (_, month, _, driver, _), amount in movements(company).items()
        if month == date(2025, 2, 1)
    }
    seats, price = drivers
    assert found == {k: v for k, v in {"seats": seats, "price": price}.items() if v}


def test_a_discount_above_the_price_and_rejected_items_earn_nothing(tmp_path: Path) -> None:
    """Nor do they bring back the list price; a month before the items began it counts."""
    company = worked_company(
        tmp_path,
        date(2025, 2, 28),
        billing_subscriptions="""\
subscription_id=d account_id=coupon started_on=2025-01-01 mrr_amount=49
subscription_id=r account_id=rejected started_on=2025-01-01 mrr_amount=49
""",
        billing_subscription_items="""\
subscription_id=d item_id=i product_id=core effective_from=2025-01-01 quantity=1 unit_amount=49 \
billing_interval=month discount_amount=50
subscription_id=r item_id=i product_id=core effective_from=2025-02-01 quantity=-1 unit_amount=49 \
billing_interval=month
""",
    )
    assert company.closings == {"coupon": [0, 0], "rejected": [49, 0]}


def _cut(folder: Path, table: str, *rows: str) -> list[dict[str, str]]:
    """The rows of a table, given as `column=value column=value`, as known on 31 March."""
    parsed = [dict(pair.split("=") for pair in row.split()) for row in rows]
    names = dict.fromkeys(name for row in parsed for name in row)
    write_csv(folder / f"{table}.csv", names, parsed)
    truncate_raw(folder, folder / "cut", date(2025, 3, 31))
    with (folder / "cut" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [{k: v for k, v in row.items() if v} for row in csv.DictReader(file)]


def test_a_cut_reads_as_the_extracts_did_that_day(tmp_path: Path) -> None:
    """Rows, late columns, and states that were others."""
    assert _cut(
        tmp_path,
        "billing_subscriptions",
        "subscription_id=ended started_on=2025-01-01 ended_on=2025-03-31 status=expired",
        "subscription_id=reported started_on=2025-01-01 canceled_on=2025-03-31 ended_on=2025-09-01"
        " status=canceled",
        "subscription_id=untold started_on=2025-01-01 canceled_on=2025-04-01 ended_on=2025-04-02"
        " status=canceled",
        "subscription_id=trial started_on=2025-03-31 trial_ends_on=2025-05-01 status=trialing",
        "subscription_id=later started_on=2025-04-01",
        "subscription_id=broken started_on=soon",
    ) == [
        dict(subscription_id="ended", started_on="2025-01-01", ended_on="2025-03-31")
        | {"status": "expired"},
        dict(subscription_id="reported", started_on="2025-01-01", ended_on="2025-09-01")
        | {"status": "canceled", "canceled_on": "2025-03-31"},
        dict(subscription_id="untold", started_on="2025-01-01"),
        dict(subscription_id="trial", started_on="2025-03-31", status="trialing")
        | {"trial_ends_on": "2025-05-01"},
        dict(subscription_id="broken", started_on="soon"),
    ]
    activities = _cut(
        tmp_path,
        "crm_activities",
        "activity_id=1 scheduled_at=2025-03-31T09:00:00Z status=no_show",
        "activity_id=2 scheduled_at=2025-03-30T09:00:00Z status=no_show",
        "activity_id=3 scheduled_at=2025-03-01 completed_at=2025-04-01T00:30:00+02:00"
        " status=completed",
        "activity_id=4 scheduled_at=2025-03-01 completed_at=2025-04-01 status=completed",
        "activity_id=5 completed_at=2025-04-01 status=completed",
    )
    assert [(row["activity_id"], row["status"]) for row in activities] == [
        ("1", "scheduled"),
        ("2", "no_show"),
        ("3", "completed"),
        ("4", "scheduled"),
    ]
    assert "completed_at" not in activities[3]
    _cut(
        tmp_path,
        "crm_opportunity_stages",
        "opportunity_id=1 stage=qualified entered_at=2025-03-01",
        "opportunity_id=1 stage=closed_won entered_at=2025-04-01",
        "opportunity_id=2 stage=proposed entered_at=2025-04-01",
    )
    opportunities = _cut(
        tmp_path,
        "crm_opportunities",
        "opportunity_id=1 created_at=2025-02-01 closed_on=2025-04-01 stage=closed_won",
        "opportunity_id=2 created_at=2025-02-01 stage=proposed",
        "opportunity_id=3 created_at=2025-02-01 closed_on=2025-04-01 stage=closed_lost",
        "opportunity_id=4 created_at=2025-02-01 closed_on=2025-03-31 stage=closed_lost",
        "opportunity_id=5 created_at=2025-02-01 stage=committed",
    )
    assert [row["stage"] for row in opportunities] == [
        "qualified",
        "identified",
        "identified",
        "closed_lost",
        "committed",
    ]
    terms = _cut(
        tmp_path,
        "billing_contract_terms",
        "subscription_id=1 term_start_on=2025-05-01 signed_on=2025-03-31",
        "subscription_id=2 term_start_on=2025-03-01 signed_on=2025-04-01",
        "subscription_id=3 term_start_on=2025-03-01",
    )
    assert [row["subscription_id"] for row in terms] == ["1", "3"]
