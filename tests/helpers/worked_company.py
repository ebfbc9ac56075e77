"""Companies of a few rows, for numbers that are worked by hand."""

from datetime import date
from pathlib import Path

from random_company import RandomCompany
from reference.lines import Policy
from reference.metrics import Measures
from reference.mrr import Company
from reference.rules import Rules

RUN_DATE = date(2025, 7, 1)
# The day of most examples: its 28 days begin on 3 June, the 28 before on 6 May, its 90 days on
# 2 April and its 180 on 2 January.
DAY = date(2025, 6, 30)
RULES = Rules.read()


def worked_company(
    folder: Path, as_of: date, policy: Policy | None = None, **tables: str
) -> Company:
    """Tables as `column=value column=value` lines; accounts that are not given have no more."""
    rows = {
        name: [dict(pair.split("=") for pair in line.split()) for line in text.split("\n") if line]
        for name, text in tables.items()
    }
    given = {row["account_id"] for row in rows.setdefault("crm_accounts", [])}
    names = {row["account_id"] for row in rows["billing_subscriptions"]} - given
    rows["crm_accounts"] += [
        {"account_id": name, "account_name": name, "created_at": "2024-01-01"} for name in names
    ]
    RandomCompany(rows).write(folder)
    return Company.read(folder, as_of, RUN_DATE, policy)


def worked_measures(folder: Path, accounts: str = "a", seats: str = "4", **tables: str) -> Measures:
    """Accounts that pay 1,000 a month since December."""
    paying = "\n".join(
        f"subscription_id=s{name} account_id={name} started_on=2024-12-01 mrr_amount=1000"
        f" seats={seats}"
        for name in accounts
    )
    return Measures(worked_company(folder, DAY, billing_subscriptions=paying, **tables), RULES)


def usage_rows(*rows: str) -> str:
    """Rows as `account user feature day count seconds`; a dash is none."""
    names = ("account_id", "user_id", "feature_key", "usage_on", "event_count", "duration_seconds")
    pairs = [zip(names, row.split(), strict=True) for row in rows]
    return "\n".join(
        " ".join(f"{name}={'' if value == '-' else value}" for name, value in row) for row in pairs
    )
