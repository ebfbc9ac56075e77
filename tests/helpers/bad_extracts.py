"""Extracts with every fault that the contract knows, and what a build makes of them."""

import json
import shutil
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
from conftest import dbt
from raw_folder import Column, Row, Table, contract

from benchmarks.builds import WITHOUT_UNIT_TESTS

RUN_DATE = date(2024, 7, 1)
# Staging, its books and the ledger; the tests of what is selected alone.
LEDGER = ("--select", "+dq_reconciliation", "+dq_rejected_rows", "+dq_invalid_values")
LEDGER += ("+fct_mrr_monthly", "--indirect-selection", "cautious")
ACCEPTED, DUPLICATE = "accepted", "duplicate"
# Rows that a table may lose whatever its size, and the share of them above.
MAX_ROWS, MAX_SHARE = 10, 0.01
# So many that crm_accounts may lose more than 10 rows; every row of a table has its own account.
ACCOUNTS = 1200


@dataclass(frozen=True)
class Built:
    """What a build said and did, and the file that it wrote."""

    output: str
    returncode: int
    results: dict[str, str]
    file: Path

    def query(self, sql: str) -> list[tuple]:
        """Rows of the build file."""
        with duckdb.connect() as connection:
            connection.execute(f"attach '{self.file}' as build (read_only)")
            connection.execute("use build")
            return connection.execute(sql).fetchall()


@dataclass(frozen=True)
class Company:
    """A raw folder and a warehouse, the same for all tests: dbt parses the project once."""

    home: Path
    raw: Path

    def build(self, *arguments: str, **variables: Any) -> Built:
        """Build the folder, or the tables that `variables` name, and clear both away."""
        settings = json.dumps({"run_date": str(RUN_DATE)} | variables)
        options = (*WITHOUT_UNIT_TESTS, "--vars", settings, *arguments)
        raw = {} if "raw_schema" in variables else {"CS_RAW_PATH": str(self.raw)}
        done = dbt("build", self.home, *options, **raw)
        results = self.home / "target" / "run_results.json"
        statuses = (
            {row["unique_id"]: row["status"] for row in done.results} if results.exists() else {}
        )
        results.unlink(missing_ok=True)
        file = self.home / f"{len(list(self.home.glob('*.duckdb')))}.duckdb"
        self.file.rename(file)
        shutil.rmtree(self.raw, ignore_errors=True)
        return Built(done.output, done.returncode, statuses, file)

    @property
    def file(self) -> Path:
        """The file that a build writes."""
        return self.home / "build.duckdb"


def company_in(folder: Path) -> Company:
    """One that keeps its extracts and its warehouse in a folder."""
    (folder / "home").mkdir()
    return Company(folder / "home", folder / "raw")


def counted(built: Built) -> dict[str, list[int]]:
    """Raw, accepted, duplicate and rejected rows of each table that is there."""
    rows = built.query(
        "select source_system || '_' || table_name, is_present, difference,"
        " raw_rows, accepted_rows, duplicate_rows, rejected_rows from quality.dq_reconciliation",
    )
    assert {name for name, *_ in rows} == set(contract())
    assert {difference for _, _, difference, *_ in rows} == {0}
    assert not any(sum(counts) for _, is_present, _, *counts in rows if not is_present)
    return {name: counts for name, is_present, _, *counts in rows if is_present}


def rejected(built: Built) -> dict[tuple[str, str, str], str]:
    """What is said of each rejected row, by table, key and reason."""
    rows = built.query(
        "select source_system || '_' || table_name, row_key, reason, detail"
        " from quality.dq_rejected_rows",
    )
    return {(table, key, reason): detail for table, key, reason, detail in rows}


def nulled(built: Built) -> dict[tuple[str, str], tuple[int, str]]:
    """How many optional values did not parse, and one of them, by table and column."""
    rows = built.query(
        "select source_system || '_' || table_name, column_name, values_nulled, example"
        " from quality.dq_invalid_values",
    )
    return {(table, column): (count, example) for table, column, count, example in rows}


# --- every bad row of every table --------------------------------------------------------------


@dataclass
class Dirt:
    """Rows of a table with the verdicts they must get, and optional values that do not parse."""

    table: Table
    rows: list[tuple[str, Row]] = field(default_factory=list)
    invalid: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, verdict: str, **values: str) -> None:
        """A row of its own key, right but for the values."""
        self.rows.append((verdict, self.table.row(len(self.rows) + 1, **values)))

    def add_invalid(self, column: Column, value: str) -> None:
        """A row that is accepted without the value."""
        self.invalid[column.name].append(value)
        self.add(ACCEPTED, **{column.name: value})

    @property
    def counts(self) -> list[int]:
        """The row of dq_reconciliation."""
        by_verdict = Counter(verdict for verdict, _ in self.rows)
        accepted, duplicate = by_verdict[ACCEPTED], by_verdict[DUPLICATE]
        rows = len(self.rows)
        return [rows, accepted, duplicate, rows - accepted - duplicate]

    @property
    def rejected(self) -> list[tuple[str, ...]]:
        """The rows of dq_rejected_rows; a second one of a key and reason is numbered."""
        found = defaultdict(list)
        for reason, row in self.rows:
            if reason not in (ACCEPTED, DUPLICATE):
                key = "|".join(row[name].strip() for name in self.table.key)
                whole = {name: value or None for name, value in row.items()}
                found[key, reason].append(json.dumps(whole, separators=(",", ":")))
        return [
            (self.table.file, f"{key}#{number}" if number > 1 else key, reason, row_data)
            for (key, reason), rows in found.items()
            for number, row_data in enumerate(sorted(rows), 1)
        ]


def common_dirt(table: Table) -> Dirt:
    """What can be wrong with a row of any table, column by column."""
    dirt = Dirt(table)
    if table.file in ("crm_accounts", "billing_subscriptions"):
        for _ in range(ACCOUNTS if table.name == "accounts" else 60):
            dirt.add(ACCEPTED)
    dirt.add(ACCEPTED)
    dirt.rows.append((DUPLICATE, dirt.rows[-1][1]))
    for column in table.columns:
        for value in column.bad_values:
            if column.type == "currency":
                dirt.add("unknown_value:currency", currency=value)
            elif not column.required and column.name == "mrr_amount" and value == "1e14":
                dirt.add("out_of_range:mrr_amount", mrr_amount=value)
            elif not column.required:
                dirt.add_invalid(column, value)
            else:
                verdict = "unknown_value" if column.type == "enum" else "unparsable"
                dirt.add(f"{verdict}:{column.name}", **{column.name: value})
        if column.required:
            dirt.add(f"missing:{column.name}", **{column.name: "  "})
        if column.required and column.is_dated:
            first, last = date(1990, 1, 1), RUN_DATE.replace(year=RUN_DATE.year + 10)
            for day in (first - timedelta(days=1), last + timedelta(days=1)):
                dirt.add(f"out_of_range:{column.name}", **{column.name: str(day)})
            for day in (first, last):
                # Its interval begins and ends then, so that nothing else is wrong with it.
                dates = dict.fromkeys((column.name, *table.interval), str(day))
                dirt.add(ACCEPTED, **dict.fromkeys(table.late, "") | dates)
    for parent, own, nobody in (
        ("account_id", "crm_accounts", "nobody"),
        ("subscription_id", "billing_subscriptions", "no contract"),
    ):
        if table.file != own and any(column.name == parent for column in table.columns):
            dirt.add(f"orphan:{parent}", **{parent: nobody})
    if table.interval:
        starts, ends = table.interval
        dirt.add(f"interval_reversed:{ends}", **{starts: "2023-06-02", ends: "2023-06-01"})
    return dirt


def add_account_dirt(accounts: Dirt) -> None:
    # Two rows without a key have different names.
    accounts.add("missing:account_id", account_id="", account_name="Another")
    # Of versions the last counts, by time and then by content; ids are compared as trimmed.
    accounts.add(DUPLICATE, account_id="by time", created_at="2023-01-01", industry="old")
    accounts.add(ACCEPTED, account_id=" by time ", created_at="2023-02-01", industry="new")
    accounts.add(DUPLICATE, account_id="by content", industry="A")
    accounts.add(ACCEPTED, account_id="by content", industry="B")
    # A version that is rejected leaves its place to the others, however late it is.
    accounts.add(ACCEPTED, account_id="half bad", created_at="2023-01-01")
    accounts.add("missing:account_name", account_id="half bad", account_name="")
    accounts.add("missing:account_name", account_id="rejected", account_name="")
    for account_id in ("one more", "and one", "and another"):
        accounts.add("missing:created_at", account_id=account_id, created_at="")


def add_subscription_dirt(subscriptions: Dirt) -> None:
    subscriptions.add("orphan:account_id", account_id="rejected")
    subscriptions.add("negative_mrr:mrr_amount", mrr_amount="-0.01")
    subscriptions.add("no_exchange_rate:currency", currency="xxx")
    subscriptions.add("no_end_date:ended_on", status="canceled", ended_on="")
    subscriptions.add("no_end_date:ended_on", status=" Expired ", ended_on="")
    subscriptions.add(ACCEPTED, status="canceled")
    subscriptions.add(ACCEPTED, subscription_id="in euro", currency="eur")
    subscriptions.add(ACCEPTED, subscription_id="no amount", currency="XXX", mrr_amount="")
    # Two contracts of an account at one time are two contracts.
    subscriptions.add(ACCEPTED, account_id="a-1", started_on="2023-01-01", ended_on="")
    subscriptions.add(ACCEPTED, account_id="a-1", started_on="2023-02-01", ended_on="2023-03-01")


def add_item_dirt(items: Dirt) -> None:
    line = {"subscription_id": "s-50", "item_id": "line"}
    items.add(ACCEPTED, **line, effective_from="2023-01-01", effective_to="2023-06-01")
    items.add(ACCEPTED, **line, effective_from="2023-06-01", effective_to="2023-09-01")
    overlap = {"effective_from": "2023-08-31", "effective_to": ""}
    items.add("overlap:effective_from", **line, **overlap)
    # The same days on another line or subscription, or after a row without a stated end.
    items.add(ACCEPTED, **line | {"item_id": "other"}, **overlap)
    items.add(ACCEPTED, **line | {"item_id": "other"}, effective_from="2023-09-30", effective_to="")
    items.add(ACCEPTED, **line | {"subscription_id": "s-51"}, **overlap)
    items.add(ACCEPTED, discount_amount="1000")
    items.add("negative_mrr:unit_amount", unit_amount="-0.01", discount_amount="")
    items.add(ACCEPTED, discount_percent="100", discount_amount="0")
    items.add("no_exchange_rate:currency", currency="XXX")
    # An item without a currency has its subscription's, and needs a rate just as well.
    items.add("no_exchange_rate:currency", currency="", subscription_id="no amount")
    items.add(ACCEPTED, currency="usd", subscription_id="no amount")
    items.add(ACCEPTED, currency="", subscription_id="in euro")


def add_usage_dirt(events: Dirt, usage: Dirt) -> None:
    # An event is one on a day, and another one on another day; a rejected copy changes neither.
    event = {"event_id": "e", "account_id": "a-1"}
    events.add(ACCEPTED, **event, occurred_at="2023-06-30 00:00:00")
    events.add(DUPLICATE, **event, occurred_at="2023-06-30 23:59:59", quantity="7")
    events.add(DUPLICATE, **event, occurred_at="2023-07-01 01:00:00+02:00")
    events.add(ACCEPTED, **event, occurred_at="2023-07-01 00:00:00")
    events.add("orphan:account_id", event_id="e", account_id="nobody", occurred_at="2023-07-01")
    day = {"account_id": "a-1", "feature_key": "f", "usage_on": "2023-06-30"}
    usage.add(ACCEPTED, **day, user_id="")
    usage.add(DUPLICATE, **day, user_id="", event_count="9")
    usage.add(ACCEPTED, **day, user_id="u")
    usage.add(ACCEPTED, **day | {"usage_on": "2023-07-01"}, user_id="u")


def dirty_tables() -> dict[str, Dirt]:
    """Every table of the contract, with all that can be wrong in it."""
    dirt = {name: common_dirt(table) for name, table in contract().items()}
    add_account_dirt(dirt["crm_accounts"])
    add_subscription_dirt(dirt["billing_subscriptions"])
    add_item_dirt(dirt["billing_subscription_items"])
    add_usage_dirt(dirt["product_events"], dirt["product_usage_daily"])
    for name, starts, ends in (
        ("billing_subscription_pauses", "paused_from", "resumed_on"),
        ("billing_contract_terms", "term_start_on", "term_end_on"),
    ):
        on = {"subscription_id": "s-50"}
        if name == "billing_contract_terms":
            on["signed_on"] = "2022-02-01"
        dirt[name].add(ACCEPTED, **on, **{starts: "2022-01-01", ends: "2022-03-01"})
        dirt[name].add(ACCEPTED, **on, **{starts: "2022-03-01", ends: "2022-06-01"})
        overlap = {starts: "2022-05-31", ends: "2022-09-01"}
        if name == "billing_contract_terms":
            # What was signed later, or on one day, or began later where nobody signed, supersedes.
            for signed, start, end in (
                ("2022-02-01", "2022-05-30", "2022-09-01"),
                ("2022-06-01", "2022-08-31", "2022-12-01"),
                ("", "2022-11-30", "2023-01-01"),
            ):
                later = {"signed_on": signed, starts: start, ends: end}
                dirt[name].add(ACCEPTED, **on | later)
            on["signed_on"] = "2022-01-31"
        dirt[name].add(f"overlap:{starts}", **on, **overlap)
    for name, key, starts in (
        ("crm_account_assignments", "member_id", "assigned_from"),
        ("product_usage_limits", "feature_key", "effective_from"),
    ):
        # These may overlap.
        for day in ("2022-01-01", "2022-02-01"):
            dirt[name].add(ACCEPTED, **{"account_id": "a-1", key: "same", starts: day})
    dirt["billing_exchange_rates"].add(ACCEPTED, currency=" eur", rate_on="2023-01-01")
    for survey_type, least, most in (("nps", 0, 10), ("csat", 1, 5), ("ces", 1, 7)):
        for score in (least - 1, least, most, most + 1):
            verdict = ACCEPTED if least <= score <= most else "unparsable:score"
            answer = {"survey_type": survey_type, "score": str(score)}
            dirt["feedback_survey_responses"].add(verdict, **answer)
    for name in ("billing_invoices", "crm_opportunities"):
        dirt[name].add("no_exchange_rate:currency", currency="XXX")
        dirt[name].add(ACCEPTED, currency="EUR")
        dirt[name].add(ACCEPTED, currency="")
    return dirt
