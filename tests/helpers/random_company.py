"""Random companies for hypothesis: small, but with everything that MRR can meet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter
from random_life import FIRST, Dice, Raw, add_life, describe, silence
from reference.dirt import DIRT
from reference.lines import MONTHS, Policy
from reference.tables import TABLES, USAGE_TABLES

AS_OF_DATES = (date(2026, 6, 30), date(2026, 6, 17), date(2026, 2, 28), date(2025, 12, 31))
RUN_DATE = date(2026, 7, 5)
COLUMNS = {
    table.name: [column.name for column in table.columns] for table in (*TABLES, *USAGE_TABLES)
}
# Daily usage comes typed, as Parquet; all else as text, in which anything can stand.
USAGE = "product_usage_daily"
USAGE_TYPES = {
    "usage_on": pa.date32(),
    "event_count": pa.int32(),
    "quantity": pa.float64(),
    "duration_seconds": pa.int32(),
    "loaded_at": pa.timestamp("us"),
}
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


@dataclass(repr=False)
class RandomCompany:
    """Raw tables as text, the MRR policy and the day on which they are looked at."""

    tables: dict[str, list[Raw]] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    as_of: date = AS_OF_DATES[0]
    call: str = "RandomCompany()"  # the code that makes it again

    def __repr__(self) -> str:
        """The call alone, so that a failure can be repeated; the tables would fill pages."""
        return self.call

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:
        """The same for hypothesis, which prints the fields of a dataclass otherwise."""
        printer.text(self.call)

    def write(self, folder: Path) -> None:
        """One file a table, each with every column of the contract."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, columns in COLUMNS.items():
            if name == USAGE:
                write_usage(folder / f"{name}.parquet", self.tables.get(name, []))
            else:
                write_csv(folder / f"{name}.csv", columns, self.tables.get(name, []))


def write_csv(path: Path, columns: Iterable[str], rows: Iterable[Raw]) -> None:
    """Rows as CSV; what a row does not name is empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_usage(path: Path, rows: list[Raw]) -> None:
    """Daily usage as Parquet."""
    arrays = {
        name: pa.array([row.get(name) or None for row in rows], pa.string()).cast(
            USAGE_TYPES.get(name, pa.string())
        )
        for name in COLUMNS[USAGE]
    }
    pq.write_table(pa.table(arrays), path)


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


# --- accounts ---------------------------------------------------------------------------------

PRICES = ("10", "49.99", "333.335", "1200", "99.995", "9000", "0.015", "0")
QUANTITIES = ("3", "7", "10", "1", "2", "2.5", "0")
PLANS = [
    {"plan_id": "basic", "plan_name": "Basic", "product_id": "core", "plan_rank": "1"},
    {"plan_id": "plus", "plan_name": "Plus", "product_id": "core", "plan_rank": "2"},
    {"plan_id": "addon", "plan_name": "Add-on", "product_id": "addon", "plan_rank": ""},
    {"plan_id": "free", "plan_name": "Free", "product_id": "", "plan_rank": "0"},
]
PLAN_IDS = ("", "basic", "plus", "addon", "free", "unknown")
TEAM = [
    {"member_id": member_id, "member_name": member_id.upper(), "role": role}
    for member_id, role in (("m1", "csm"), ("m2", "senior_csm"), ("m3", "manager"))
]


def _predecessor(dice: Dice, account_id: str) -> str:
    """Most name nobody, some another of the account or themselves, few a stranger."""
    own = [f"{account_id}-s{index}" for index in range(3)]
    return dice.choice(("", "", "", "", *own, *own, "a0-s0", "gone"))


def _subscription(dice: Dice, account_id: str, subscription_id: str) -> Raw:
    started = dice.day()
    row = {
        "subscription_id": subscription_id,
        "account_id": account_id,
        "started_on": started.isoformat(),
        "ended_on": dice.later(started),
        "plan_id": dice.choice(PLAN_IDS),
        "seats": dice.choice(("", "0", "1", "4", "12", "12.0")),
        "mrr_amount": dice.choice(("", *PRICES)),
        "currency": dice.choice(CURRENCIES),
        "is_trial": dice.choice(("", "", "", "", "", "false", "true")),
        "renews_subscription_id": _predecessor(dice, account_id),
    }
    if row["ended_on"]:
        # Notice is given before the end, seldom long before.
        ended = date.fromisoformat(row["ended_on"])
        notice = max(ended - timedelta(days=dice.choice((0, 10, 60))), started)
        row["canceled_on"] = dice.choice(("", notice.isoformat()))
        row["status"] = dice.choice(("", "canceled", "Expired"))
    else:
        row["status"] = dice.choice(("", "", "active", "past_due", "paused", "trialing"))
    if row["is_trial"] or row["status"] == "trialing":
        row["trial_ends_on"] = dice.later(started)
    return row


def _items(dice: Dice, subscription_id: str, started: date) -> list[Raw]:
    """Lines and their histories: gaps, open ends, changes in mid-month, at times an overlap."""
    rows = []
    for number in range(dice.randint(1, 3)):
        day = started + timedelta(days=dice.choice((0, 0, -10, 40)))
        line = {
            "subscription_id": subscription_id,
            "item_id": f"line{number}",
            "product_id": dice.choice(("core", "core", "addon", "data")),
            "billing_interval": dice.choice(("month", "month", "year", *MONTHS, " Month")),
            "billing_interval_count": dice.choice(("", "", "1", "2")),
            "unit": dice.choice(("", "seat", "usage", "flat")),
            "currency": dice.choice(("", *CURRENCIES)),
        }
        if rows and not dice.randrange(5):
            # A twin of the last row, so that two lines are of one size.
            rows.append(rows[-1] | {"item_id": f"twin{number}", "plan_id": dice.choice(PLAN_IDS)})
        for _ in range(dice.randint(1, 5)):
            step = dice.choice((30, 31, 59, 120, 10))
            row = line | {
                "effective_from": day.isoformat(),
                "effective_to": dice.later(
                    day, None, None, None, step, step, step, step - 5, 0, step + 9
                ),
                "quantity": dice.choice(QUANTITIES),
                "unit_amount": dice.choice(PRICES),
                "plan_id": dice.choice(PLAN_IDS),
                "discount_percent": dice.choice(("", "", "10", "33.33", "100")),
                "discount_amount": dice.choice(("", "", "", "", "0.02", "5")),
                "is_temporary_discount": dice.choice(("", "", "true", "false")),
            }
            rows.append(row)
            day += timedelta(days=step)
    return rows


def _pauses(dice: Dice, subscription_id: str, started: date) -> list[Raw]:
    rows = []
    day = started + timedelta(days=dice.choice((-20, 0, 25, 60, 150)))
    for _ in range(dice.choice((1, 1, 2))):
        rows.append(
            {
                "subscription_id": subscription_id,
                "paused_from": day.isoformat(),
                "resumed_on": dice.later(day, 0, 20, 35, 90, None),
            }
        )
        day += timedelta(days=120)
    return rows


def _invoices(dice: Dice, account_id: str) -> list[Raw]:
    rows = []
    for number in range(dice.choice((0, 0, 1, 2))):
        issued = dice.day()
        paid = dice.later(issued)
        states = ("open", "void", "draft", "uncollectible", "paid", "")
        rows.append(
            {
                "invoice_id": f"{account_id}-i{number}",
                "account_id": account_id,
                "issued_on": issued.isoformat(),
                "due_on": dice.later(issued, None, 14, 30, -10),
                "paid_on": paid,
                "amount_due": dice.choice(("100", "100", "99.99", "0", "-20")),
                "amount_paid": dice.choice(("", "", "100", "40", "0")),
                "status": dice.choice(("paid", "", *states) if paid else states),
            }
        )
    return rows


def _assignments(dice: Dice, account_id: str) -> list[Raw]:
    rows: dict[tuple[str, str], Raw] = {}
    for _ in range(dice.randint(0, 3)):
        day = dice.day()
        row = {
            "account_id": account_id,
            "member_id": dice.choice(("m1", "m2", "m3", "gone")),
            "assigned_from": day.isoformat(),
            "assigned_to": dice.choice(("", max(day, dice.day()).isoformat())),
        }
        rows[row["member_id"], row["assigned_from"]] = row
    return list(rows.values())


def _add_account(tables: dict[str, list[Raw]], dice: Dice, account_id: str) -> None:
    """An account with one to three subscriptions, which may overlap as they like."""
    tables["crm_accounts"].append(
        {
            "account_id": account_id,
            "account_name": account_id.upper(),
            "created_at": "2024-11-05T08:00:00Z",
            "industry": dice.choice(("", "retail", "health")),
            "region": dice.choice(("", "north")),
            "csm_id": dice.choice(("", "m1", "m2")),
            **describe(dice),
        }
    )
    for index in range(dice.randint(1, 3)):
        subscription_id = f"{account_id}-s{index}"
        subscription = _subscription(dice, account_id, subscription_id)
        tables["billing_subscriptions"].append(subscription)
        started = date.fromisoformat(subscription["started_on"])
        if dice.randrange(4):
            tables["billing_subscription_items"] += _items(dice, subscription_id, started)
        if not dice.randrange(3):
            tables["billing_subscription_pauses"] += _pauses(dice, subscription_id, started)
    tables["billing_invoices"] += _invoices(dice, account_id)
    tables["crm_account_assignments"] += _assignments(dice, account_id)
    add_life(tables, dice, account_id)


# --- companies --------------------------------------------------------------------------------

# Chance is drawn as one number and one string of bytes, each byte a few accounts: companies
# differ as much as they can, and one that fails still shrinks to the accounts that make it fail.
_SEEDS = st.integers(0, 2**32 - 1)
_BYTES = st.binary(min_size=1, max_size=20)


def _policy(dice: Dice) -> Policy:
    return Policy(
        paused=dice.choice(("zero", "count")),
        temporary_discounts=dice.choice(("subtract", "ignore")),
        metered_items=dice.choice(("count", "exclude")),
        churn_lands_at=dice.choice(("service_end", "notice")),
        past_due=dice.choice(("count", "churn_after")),
        past_due_days=dice.choice((1, 15, 45)),
    )


def clean_company(seed: int, households: bytes) -> RandomCompany:
    """With rows that are all well formed; a line may still overlap itself."""
    tables: dict[str, list[Raw]] = {name: [] for name in COLUMNS}
    tables["billing_plans"] = [dict(row) for row in PLANS]
    tables["crm_team_members"] = [dict(row) for row in TEAM]
    tables["billing_exchange_rates"] = [dict(row) for row in RATES]
    for position, household in enumerate(households):
        dice = Dice(f"{seed} {household}")
        for name in "abc":
            _add_account(tables, dice, f"{name}{position}")
    dice = Dice(seed)
    silence(tables, dice)
    return RandomCompany(tables, _policy(dice), dice.choice(AS_OF_DATES))


def dirty_company(seed: int, households: bytes) -> RandomCompany:
    """With dirty rows of every kind."""
    company, dice = clean_company(seed, households), Dice(~seed)
    for table, change in dice.choices(DIRT, k=dice.randrange(48)):
        rows = company.tables[table]
        if rows:
            row = dice.choice(rows)
            # Half of the time the spoilt row stands beside the good one, else in its place.
            if change is None or dice.randrange(2):
                rows.insert(dice.randint(0, len(rows)), row | (change or {}))
            else:
                row.update(change)
    return company


def round_company(seed: int, households: bytes) -> RandomCompany:
    """With prices that divide by every interval and quantity without a remainder."""
    company, dice = clean_company(seed, households), Dice(~seed)
    for row in company.tables["billing_subscription_items"]:
        row["unit_amount"] = str(dice.randrange(10) * 8_424_000)
        row["discount_percent"] = dice.choice(("", "50"))
        row["discount_amount"] = row["currency"] = ""
    for row in company.tables["billing_subscriptions"]:
        row["mrr_amount"] = str(dice.randrange(10) * 1_200)
        row["currency"] = ""
    return company


def lawful_company(seed: int, households: bytes) -> RandomCompany:
    """A company in which no later row changes an earlier fact."""
    company = clean_company(seed, households)
    rows = sorted(
        company.tables["billing_subscription_items"],
        key=lambda row: (row["subscription_id"], row["item_id"], row["effective_from"]),
    )
    for row, after in pairwise(rows):
        # A row that overlaps is rejected once the end before it is known, and not before.
        if (row["subscription_id"], row["item_id"]) == (after["subscription_id"], after["item_id"]):
            row["effective_to"] = min(row["effective_to"], after["effective_from"])
    # Nor may the reporting currency hang on which currencies have come up by then.
    first = company.tables["crm_accounts"][0]["account_id"]
    company.tables["billing_subscriptions"].append(
        {
            "subscription_id": "first",
            "account_id": first,
            "started_on": FIRST.isoformat(),
            "currency": "USD",
        }
    )
    return company


def random_companies(
    company: Callable[[int, bytes], RandomCompany],
) -> st.SearchStrategy[RandomCompany]:
    """Companies of one of the kinds above."""

    def made(seed: int, households: bytes) -> RandomCompany:
        call = f"{company.__name__}({seed}, {households!r})"
        return replace(company(seed, households), call=call)

    return st.builds(made, _SEEDS, _BYTES)
