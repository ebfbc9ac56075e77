"""Published companies for the dashboard: the demo, one of few feeds and one of two tables."""

import csv
import os
import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from benchmarks.builds import AS_THEY_ENDED, PROJECT, WITHOUT_TESTS, dbt
from demo_company import generate
from pipeline.settings import Settings
from pipeline.state import record_build, record_validation

# A company without surveys, people and plans still has these.
FEW = (
    "billing_subscription*",
    "crm_accounts*",
    "crm_churn_reasons*",
    "product_usage_daily*",
    "product_events*",
    "support_tickets*",
)


def publish(home: Path, target: Path, published: Path, raw_source: str) -> Path:
    """Publish a finished build as the pipeline does, and return the folder for readers."""
    settings = Settings(warehouse=home, target_dir=target, published_dir=published)
    published.mkdir(parents=True, exist_ok=True)
    state = record_build(settings, "test", "2026-01-01T00:00:00", raw_source)
    record_validation(settings, state)
    paths = {
        "CS_WAREHOUSE_DIR": str(home),
        "DBT_TARGET_PATH": str(target),
        "CS_PUBLISHED_DIR": str(published),
    }
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "publish"],
        cwd=PROJECT,
        env=os.environ | paths,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return published


def built(home: Path, raw: Path) -> Path:
    """Build a folder of extracts without tests, publish it, and return the folder for readers."""
    dbt(home, raw, "build", "--quiet", *WITHOUT_TESTS)
    return publish(home, home / "target", home / "readers", str(raw))


def few_feeds(raw: Path) -> Path:
    """Write a company without surveys, contacts, CSMs, activities, opportunities and invoices."""
    generate(seed=18, accounts=60, months=30, out=raw, dirt=False)
    wanted = {path for pattern in FEW for path in raw.glob(pattern)}
    for path in raw.iterdir():
        if path not in wanted:
            path.unlink()
    accounts = raw / "crm_accounts.csv"
    with accounts.open(encoding="utf-8", newline="") as file:
        rows = [row | {"csm_id": ""} for row in csv.DictReader(file)]
    _write(accounts, rows)
    return raw


def two_tables(raw: Path) -> Path:
    """Write accounts and their subscriptions alone, some churned, some grown."""
    raw.mkdir(parents=True)
    drawn = random.Random(18)
    last = date.fromisoformat(AS_THEY_ENDED["run_date"])
    accounts, subscriptions = [], []
    for place in range(40):
        account = f"a{place:02}"
        began = last - timedelta(days=drawn.randrange(100, 1200))
        accounts.append(
            {
                "account_id": account,
                "account_name": f"Company {place}",
                "created_at": f"{began} 09:00:00",
            }
        )
        amount = drawn.randrange(200, 9000)
        grew = began + timedelta(days=drawn.randrange(60, 400))
        ends = grew if grew < last and place % 3 else None
        subscriptions.append((account, began, ends, amount))
        if ends and place % 4:
            subscriptions.append((account, ends, None, amount + drawn.randrange(-150, 900)))
    _write(raw / "crm_accounts.csv", accounts)
    rows = [
        {
            "subscription_id": f"s{place}",
            "account_id": account,
            "started_on": began.isoformat(),
            "ended_on": ends.isoformat() if ends else "",
            "mrr_amount": amount,
            "currency": "EUR",
        }
        for place, (account, began, ends, amount) in enumerate(subscriptions)
    ]
    _write(raw / "billing_subscriptions.csv", rows)
    return raw


def _write(path: Path, rows: list[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
