"""Random companies for hypothesis: small, but with everything that MRR can meet."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import strategies as st
from reference.mrr import MONTHS, Policy
from reference.tables import TABLES

Raw = dict[str, str]

FIRST, LAST = date(2024, 12, 1), date(2026, 7, 31)
AS_OF_DATES = (date(2026, 6, 30), date(2026, 6, 17), date(2026, 2, 28), date(2025, 12, 31))
RUN_DATE = date(2026, 7, 5)
COLUMNS = {table.name: [column.name for column in table.columns] for table in TABLES}
CURRENCIES = ("", "USD", "EUR", "eur ", "GBP")
# Two currencies that move; the dollar is there too, and its rate must not be heeded.
RATES = [
    {"rate_on": rate_on, "currency": currency, "rate_to_reporting": rate}
    for rate_on, currency, rate in (
        ("2025-02-01", "EUR", "1.0817"),
        ("2025-09-15", "eur", "1.1333"),
        ("2026-01-01", "EUR", "1.0905"),
        ("2026-05-31", "EUR", "1.1601"),
        ("2025-06-01", "GBP", "1.25"),
        ("2026-03-01", "GBP", "1.3077"),
        ("2026-01-01", "USD", "2"),
    )
]


@dataclass
class RandomCompany:
    """Raw tables as text, the MRR policy and the day on which they are looked at."""

    tables: dict[str, list[Raw]] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    as_of: date = AS_OF_DATES[0]

    def write(self, folder: Path) -> None:
        """One CSV a table, each with every column of the contract."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, columns in COLUMNS.items():
            write_csv(folder / f"{name}.csv", columns, self.tables.get(name, []))


def write_csv(path: Path, columns: Iterable[str], rows: Iterable[Raw]) -> None:
    """Rows as CSV; what a row does not name is empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_policy(policy: Policy, path: Path) -> None:
    """The policy as `mrr_policy.csv`."""
    choices = {
        setting: getattr(policy, setting)
        for setting in (
            "paused",
            "temporary_discounts",
            "metered_items",
            "churn_lands_at",
            "past_due",
        )
    }
    days = policy.past_due_days
    rows = [
        {
            "setting": setting,
            "choice": choice,
            "parameter": str(days) if setting == "past_due" and days else "",
            "reason": "test",
        }
        for setting, choice in choices.items()
    ]
    write_csv(path, ("setting", "choice", "parameter", "reason"), rows)


# --- values -----------------------------------------------------------------------------------

# Changes happen at the edges of months more often than anywhere, and rules break there.
_months = st.integers(0, 19).map(lambda n: date(2024 + (11 + n) // 12, (11 + n) % 12 + 1, 1))
DAYS = st.one_of(
    _months,
    _months.map(lambda month: month - timedelta(days=1)),
    st.dates(FIRST, date(2025, 9, 30)),
    st.dates(FIRST, LAST),
)
PRICES = st.sampled_from(("10", "49.99", "333.335", "1200", "99.995", "9000", "0.015", "0"))
QUANTITIES = st.sampled_from(("3", "7", "10", "1", "2", "2.5", "0"))
SEATS = st.sampled_from(("", "0", "1", "4", "12", "12.0"))
INTERVALS = st.sampled_from(("month", "month", "year", *MONTHS, " Month"))
MAYBE_TRUE = st.sampled_from(("", "", "true", "false"))


def _or_empty(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(st.just(""), strategy)


@st.composite
def _later(draw: st.DrawFn, day: date) -> str:
    """A day not before another, or none: often soon, sometimes at once."""
    days = draw(st.sampled_from((None, None, None, 400, 200, 75, 31, 20, 1, 0)))
    return "" if days is None else (day + timedelta(days=days)).isoformat()


POLICIES = st.builds(
    Policy,
    paused=st.sampled_from(("zero", "count")),
    temporary_discounts=st.sampled_from(("subtract", "ignore")),
    metered_items=st.sampled_from(("count", "exclude")),
    churn_lands_at=st.sampled_from(("service_end", "notice")),
    past_due=st.sampled_from(("count", "churn_after")),
    past_due_days=st.sampled_from((1, 15, 45)),
)


# --- tables -----------------------------------------------------------------------------------

PLANS = [
    {"plan_id": "basic", "plan_name": "Basic", "product_id": "core", "plan_rank": "1"},
    {"plan_id": "plus", "plan_name": "Plus", "product_id": "core", "plan_rank": "2"},
    {"plan_id": "addon", "plan_name": "Add-on", "product_id": "addon", "plan_rank": ""},
    {"plan_id": "free", "plan_name": "Free", "product_id": "", "plan_rank": "0"},
]
PLAN_IDS = st.sampled_from(("", "basic", "plus", "addon", "free", "unknown"))
TEAM = [
    {"member_id": member_id, "member_name": member_id.upper(), "role": role}
    for member_id, role in (("m1", "csm"), ("m2", "senior_csm"), ("m3", "manager"))
]


@st.composite
def _subscription(draw: st.DrawFn, account_id: str, subscription_id: str) -> Raw:
    started = draw(DAYS)
    row = {
        "subscription_id": subscription_id,
        "account_id": account_id,
        "started_on": started.isoformat(),
        "ended_on": draw(_later(started)),
        "plan_id": draw(PLAN_IDS),
        "seats": draw(SEATS),
        "mrr_amount": draw(_or_empty(PRICES)),
        "currency": draw(st.sampled_from(CURRENCIES)),
        "is_trial": draw(st.sampled_from(("", "", "", "", "", "false", "true"))),
    }
    if row["ended_on"]:
        # Notice is given before the end, seldom long before.
        ended = date.fromisoformat(row["ended_on"])
        notice = ended - timedelta(days=draw(st.sampled_from((0, 10, 60))))
        row["canceled_on"] = draw(st.sampled_from(("", max(notice, started).isoformat())))
        row["status"] = draw(st.sampled_from(("", "canceled", "Expired")))
    else:
        row["status"] = draw(st.sampled_from(("", "", "active", "past_due", "paused", "trialing")))
    if row["is_trial"] or row["status"] == "trialing":
        row["trial_ends_on"] = draw(_later(started))
    return row


@st.composite
def _items(draw: st.DrawFn, subscription_id: str, started: date) -> list[Raw]:
    """Lines and their histories: gaps, open ends, changes in mid-month, at times an overlap."""
    rows = []
    for number in range(draw(st.integers(1, 3))):
        day = started + timedelta(days=draw(st.sampled_from((0, 0, -10, 40))))
        line = {
            "subscription_id": subscription_id,
            "item_id": f"line{number}",
            "product_id": draw(st.sampled_from(("core", "core", "addon", "data"))),
            "billing_interval": draw(INTERVALS),
            "billing_interval_count": draw(st.sampled_from(("", "", "1", "2"))),
            "unit": draw(st.sampled_from(("", "seat", "usage", "flat"))),
            "currency": draw(st.sampled_from(("", *CURRENCIES))),
        }
        for _ in range(draw(st.integers(1, 4))):
            step = draw(st.sampled_from((30, 31, 59, 120, 10)))
            length = draw(st.sampled_from((None, None, step, step, step - 5, 0, step + 9)))
            end = "" if length is None else (day + timedelta(days=length)).isoformat()
            row = line | {
                "effective_from": day.isoformat(),
                "effective_to": end,
                "quantity": draw(QUANTITIES),
                "unit_amount": draw(PRICES),
                "plan_id": draw(PLAN_IDS),
                "discount_percent": draw(st.sampled_from(("", "", "10", "33.33", "100"))),
                "is_temporary_discount": draw(MAYBE_TRUE),
            }
            if draw(st.integers(0, 4)) == 4:
                row["discount_amount"] = draw(st.sampled_from(("0.02", "5")))
            rows.append(row)
            day += timedelta(days=step)
    return rows


@st.composite
def _pauses(draw: st.DrawFn, subscription_id: str, started: date) -> list[Raw]:
    rows = []
    day = started + timedelta(days=draw(st.sampled_from((-20, 0, 25, 60))))
    for _ in range(draw(st.sampled_from((1, 1, 2)))):
        length = draw(st.sampled_from((0, 20, 35, 90, None)))
        resumed = "" if length is None else (day + timedelta(days=length)).isoformat()
        rows.append(
            {
                "subscription_id": subscription_id,
                "paused_from": day.isoformat(),
                "resumed_on": resumed,
            }
        )
        day += timedelta(days=120)
    return rows


@st.composite
def _invoices(draw: st.DrawFn, account_id: str) -> list[Raw]:
    rows = []
    for number in range(draw(st.integers(0, 2))):
        issued = draw(DAYS)
        paid = draw(_later(issued))
        states = ("paid", "") if paid else ("open", "void", "draft", "uncollectible", "paid", "")
        rows.append(
            {
                "invoice_id": f"{account_id}-i{number}",
                "account_id": account_id,
                "issued_on": issued.isoformat(),
                "due_on": draw(_or_empty(st.just((issued + timedelta(days=14)).isoformat()))),
                "paid_on": paid,
                "amount_due": "100",
                "status": draw(st.sampled_from(states)),
            }
        )
    return rows


@st.composite
def _assignments(draw: st.DrawFn, account_id: str) -> list[Raw]:
    rows: dict[tuple[str, str], Raw] = {}
    for _ in range(draw(st.integers(0, 2))):
        day = draw(_months)
        row = {
            "account_id": account_id,
            "member_id": draw(st.sampled_from(("m1", "m2", "m3", "gone"))),
            "assigned_from": day.isoformat(),
            "assigned_to": draw(_later(day)),
        }
        rows[row["member_id"], row["assigned_from"]] = row
    return list(rows.values())


@st.composite
def clean_companies(draw: st.DrawFn) -> RandomCompany:
    """A company whose rows are all well formed; a line may still overlap itself."""
    tables: dict[str, list[Raw]] = {name: [] for name in COLUMNS}
    tables["billing_plans"] = [dict(row) for row in PLANS]
    tables["crm_team_members"] = [dict(row) for row in TEAM]
    tables["billing_exchange_rates"] = [dict(row) for row in RATES]
    for number in range(draw(st.integers(2, 5))):
        account_id = f"a{number}"
        tables["crm_accounts"].append(
            {
                "account_id": account_id,
                "account_name": account_id.upper(),
                "created_at": "2024-11-05T08:00:00Z",
                "industry": draw(st.sampled_from(("", "retail", "health"))),
                "region": draw(st.sampled_from(("", "north"))),
                "csm_id": draw(st.sampled_from(("", "m1", "m2"))),
            }
        )
        for index in range(draw(st.integers(1, 3))):
            subscription = draw(_subscription(account_id, f"{account_id}-s{index}"))
            tables["billing_subscriptions"].append(subscription)
            subscription_id = subscription["subscription_id"]
            started = date.fromisoformat(subscription["started_on"])
            if draw(st.integers(0, 2)):
                tables["billing_subscription_items"] += draw(_items(subscription_id, started))
            if not draw(st.integers(0, 2)):
                tables["billing_subscription_pauses"] += draw(_pauses(subscription_id, started))
        tables["billing_invoices"] += draw(_invoices(account_id))
        tables["crm_account_assignments"] += draw(_assignments(account_id))
    return RandomCompany(tables, draw(POLICIES), draw(st.sampled_from(AS_OF_DATES)))


# --- dirt -------------------------------------------------------------------------------------

# What spoils a row: the table, and what it then reads. `None` copies the row as it stands.
DIRT: tuple[tuple[str, Raw | None], ...] = (
    ("crm_accounts", None),
    ("crm_accounts", {"account_name": " "}),
    ("crm_accounts", {"created_at": "yesterday"}),
    ("crm_accounts", {"created_at": "2025-01-01T00:30:00+02:00", "account_name": "Later"}),
    ("billing_subscriptions", None),
    ("billing_subscriptions", {"started_on": "2025-02-30"}),
    ("billing_subscriptions", {"started_on": "1989-12-31"}),
    ("billing_subscriptions", {"started_on": "2036-07-06"}),
    ("billing_subscriptions", {"account_id": "nobody"}),
    ("billing_subscriptions", {"ended_on": "2001-01-01"}),
    ("billing_subscriptions", {"mrr_amount": "-0.01"}),
    ("billing_subscriptions", {"mrr_amount": "5", "currency": "XAU"}),
    ("billing_subscriptions", {"mrr_amount": "", "currency": "XAU"}),
    ("billing_subscriptions", {"status": "expired", "ended_on": ""}),
    ("billing_subscriptions", {"status": "asleep", "seats": "many", "is_trial": "maybe"}),
    ("billing_subscriptions", {"started_on": "2025-03-03T23:59:00-05:00", "ended_on": ""}),
    ("billing_subscription_items", None),
    ("billing_subscription_items", {"quantity": ""}),
    ("billing_subscription_items", {"quantity": "1,5"}),
    ("billing_subscription_items", {"billing_interval": "fortnight"}),
    ("billing_subscription_items", {"subscription_id": "nothing"}),
    ("billing_subscription_items", {"effective_to": "2001-01-01"}),
    ("billing_subscription_items", {"discount_amount": "999999"}),
    ("billing_subscription_items", {"currency": "XAU"}),
    ("billing_subscription_items", {"unit_amount": "8"}),
    ("billing_subscription_items", {"unit": "crate", "discount_percent": "ten"}),
    ("billing_subscription_items", {"effective_from": "2025-05-20"}),
    ("billing_subscription_pauses", None),
    ("billing_subscription_pauses", {"resumed_on": "2001-01-01"}),
    ("billing_subscription_pauses", {"paused_from": "2025-10-10"}),
    ("billing_invoices", {"amount_due": "much"}),
    ("billing_exchange_rates", {"rate_to_reporting": ""}),
    ("billing_exchange_rates", None),
    ("billing_plans", {"plan_rank": "9"}),
    ("crm_team_members", {"role": "wizard"}),
    ("crm_account_assignments", {"account_id": "nobody"}),
)


@st.composite
def companies(draw: st.DrawFn) -> RandomCompany:
    """A company with dirty rows of every kind."""
    company = draw(clean_companies())
    for table, change in draw(st.lists(st.sampled_from(DIRT), max_size=5)):
        rows = company.tables[table]
        if rows:
            row = rows[draw(st.integers(0, len(rows) - 1))]
            # Half of the time the spoilt row stands beside the good one, else in its place.
            if change is None or draw(st.booleans()):
                rows.insert(draw(st.integers(0, len(rows))), row | (change or {}))
            else:
                row.update(change)
    return company


@st.composite
def round_companies(draw: st.DrawFn) -> RandomCompany:
    """A clean company whose prices divide by every interval and quantity without a remainder."""
    company = draw(clean_companies())
    for row in company.tables["billing_subscription_items"]:
        row["unit_amount"] = str(draw(st.integers(0, 9)) * 8_424_000)
        row["discount_percent"] = draw(st.sampled_from(("", "50")))
        row["discount_amount"] = ""
        row["currency"] = ""
    for row in company.tables["billing_subscriptions"]:
        row["mrr_amount"] = str(draw(st.integers(0, 9)) * 1_200)
        row["currency"] = ""
    return company


@st.composite
def lawful_companies(draw: st.DrawFn) -> RandomCompany:
    """A clean company of which nothing that comes later undoes what was there before."""
    company = draw(clean_companies())
    rows = sorted(
        company.tables["billing_subscription_items"],
        key=lambda row: (row["subscription_id"], row["item_id"], row["effective_from"]),
    )
    for row, after in pairwise(rows):
        # A row that overlaps is rejected once the end before it is known, and not before.
        if (row["subscription_id"], row["item_id"]) == (after["subscription_id"], after["item_id"]):
            row["effective_to"] = min(row["effective_to"], after["effective_from"])
    # Nor may the reporting currency hang on which currencies have come up by then.
    company.tables["billing_subscriptions"].append(
        {
            "subscription_id": "first",
            "account_id": "a0",
            "started_on": FIRST.isoformat(),
            "currency": "USD",
        }
    )
    return company
