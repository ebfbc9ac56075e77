"""Nothing is lost: what becomes of bad rows, of odd files, and of extracts that cannot be read."""

import json
import shutil
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from conftest import dbt
from raw_folder import (
    Column,
    Row,
    Table,
    contract,
    csv_text,
    write_folder,
    write_parquet,
    write_text,
)

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
        options = ("--exclude-resource-type", "unit_test", "--vars", settings, *arguments)
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


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    folder = tmp_path_factory.mktemp("company")
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
            if not column.required:
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
                dirt.add(ACCEPTED, **dict.fromkeys((column.name, *table.interval), str(day)))
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
    # Two rows without a key, so that the second is told apart.
    accounts.add("missing:account_id", account_id="")
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
    items.add("negative_mrr:unit_amount", discount_amount="1000")
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


@pytest.fixture(scope="module")
def dirty() -> dict[str, Dirt]:
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
        dirt[name].add(ACCEPTED, **on, **{starts: "2022-01-01", ends: "2022-03-01"})
        dirt[name].add(ACCEPTED, **on, **{starts: "2022-03-01", ends: "2022-06-01"})
        dirt[name].add(f"overlap:{starts}", **on, **{starts: "2022-05-31", ends: "2022-09-01"})
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


@pytest.fixture(scope="module")
def dirty_build(dirty: dict[str, Dirt], company: Company) -> Built:
    write_folder(company.raw, {name: [row for _, row in d.rows] for name, d in dirty.items()})
    return company.build()


def test_dirty_company_is_built_to_the_end_and_fails_for_the_number_of_its_rejected_rows(
    dirty_build: Built,
):
    assert dirty_build.returncode == 1
    others = {name: s for name, s in dirty_build.results.items() if s not in ("success", "pass")}
    assert others.pop(next(name for name in others if "rows_within_limit" in name)) == "fail"
    assert set(others.values()) <= {"warn", "no-op"}, dirty_build.output[-4000:]


def test_every_row_is_accepted_a_duplicate_or_rejected(dirty, dirty_build: Built):
    assert counted(dirty_build) == {name: dirt.counts for name, dirt in dirty.items()}


def test_every_rejected_row_is_kept_whole_with_its_reason(dirty, dirty_build: Built):
    found = dirty_build.query(
        "select source_system || '_' || table_name, row_key, reason, row_data"
        " from quality.dq_rejected_rows",
    )
    assert sorted(found) == sorted(row for dirt in dirty.values() for row in dirt.rejected)
    assert {reason.split(":")[0] for _, _, reason, _ in found} == {
        "missing", "unparsable", "unknown_value", "out_of_range", "orphan", "interval_reversed",
        "negative_mrr", "no_exchange_rate", "no_end_date", "overlap",
    }  # fmt: skip


def test_details_say_what_was_found_and_what_was_expected(dirty_build: Built):
    details = defaultdict(set)
    for (table, _, reason), detail in rejected(dirty_build).items():
        details[table, reason].add(detail)
    assert all(details.values())
    items, terms = "billing_subscription_items", "billing_contract_terms"
    for table, reason, expected in (
        ("crm_accounts", "missing:account_id", {"account_id is empty, and is required"}),
        (
            "crm_accounts",
            "out_of_range:created_at",
            {
                f"created_at is {day} 00:00:00, expected from 1990-01-01 to 2034-07-01"
                for day in ("1989-12-31", "2034-07-02")
            },
        ),
        (
            "feedback_survey_responses",
            "unparsable:score",
            {
                *(
                    f"score is '{value}', expected a whole number from 0 to 10"
                    for value in ("1.5", "-1", "11")
                ),
                "score is '0', expected from 1 to 5 where survey_type is csat",
                "score is '6', expected from 1 to 5 where survey_type is csat",
                "score is '0', expected from 1 to 7 where survey_type is ces",
                "score is '8', expected from 1 to 7 where survey_type is ces",
            },
        ),
        (
            "crm_opportunities",
            "unknown_value:opportunity_type",
            {
                "opportunity_type is 'nonsense', expected one of new, renewal, upsell, cross_sell,"
                " seat_expansion, usage_expansion"
            },
        ),
        (terms, "orphan:subscription_id", {"no accepted subscription 'no contract'"}),
        (
            terms,
            "interval_reversed:term_end_on",
            {"term_end_on 2023-06-01 is before term_start_on 2023-06-02"},
        ),
        (
            items,
            "overlap:effective_from",
            {"starts 2023-08-31, before the end 2023-09-01 of the row before it"},
        ),
        (
            items,
            "no_exchange_rate:currency",
            {"no row of billing.exchange_rates for 'XXX'"},
        ),
    ):
        assert details[table, reason] == expected


def test_optional_values_that_do_not_parse_are_null_and_counted(dirty, dirty_build: Built):
    assert nulled(dirty_build) == {
        (name, column): (len(values), min(values))
        for name, dirt in dirty.items()
        for column, values in dirt.invalid.items()
    }
    nulls = "select count(*) from staging.stg_crm__contacts where relationship_strength is null"
    assert dirty_build.query(nulls) == [(3,)]  # 1.5, 0 and 6


def test_last_version_of_a_row_stands(dirty_build: Built):
    industries = dirty_build.query(
        "select account_id, industry from staging.stg_crm__accounts"
        " where account_id in ('by time', 'by content', 'half bad') order by account_id",
    )
    assert industries == [("by content", "B"), ("by time", "new"), ("half bad", "some industry")]


def test_build_says_in_words_what_it_rejected_and_what_is_too_much(dirty, dirty_build: Built):
    said = set()
    for name, dirt in dirty.items():
        rows, _, _, count = dirt.counts
        is_too_many = count > MAX_ROWS and count > MAX_SHARE * rows
        level = "ERROR" if is_too_many else "WARNING"
        limit = ", more than max_rejected_share 0.01 allows" if is_too_many else ""
        table = name.split("_", 1)[1]
        assert (
            f"{level} {name}: {count} of {rows} rows rejected{limit};"
            f" see build.quality.dq_rejected_rows where table_name = '{table}'"
        ) in dirty_build.output
        said.add((level, count > MAX_ROWS, count > MAX_SHARE * rows))
    # Few rows are borne, and so is a small share; both together are not.
    assert said == {("WARNING", False, True), ("WARNING", True, False), ("ERROR", True, True)}
    overlap = "starts 2023-08-31, before the end 2023-09-01 of the row before it"
    assert f"    1 x overlap:effective_from, such as: {overlap}" in dirty_build.output


# --- odd files ---------------------------------------------------------------------------------

NAN = float("nan")
TEXT, WHOLE, NUMBER, DAY = pa.string(), pa.int64(), pa.float64(), pa.date32()


def write_odd_folder(raw: Path) -> None:
    """The same contract in every form in which it may come."""
    write_parquet(
        raw / "crm_accounts.parquet",
        {
            "ACCOUNT_ID": (TEXT, ["a1", " a2 ", "a3"]),
            "Account_Name": (TEXT, ["One", "Two", None]),
            "Created_At": (pa.timestamp("ns"), [datetime(2023, 1, 1, 10)] * 3),
            "employee_count": (NUMBER, [120.0, NAN, 12.5]),
            "integration_count": (WHOLE, [7, 3_000_000_000, 1]),
            "is_strategic": (pa.bool_(), [True, None, False]),
            "_loader": (pa.struct([("batch", WHOLE)]), [{"batch": 1}] * 3),
            "tags": (pa.list_(TEXT), [["x"], [], None]),
        },
    )
    # Columns in another order and case, Windows line ends, a byte order mark.
    write_text(
        raw / "billing_subscriptions.csv.gz",
        "\ufeff"
        + csv_text(
            [
                {
                    "Started_On": "2023-01-31",
                    "SEATS": "14.0",
                    "ACCOUNT_ID": "a1",
                    "subscription_id": "s1",
                    "Note": "of a column that is not in the contract, and of a comma",
                },
                {
                    "Started_On": "2023-02-28T23:30:00-05:00",
                    "SEATS": "2",
                    "ACCOUNT_ID": " a2",
                    "subscription_id": "s2",
                },
            ],
            lineterminator="\r\n",
        ),
    )  # fmt: skip
    parts = raw / "billing_subscription_items"
    item = {
        "subscription_id": (TEXT, ["s1", "s1"]),
        "item_id": (TEXT, ["i1", "i2"]),
        "product_id": (TEXT, ["core", "core"]),
        "quantity": (pa.decimal128(18, 2), [Decimal("10.00"), Decimal("1.50")]),
        "billing_interval": (TEXT, ["Month", " YEAR "]),
    }
    first = {
        "effective_from": (DAY, [date(2023, 2, 1)] * 2),
        "unit_amount": (NUMBER, [9.99, NAN]),
    }
    write_parquet(parts / "part-0.parquet", item | first)
    second = {
        "effective_from": (DAY, [date(2024, 2, 1)] * 2),
        "unit_amount": (NUMBER, [12.0, 240.0]),
        "discount_percent": (pa.float32(), [12.5, None]),
    }
    write_parquet(parts / "part-1.parquet", item | second)
    write_text(raw / "billing_plans.csv", "plan_id,plan_rank\n")
    write_parquet(raw / "product_users.parquet", {"user_id": (TEXT, []), "account_id": (TEXT, [])})
    write_text(
        raw / "product_features.csv",
        "feature_key;is_core;is_gateway\nf1;True;FALSE\nf2;t;f\nf3;1;0\nf4;yes;No\nf5;;\n",
    )
    # Nothing is a comment, and a quoted cell holds what it holds.
    write_text(
        raw / "crm_signals.csv",
        "signal_id,account_id,occurred_at,signal_type,note\n"
        "#1,a1,2024-01-01 00:30:00+02:00,Cancel_Request,# left\n"
        '2,a1,2024-01-01T00:30:00Z,cancel_request,"said ""no"",\nthen left"\n',
    )
    write_text(
        raw / "product_events.csv",
        "event_id,account_id,event_name,occurred_at,duration_seconds\n"
        "e1,a1,login,2024-03-01 08:00:00,60.0\n"
        "e1,a1,login,2024-03-01 09:00:00,61\n"
        "e1,a1,login,2024-03-02 08:00:00,\n",
    )
    write_text(raw / "an_extract_of_something_else.csv", "a,b\n1,2,3\n")
    write_text(raw / "README.md", "What the loader says of itself.\n")


@pytest.fixture(scope="module")
def odd_build(company: Company) -> Built:
    write_odd_folder(company.raw)
    return company.build(*LEDGER)


def test_odd_files_are_read_as_what_they_hold(odd_build: Built):
    assert odd_build.returncode == 0, odd_build.output[-4000:]
    assert "Raw contract: 8 of 29 tables found" in odd_build.output
    assert counted(odd_build) == {
        "crm_accounts": [3, 2, 0, 1],
        "billing_subscriptions": [2, 2, 0, 0],
        "billing_subscription_items": [4, 3, 0, 1],
        "billing_plans": [0, 0, 0, 0],
        "product_users": [0, 0, 0, 0],
        "product_features": [5, 5, 0, 0],
        "crm_signals": [2, 2, 0, 0],
        "product_events": [3, 2, 1, 0],
    }
    assert rejected(odd_build) == {
        ("crm_accounts", "a3", "missing:account_name"): "account_name is empty, and is required",
        (
            "billing_subscription_items",
            "s1|i2|2023-02-01",
            "unparsable:unit_amount",
        ): "unit_amount is 'nan', expected a number",
    }
    assert nulled(odd_build) == {
        ("crm_accounts", "employee_count"): (2, "12.5"),
        ("crm_accounts", "integration_count"): (1, "3000000000"),
    }
    (row_data,) = odd_build.query(
        "select row_data from quality.dq_rejected_rows where row_key = 'a3'"
    )
    assert json.loads(row_data[0]) == {
        "ACCOUNT_ID": "a3",
        "Account_Name": None,
        "Created_At": "2023-01-01 10:00:00",
        "employee_count": "12.5",
        "integration_count": "1",
        "is_strategic": "false",
        "_loader": "{'batch': 1}",
        "tags": None,
    }


def test_odd_values_are_typed_by_the_contract(odd_build: Built):
    for sql, expected in (
        (
            "select account_id, created_at, employee_count, integration_count, is_strategic"
            " from staging.stg_crm__accounts",
            [
                ("a1", datetime(2023, 1, 1, 10), 120, 7, True),
                ("a2", datetime(2023, 1, 1, 10), None, None, None),
            ],
        ),
        (
            # The UTC day of a moment in a date's place.
            "select subscription_id, account_id, started_on, seats"
            " from staging.stg_billing__subscriptions",
            [("s1", "a1", date(2023, 1, 31), 14), ("s2", "a2", date(2023, 3, 1), 2)],
        ),
        (
            "select item_id, effective_from, quantity, unit_amount, discount_percent,"
            " billing_interval from staging.stg_billing__subscription_items",
            [
                ("i1", date(2023, 2, 1), 10.0, 9.99, None, "month"),
                ("i1", date(2024, 2, 1), 10.0, 12.0, 12.5, "month"),
                ("i2", date(2024, 2, 1), 1.5, 240.0, None, "year"),
            ],
        ),
        (
            "select feature_key, is_core, is_gateway from staging.stg_product__features",
            [(f"f{number}", True, False) for number in range(1, 5)] + [("f5", None, None)],
        ),
        (
            "select signal_id, occurred_at, signal_type, note from staging.stg_crm__signals",
            [
                ("#1", datetime(2023, 12, 31, 22, 30), "cancel_request", "# left"),
                ("2", datetime(2024, 1, 1, 0, 30), "cancel_request", 'said "no",\nthen left'),
            ],
        ),
        (
            # s1: 10 x 12.00 less 12.5 % and 1.5 x 240.00 / 12.
            "select account_id, closing_mrr from marts.fct_mrr_monthly where month = '2024-02-01'",
            [("a1", Decimal("135.00"))],
        ),
    ):
        assert sorted(odd_build.query(sql), key=str) == sorted(expected, key=str)


# --- extracts that cannot be read --------------------------------------------------------------


def test_one_message_names_everything_that_is_missing(company: Company):
    write_text(company.raw / "crm_accounts.csv", "account_id,name\na1,One\n")
    write_text(company.raw / "billing_subscription_items.csv", "")
    write_parquet(
        company.raw / "crm_contacts.parquet", {"contact_id": (TEXT, []), "account": (TEXT, [])}
    )
    built = company.build()
    assert built.returncode != 0
    head, *_ = (line for line in built.output.splitlines() if "missing in the folder" in line)
    missing = [line.strip() for line in built.output.splitlines() if line.strip().startswith("- ")]
    assert f"Raw contract: {len(missing)} missing in the folder {company.raw}:" in head
    billing, crm = (f"models/staging/{name}/_{name}__sources.yml" for name in ("billing", "crm"))
    assert missing == [
        *(
            f"- column billing_subscription_items.{name} is required: {name}: {kind} [{billing}]"
            for name, kind in (
                ("subscription_id", "id"),
                ("item_id", "id"),
                ("product_id", "id"),
                ("effective_from", "date"),
                ("quantity", "decimal"),
                ("unit_amount", "decimal"),
                (
                    "billing_interval",
                    "enum (week, month, quarter, half_year, year, two_years, three_years)",
                ),
            )
        ),
        "- table billing_subscriptions (billing.subscriptions) is required: "
        + ", ".join(column.name for column in contract()["billing_subscriptions"].columns)
        + f" [{billing}]",
        f"- column crm_accounts.account_name is required: account_name: text [{crm}]",
        f"- column crm_accounts.created_at is required: created_at: timestamp [{crm}]",
        f"- column crm_contacts.account_id is required: account_id: id [{crm}]",
    ]
    assert "START sql" not in built.output
    assert "docs/bring_your_own_data.md describes every table" in built.output


def test_two_files_of_one_table_are_one_too_many(company: Company):
    for ending in (".csv", ".csv.gz"):
        write_text(company.raw / f"crm_accounts{ending}", "account_id\n")
    built = company.build()
    assert built.returncode != 0
    file = company.raw / "crm_accounts"
    assert (
        f"Raw contract: more than one file holds crm_accounts: {file}.csv and {file}.csv.gz."
        " Keep one of them."
    ) in built.output
    assert "START sql" not in built.output


def test_line_that_is_no_csv_is_named_with_its_file(company: Company):
    raw = company.raw
    write_folder(raw, {"billing_subscriptions": [contract()["billing_subscriptions"].row(1)]})
    write_text(
        raw / "crm_accounts.csv",
        "account_id,account_name,created_at\na-1,One,2023-01-01\na-2,Two, Ltd,2023-01-01\n",
    )
    built = company.build(*LEDGER)
    assert built.returncode != 0
    for words in (
        "CSV Error on Line: 3",
        "a-2,Two, Ltd,2023-01-01",
        f"file = {raw}/crm_accounts.csv",
    ):
        assert words in built.output


# --- tables in the warehouse -------------------------------------------------------------------


def test_tables_in_the_warehouse_are_read_where_a_loader_left_them(company: Company):
    with duckdb.connect(str(company.file)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for statement in (
            "create schema my_raw",
            "create table my_raw.crm_accounts as select * from (values"
            " ('a1', 'One', timestamptz '2023-01-01 01:00:00+02:00', 1::hugeint),"
            " ('a1', 'One', timestamptz '2023-01-01 01:00:00+02:00', 1::hugeint),"
            " ('a2', null, null, null)"
            ') as rows ("ACCOUNT_ID", account_name, created_at, department_count)',
            "create view my_raw.billing_subscriptions as select 's1' as subscription_id,"
            " 'a1' as account_id, date '2023-01-31' as started_on,"
            " 99.99::decimal(9, 2) as mrr_amount, ['x'] as labels",
            "create table my_raw.support_tickets"
            " (ticket_id int, account_id text, created_at timestamp, csat_score tinyint)",
            "create table my_raw.of_something_else as select 1 as account_id",
        ):
            connection.execute(statement)
    built = company.build(*LEDGER, raw_schema="my_raw")
    assert built.returncode == 0, built.output[-4000:]
    assert "Raw contract: 3 of 29 tables found in schema my_raw" in built.output
    assert counted(built) == {
        "crm_accounts": [3, 1, 1, 1],
        "billing_subscriptions": [1, 1, 0, 0],
        "support_tickets": [0, 0, 0, 0],
    }
    assert list(rejected(built)) == [("crm_accounts", "a2", "missing:account_name")]
    accounts = "select account_id, created_at, department_count from staging.stg_crm__accounts"
    assert built.query(accounts) == [("a1", datetime(2022, 12, 31, 23), 1)]
    mrr = "select distinct closing_mrr from marts.fct_mrr_monthly"
    assert built.query(mrr) == [(Decimal("99.99"),)]
