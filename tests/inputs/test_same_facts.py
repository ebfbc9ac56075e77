"""The same facts, written in another way, make the same marts: for every column of the contract.

One small company is built, and then again from extracts that say the same: with placeholders where
a date is absent, with dates before their row, with values in the other forms that exports have,
and with columns shuffled and older versions of the rows in between.
"""

import csv
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from comparison import differences, tables_read
from conftest import Build, dbt
from raw_folder import Column, Row, Table, contract

from benchmarks.builds import WITHOUT_TESTS
from demo_company import DEFAULT_END, generate

Tables = dict[str, list[Row]]
SETTINGS = (
    f'{{"as_of_date": "{DEFAULT_END}", "run_date": "{DEFAULT_END}", "max_rejected_share": 1}}'
)
PLACEHOLDERS = ("1970-01-01", "0001-01-01", "9999-12-31")
NOTHING = ("NULL", "\\N", "N/A", "None", "nan", "#N/A")
AROUND = ("\t", "\n", "\u200b", "\ufeff", " ", "\u00a0", "")
# Marts that count raw rows and values as they are written.
BOOKS = {"dq_reconciliation", "dq_invalid_values"}


@dataclass(frozen=True)
class Company:
    """The extracts of a company with blanks in its optional dates, and what they make."""

    home: Path
    tables: Tables

    def built_from(self, tables: Tables) -> Build:
        """The company built from its facts as `tables` write them."""
        raw = self.home / "raw"
        shutil.rmtree(raw, ignore_errors=True)
        raw.mkdir()
        for name, rows in tables.items():
            with (raw / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]), restval="")
                writer.writeheader()
                writer.writerows(rows)
        options = ("build", self.home, *WITHOUT_TESTS, "--vars", SETTINGS)
        built = dbt(*options, CS_RAW_PATH=str(raw))
        assert built.returncode == 0, built.output[-4000:]
        return built

    def differs(self, built: Build, apart_from: set[str] = BOOKS) -> Iterator[str]:
        """What differs between a build's marts and the first build's."""
        with duckdb.connect() as connection:
            connection.execute(f"attach '{self.home / 'first.duckdb'}' as first (read_only)")
            connection.execute(f"attach '{built.home / 'build.duckdb'}' as build (read_only)")
            connection.execute("use build")  # views name their tables so
            for table in tables_read(built.manifest):
                if table.name not in apart_from:
                    relations = (f"first.{table.path}", f"build.{table.path}")
                    yield from differences(connection, table, relations, ("first", "now"))


def optional_dates(table: Table) -> list[Column]:
    """The columns whose date may be absent."""
    return [column for column in table.columns if column.is_dated and not column.required]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """A generated company with every table; of each optional date a third is blank."""
    home = tmp_path_factory.mktemp("company")
    generate(7, 25, 14, home / "generated", dirt=False)
    chance = random.Random(7)
    tables: Tables = {}
    for name, table in contract().items():
        rows = _rows(home / "generated", name)
        for row in rows:
            row |= {column.name: row.get(column.name) or "" for column in table.columns}
            for column in optional_dates(table):
                needs_end = row.get("status") in ("canceled", "expired")
                if chance.random() < 1 / 3 and not (column.name == "ended_on" and needs_end):
                    row[column.name] = ""
        if rows:
            tables[name] = rows
    company = Company(home, tables)
    company.built_from(tables)
    shutil.copy(home / "build.duckdb", home / "first.duckdb")
    return company


def _rows(folder: Path, name: str) -> list[Row]:
    found = sorted(path for path in folder.glob(f"{name}.*") if path.suffix in (".csv", ".parquet"))
    if not found:
        return []
    reader = "read_parquet" if found[0].suffix == ".parquet" else "read_csv"
    options = "" if found[0].suffix == ".parquet" else ", all_varchar = true, header = true"
    with duckdb.connect() as connection:
        result = connection.execute(f"select * from {reader}('{found[0]}'{options})")
        names = [column[0] for column in result.description]
        return [
            {
                name: "" if value is None else str(value)
                for name, value in zip(names, row, strict=True)
            }
            for row in result.fetchall()
        ]


def written(tables: Tables, write: Callable[[Table, Column, Row], str]) -> Tables:
    """The tables with each value written by a rule."""
    return {
        name: [
            {
                column.name: write(contract()[name], column, row)
                for column in contract()[name].columns
            }
            for row in rows
        ]
        for name, rows in tables.items()
    }


def test_company_has_a_blank_in_every_optional_date_of_its_tables(company: Company):
    for name, rows in company.tables.items():
        for column in optional_dates(contract()[name]):
            assert any(row[column.name] == "" for row in rows), f"{name}.{column.name}"
    assert set(contract()) - set(company.tables) <= {"pipeline_forecast_log"}


def test_a_placeholder_is_no_date(company: Company):
    chance = random.Random(1)

    def write(table: Table, column: Column, row: Row) -> str:
        is_blank = column.is_dated and not column.required and row[column.name] == ""
        return chance.choice(PLACEHOLDERS) if is_blank else row[column.name]

    built = company.built_from(written(company.tables, write))
    assert not list(company.differs(built))
    # They are counted, and have no limit: more than half of some columns are placeholders.
    assert "values not used" in built.output
    assert "more than max_rejected_share" not in built.output


def test_a_late_date_before_its_row_is_no_date(company: Company):
    tried = set()

    def write(table: Table, column: Column, row: Row) -> str:
        known = next((row[name] for name in table.known_at if row[name]), "")
        is_free = column.name not in (*table.interval, *table.may_precede)
        if row[column.name] or not known or not is_free or column.name not in table.late:
            return row[column.name]
        tried.add(f"{table.file}.{column.name}")
        return str(datetime.fromisoformat(known).date() - timedelta(days=1))

    built = company.built_from(written(company.tables, write))
    assert tried == {
        "billing_subscriptions.canceled_on", "crm_contacts.departed_on", "crm_team_members.left_on",
        "crm_success_objectives.achieved_on", "product_users.deactivated_at",
        "support_tickets.first_responded_at", "support_tickets.solved_at",
    }  # fmt: skip
    assert not list(company.differs(built))


def test_values_may_come_in_any_form_that_exports_have(company: Company):
    chance = random.Random(2)

    def write(table: Table, column: Column, row: Row) -> str:
        text = _in_another_form(table, column, row[column.name], chance)
        return chance.choice(AROUND) + text + chance.choice(AROUND)

    built = company.built_from(written(company.tables, write))
    assert not list(company.differs(built, set()))


def _in_another_form(table: Table, column: Column, text: str, chance: random.Random) -> str:
    if text == "":
        return chance.choice(("", *NOTHING[: 2 if column.type == "text" else None]))
    if column.is_dated:
        moment = datetime.fromisoformat(text)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        seconds = int(moment.timestamp())
        forms = [
            text,
            f"{moment:%Y-%m-%d %H:%M:%S}.000 +0000",
            f"{moment:%Y-%m-%dT%H:%M:%SZ}",
            str(seconds),
            f"{seconds}.0",
            str(seconds * 1000),
        ]
        if moment.second == 0:
            forms.append(f"{moment:%Y-%m-%dT%H:%MZ}")
        if column.type == "date" and column.name == (table.interval or ("", ""))[1]:
            forms.append(f"{moment - timedelta(seconds=1):%Y-%m-%d %H:%M:%S}")
        return chance.choice(forms)
    if column.type == "bool":
        is_true = text.lower() in ("true", "t", "1", "yes")
        return chance.choice(
            ("1.0", "1", "TRUE", "yes") if is_true else ("0.0", "0", "False", "no")
        )
    if column.type == "int":
        return f"{text}.0" if "." not in text else text
    return text.upper() if column.type in ("enum", "currency") else text


def test_older_versions_and_the_order_of_columns_change_nothing(company: Company):
    chance = random.Random(3)
    tables: Tables = {}
    for name, rows in company.tables.items():
        table = contract()[name]
        columns = [column.name for column in table.columns]
        changeable = [column for column in columns if column not in (*table.key, "loaded_at")]
        changeable = [column for column in changeable if column not in ("occurred_at", "usage_on")]
        versions = []
        for row in rows:
            now = row | {"loaded_at": "2026-07-10 03:00:00", "Of the, loader": "new"}
            versions.append(now)
            if changeable and chance.random() < 0.5:
                changed = chance.choice(changeable)
                old = {changed: chance.choice(rows)[changed], "loaded_at": "2026-07-01 03:00:00"}
                versions.append(now | old | {"Of the, loader": "old"})
        chance.shuffle(versions)
        order = [*columns, "Of the, loader"]
        chance.shuffle(order)
        tables[name] = [{column: row[column] for column in order} for row in versions]
    built = company.built_from(tables)
    assert not list(company.differs(built))
    with duckdb.connect(str(built.home / "build.duckdb"), read_only=True) as connection:
        counted = connection.execute(
            "select source_system || '_' || table_name, raw_rows - duplicate_rows, rejected_rows"
            " from quality.dq_reconciliation where is_present"
        ).fetchall()
    rows_of = {name: len(rows) for name, rows in company.tables.items()}
    assert {name: count for name, count, _ in counted} == rows_of
    assert {rejected for _, _, rejected in counted} == {0}
