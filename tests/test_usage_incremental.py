"""Usage rolled up day after day comes to what one build of the last extracts makes of it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

import duckdb
import pytest
from comparison import Table, differences
from conftest import PROJECT, Build, dbt
from truncation import truncate_raw

from benchmarks.compiled import Compiled

DEMO = PROJECT / "seeds" / "demo"
USAGE, EVENTS, ACCOUNTS = "product_usage_daily.parquet", "product_events.csv", "crm_accounts.csv"
# Daily counts of some, single events of others.
OURS = ("acc_00170", "acc_00242", "acc_00326", "acc_00384", "acc_00392", "acc_00395")
THEIRS = ("acc_00377", "acc_00409", "acc_00410")
MODELS = ("--vars", "{run_date: 2026-07-15}", "--exclude-resource-type", "test", "unit_test")
ROLLED_UP = (
    Table("staging", "base_product__rows_counted", ("table_name", "usage_on")),
    Table("intermediate", "int_usage_account_days", ("account_id", "usage_on")),
    Table("intermediate", "int_usage_user_months", ("account_id", "user_id", "month")),
    Table("intermediate", "int_usage_feature_months", ("account_id", "feature_key", "month")),
)

ROLL_UP = ("--select", *(f"+{table.name}" for table in ROLLED_UP))

# Changes of an extract's rows, as SQL on the table `raw`.
Changes = Mapping[str, Sequence[str]]

LATE = "delete from raw where usage_on = '2026-06-22'"
LATE_BEYOND_LOOK_BACK = "delete from raw where usage_on between '2026-03-09' and '2026-03-15'"
TWICE = "insert into raw from raw where usage_on between '2026-05-18' and '2026-05-20'"
REMOVED = "delete from raw where usage_on between '2024-10-20' and '2024-10-31'"
CORRECTED = (
    "insert into raw select * replace (event_count + 3 as event_count, now() as loaded_at)"
    " from raw where usage_on between '2026-04-01' and '2026-04-07'"
)
LOADED_AGAIN = (
    "update raw set event_count = event_count + 1, loaded_at = loaded_at + interval 1 day"
    " where usage_on between '2025-12-01' and '2025-12-07'"
)
WITHOUT_A_DAY, IN_THE_FUTURE = (
    f"insert into raw values ('{id_}', 'acc_00395', 'u', 'reports', '{moment}', 'x', '1', null)"
    for id_, moment in (("e-1", "on Monday"), ("e-2", "2026-12-24 10:00:00"))
)
NOT_IN_THE_CRM_YET = "delete from raw where account_id = 'acc_00384'"

FIRST = {
    ACCOUNTS: [NOT_IN_THE_CRM_YET],
    USAGE: [LATE, LATE_BEYOND_LOOK_BACK],
    EVENTS: [WITHOUT_A_DAY, IN_THE_FUTURE],
}
SECOND = {ACCOUNTS: [NOT_IN_THE_CRM_YET], USAGE: [LATE_BEYOND_LOOK_BACK, TWICE]}
# For the account that came, for the rows that were late, and for those taken away or loaded again.
CHANGED = ("2024-10", "2025-12", *(f"2026-0{month}" for month in range(1, 6)))
THIRD = {USAGE: [TWICE, REMOVED, CORRECTED, LOADED_AGAIN]}


class Company:
    """Some accounts of the demo, and their extracts as they are taken on a day."""

    def __init__(self, home: Path, accounts: Sequence[str]) -> None:
        """Take the accounts out of the demo's extracts."""
        self.whole, self.raw = home / "whole", home / "raw"
        self.whole.mkdir(parents=True)
        ours = "account_id in ('" + "', '".join(accounts) + "')"
        subscriptions = _reader(DEMO / "billing_subscriptions.csv")
        rows = {
            "account_id": ours,
            "subscription_id": f"subscription_id in (select subscription_id from {subscriptions}"
            f" where {ours})",
        }
        with duckdb.connect() as connection:
            for path in [*DEMO.glob("*.csv"), *DEMO.glob("*.parquet")]:
                described = connection.execute(f"describe from {_reader(path)}").fetchall()
                columns = [name for name, *_ in described]
                where = next((f"where {rows[name]}" for name in rows if name in columns), "")
                _write(connection, f"from {_reader(path)} {where}", self.whole / path.name)

    def extract(self, day: date, changes: Changes) -> Path:
        """The extracts as they would have been on a day, but for the changes."""
        shutil.rmtree(self.raw, ignore_errors=True)
        truncate_raw(self.whole, self.raw, day)
        for name, statements in changes.items():
            with duckdb.connect() as connection:
                connection.execute(f"create table raw as from {_reader(self.raw / name)}")
                for statement in statements:
                    assert connection.execute(statement).fetchall() != [(0,)], statement
                _write(connection, "from raw", self.raw / name)
        return self.raw


class Warehouse:
    """A warehouse that is built day after day, and beside it one that is built anew each time."""

    def __init__(self, home: Path) -> None:
        """Nothing is built yet."""
        self.home, self.anew = home / "days", home / "anew"
        self.anew.mkdir(parents=True)

    def build(self, raw: Path, *selected: str) -> list[str]:
        """Build from the extracts; what the run says of usage, in words."""
        done = dbt("build", self.home, *MODELS, *selected, CS_RAW_PATH=str(raw))
        assert done.returncode == 0, done.output[-4000:]
        if not self._manifest.exists():
            self._keep_first_build(done, raw)
        return re.findall(r"Usage is rolled up anew, (.*?)\. ", done.output)

    def unlike(self, raw: Path, tables: Sequence[Table]) -> list[str]:
        """What the warehouse holds otherwise than one built from nothing would."""
        compiled = Compiled(self._manifest, [table.name for table in self.marts])
        found = []
        with (
            duckdb.connect(str(self.home / "build.duckdb"), read_only=True) as ours,
            duckdb.connect(str(self.anew / "build.duckdb")) as theirs,
        ):
            compiled.run(theirs, {self._first_raw: str(raw)})
            for connection in (ours, theirs):
                connection.execute("set TimeZone = 'UTC'")
            for table in tables:
                theirs.register("by_day", ours.execute(f"from {table.path}").fetch_arrow_table())
                sides = ("by day", "anew")
                found += differences(theirs, table, ("by_day", table.path), sides)
                theirs.unregister("by_day")
        return found

    @cached_property
    def marts(self) -> list[Table]:
        """All that people read."""
        nodes = json.loads(self._manifest.read_text(encoding="utf-8"))["nodes"].values()
        return [
            Table(node["schema"], node["alias"], tuple(node["config"]["meta"]["grain"]))
            for node in nodes
            if node["resource_type"] == "model" and node["schema"] in ("marts", "quality")
        ]

    @property
    def _manifest(self) -> Path:
        return self.anew / "manifest.json"

    def _keep_first_build(self, done: Build, raw: Path) -> None:
        """Its SQL takes all of usage, and its file has the seeds of the policy."""
        self._first_raw = str(raw)
        shutil.copy(done.target / "manifest.json", self._manifest)
        shutil.copy(done.home / "build.duckdb", self.anew / "build.duckdb")


def _reader(path: Path) -> str:
    if path.suffix == ".csv":
        return f"read_csv('{path}', header = true, all_varchar = true)"
    return f"read_parquet('{path}')"


def _write(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    form = "csv, header" if path.suffix == ".csv" else "parquet"
    connection.execute(f"copy ({query}) to '{path}' (format {form})")


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Company:
    return Company(tmp_path_factory.mktemp("ours"), OURS)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory, ours: Company) -> Warehouse:
    """One that holds two days."""
    made = Warehouse(tmp_path_factory.mktemp("warehouse"))
    assert made.build(ours.extract(date(2026, 6, 24), FIRST)) == []
    raw = ours.extract(date(2026, 6, 25), SECOND)
    assert made.build(raw, *ROLL_UP) == ["month by month: 2026-05"]
    assert made.unlike(raw, ROLLED_UP) == []
    return made


def test_days_added_come_to_what_one_build_makes(warehouse: Warehouse, ours: Company):
    raw = ours.extract(date(2026, 7, 2), THIRD)
    assert warehouse.build(raw) == [f"month by month: {', '.join(CHANGED)}"]
    assert warehouse.unlike(raw, [*ROLLED_UP, *warehouse.marts]) == []


def test_nothing_new_changes_nothing(warehouse: Warehouse, ours: Company):
    assert warehouse.build(ours.raw, *ROLL_UP) == []
    assert warehouse.unlike(ours.raw, ROLLED_UP) == []


def test_a_roll_up_of_another_version_is_not_carried_on(warehouse: Warehouse, ours: Company):
    with duckdb.connect(str(warehouse.home / "build.duckdb")) as connection:
        connection.execute(
            "alter table staging.base_product__usage_rolled_up drop column last_loaded_at"
        )
    assert warehouse.build(ours.raw, *ROLL_UP) == []
    assert warehouse.unlike(ours.raw, ROLLED_UP) == []


def test_another_extract_is_not_mixed_in(warehouse: Warehouse, tmp_path: Path):
    raw = Company(tmp_path, THEIRS).extract(date(2026, 7, 2), {})
    assert warehouse.build(raw, *ROLL_UP) == ["all of it"]
    assert warehouse.unlike(raw, ROLLED_UP) == []


def test_without_usage_none_is_left(warehouse: Warehouse, tmp_path: Path):
    raw = Company(tmp_path, THEIRS).extract(date(2026, 7, 2), {})
    for name in (USAGE, EVENTS):
        (raw / name).unlink()
    assert warehouse.build(raw, *ROLL_UP) == ["all of it"]
    with duckdb.connect(str(warehouse.home / "build.duckdb"), read_only=True) as connection:
        for table in ROLLED_UP:
            assert connection.execute(f"select count(*) from {table.path}").fetchall() == [(0,)]
