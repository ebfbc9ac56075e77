"""A small company whose extracts are taken day after day, and the warehouses built from them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb
from comparison import Table, differences
from conftest import PROJECT, Build, dbt

from benchmarks.builds import WITHOUT_TESTS
from benchmarks.compiled import Compiled
from benchmarks.truncation import truncate_raw

DEMO = PROJECT / "seeds" / "demo"
ACCOUNTS, EVENTS = "crm_accounts.csv", "product_events.csv"
USAGE = "product_usage_daily.parquet"
RUN_DATE = ("--vars", "{run_date: 2026-07-15}")
ROLLED_UP = (
    Table("staging", "base_product__rows_counted", ("table_name", "usage_on")),
    Table("intermediate", "int_usage_account_days", ("account_id", "usage_on")),
    Table("intermediate", "int_usage_user_months", ("account_id", "user_id", "month")),
    Table("intermediate", "int_usage_feature_months", ("account_id", "feature_key", "month")),
)
ROLL_UP = ("--select", *(f"+{table.name}" for table in ROLLED_UP))

# Changes of an extract's rows, as SQL on the table `raw`.
Changes = Mapping[str, Sequence[str]]


class Company:
    """Some accounts of the demo, and their extracts as they are taken on a day."""

    def __init__(self, home: Path, accounts: Sequence[str]) -> None:
        """Take the accounts out of the demo's extracts."""
        self.whole, self.raw = home / "whole", home / "raw"
        self.whole.mkdir(parents=True)
        ours = "account_id in ('" + "', '".join(accounts) + "')"
        subscriptions = reader(DEMO / "billing_subscriptions.csv")
        rows = {
            "account_id": ours,
            "subscription_id": f"subscription_id in (select subscription_id from {subscriptions}"
            f" where {ours})",
        }
        with duckdb.connect() as connection:
            for path in [*DEMO.glob("*.csv"), *DEMO.glob("*.parquet")]:
                described = connection.execute(f"describe from {reader(path)}").fetchall()
                columns = [name for name, *_ in described]
                where = next((f"where {rows[name]}" for name in rows if name in columns), "")
                _write(connection, f"from {reader(path)} {where}", self.whole / path.name)

    def extract(self, day: date, changes: Changes) -> Path:
        """The extracts as they would have been on a day, but for the changes."""
        shutil.rmtree(self.raw, ignore_errors=True)
        truncate_raw(self.whole, self.raw, day)
        for name, statements in changes.items():
            with duckdb.connect() as connection:
                connection.execute(f"create table raw as from {reader(self.raw / name)}")
                for statement in statements:
                    assert connection.execute(statement).fetchall() != [(0,)], statement
                _write(connection, "from raw", self.raw / name)
        return self.raw


class Warehouse:
    """A warehouse that is built day after day, and beside it one that is built from nothing."""

    def __init__(self, home: Path) -> None:
        """Nothing is built yet."""
        self.home, self.afresh = home / "days", home / "afresh"
        self.afresh.mkdir(parents=True, exist_ok=True)

    def build(self, raw: Path) -> list[str]:
        """Roll usage up from the extracts; the months that the run says it rolls up again."""
        done = dbt("build", self.home, *RUN_DATE, *WITHOUT_TESTS, *ROLL_UP, CS_RAW_PATH=str(raw))
        assert done.returncode == 0, done.output[-4000:]
        if not self._manifest.exists():
            self._store_first_build(done, raw)
        return re.findall(r"Usage is rolled up again, (.*?)\. ", done.output)

    def unlike(self, raw: Path) -> list[str]:
        """Rows that the warehouse holds otherwise than one built from nothing would."""
        compiled = Compiled(self._manifest, [table.name for table in ROLLED_UP])
        with duckdb.connect(str(self.afresh / "build.duckdb")) as connection:
            connection.execute("set TimeZone = 'UTC'")
            compiled.run(connection, {self._first_raw: str(raw)})
        return unlike(self.home, self.afresh, ROLLED_UP)

    @property
    def _manifest(self) -> Path:
        return self.afresh / "manifest.json"

    def _store_first_build(self, done: Build, raw: Path) -> None:
        """Its SQL takes all of usage, and its file has the seeds of the policy."""
        self._first_raw = str(raw)
        shutil.copy(done.target / "manifest.json", self._manifest)
        shutil.copy(done.home / "build.duckdb", self.afresh / "build.duckdb")


def unlike(by_day: Path, afresh: Path, tables: Sequence[Table]) -> list[str]:
    """Rows that the build file of one folder holds otherwise than that of the other."""
    found = []
    with (
        duckdb.connect(str(by_day / "build.duckdb"), read_only=True) as ours,
        duckdb.connect(str(afresh / "build.duckdb"), read_only=True) as theirs,
    ):
        for connection in (ours, theirs):
            connection.execute("set TimeZone = 'UTC'")
        for table in tables:
            theirs.register("by_day", ours.execute(f"from {table.path}").fetch_arrow_table())
            sides = ("by day", "built from nothing")
            found += differences(theirs, table, ("by_day", table.path), sides)
            theirs.unregister("by_day")
    return found


def reader(path: Path) -> str:
    """What DuckDB reads a file by, all of a CSV as text."""
    if path.suffix == ".csv":
        return f"read_csv('{path}', header = true, all_varchar = true)"
    return f"read_parquet('{path}')"


def _write(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    form = "csv, header" if path.suffix == ".csv" else "parquet"
    connection.execute(f"copy ({query}) to '{path}' (format {form})")
