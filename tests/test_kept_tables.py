"""What a build keeps of the last one: all that would come out the same, and nothing else."""

from __future__ import annotations

import re
import shutil
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest
from comparison import Table, differences
from conftest import Build, dbt
from daily_company import Company, Warehouse

ACCOUNTS = ("acc_00170", "acc_00242", "acc_00326", "acc_00395")
AS_BEFORE, AFTERWARDS = date(2026, 6, 24), date(2026, 6, 25)
# The customers were there before the CRM was, and before who looks after them had been hired.
NEW_CRM = {
    "crm_accounts.csv": ["update raw set created_at = '2026-05-01'"],
    "crm_team_members.csv": ["update raw set hired_on = '2026-05-04'"],
}
CHANGES = {
    "a ticket told later": (
        "support_tickets.csv",
        "delete from raw where created_at < '2026-02-01'",
    ),
    "accounts moved": ("crm_accounts.csv", "update raw set industry = 'elsewhere'"),
    "members renamed": ("crm_team_members.csv", "update raw set member_name = 'N. N.'"),
    "another rate for all time": (
        "billing_exchange_rates.csv",
        "update raw set rate_to_reporting = 2 where rate_on = '2026-01-01'",
    ),
    "dearer from the start": (
        "billing_subscription_items.csv",
        "update raw set unit_amount = cast(cast(unit_amount as double) * 2 as varchar)",
    ),
}


@dataclass(frozen=True)
class Dated:
    """A table whose rows of a date follow from its dated inputs up to that date."""

    path: str
    kept_by: str
    grain: tuple[str, ...]
    sql: str

    def rows(self, last: date, relation: str) -> str:
        """What a relation holds of dates that a cut after `last` leaves whole."""
        month_is_over = last.day == monthrange(last.year, last.month)[1]
        within = "<=" if self.kept_by == "snapshot_date" or month_is_over else "<"
        return f"(select * from {relation} where {self.kept_by} {within} '{self.cut(last)}')"

    def cut(self, last: date) -> date:
        """The last date of its rows that is told on a day."""
        return last if self.kept_by == "snapshot_date" else last.replace(day=1)


def dated_tables(demo: Build) -> list[Dated]:
    """The tables that the project declares to be so."""
    return [
        Dated(
            f'{node["schema"]}."{node["alias"]}"',
            node["config"]["meta"]["kept_by"],
            tuple(node["config"]["meta"]["grain"]),
            node["compiled_code"],
        )
        for node in demo.manifest["nodes"].values()
        if node["resource_type"] == "model"
        and node["config"]["materialized"] == "table"
        and "kept_by" in node["config"]["meta"]
    ]


@pytest.fixture(scope="module")
def dates(marts: duckdb.DuckDBPyConnection) -> list[date]:
    found = marts.execute("select snapshot_date from intermediate.int_snapshot_dates order by 1")
    return [snapshot_date for (snapshot_date,) in found.fetchall()]


@pytest.mark.parametrize("place", [0.4, 0.7, 0.9, 0.98])
def test_rows_of_a_date_follow_from_what_is_told_up_to_it(
    demo: Build, dates: list[date], place: float, tmp_path: Path
):
    """Their inputs are cut after a date, all at once; what they make of that is what they held."""
    tables, last = dated_tables(demo), dates[int(place * len(dates))]
    assert tables
    found = []
    shutil.copy(demo.home / "build.duckdb", tmp_path / "build.duckdb")
    with duckdb.connect(str(tmp_path / "build.duckdb")) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for number, table in enumerate(tables):
            connection.execute(f"create table whole_{number} as from {table.path}")
            connection.execute(
                f"delete from {table.path} where {table.kept_by} > '{table.cut(last)}'"
            )
        for number, table in enumerate(tables):
            connection.execute(f"create or replace temp table made as {table.sql}")
            relations = (table.rows(last, f"whole_{number}"), table.rows(last, "made"))
            schema, name = table.path.split(".")
            found += differences(
                connection, Table(schema, name, table.grain), relations, ("held", "made")
            )
    assert found == []


def kinds(build: Build) -> dict[str, set[str]]:
    """The nodes of a build that were kept, and those that were not, but for views."""
    nodes, found = build.manifest["nodes"], {"kept": set(), "made": set()}
    for result in build.results:
        node = nodes.get(result["unique_id"])
        if node and node["config"]["materialized"] != "view":
            was_kept = result["adapter_response"].get("_message") == "KEPT"
            found["kept" if was_kept else "made"].add(node["name"])
    return found


@pytest.fixture(scope="module")
def again(demo: Build, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The demo, built once more beside itself with nothing new."""
    home = tmp_path_factory.mktemp("again")
    shutil.copytree(demo.home, home, dirs_exist_ok=True)
    return dbt("build", home, "--exclude-resource-type", "unit_test")


def test_nothing_is_made_or_tested_anew_where_nothing_has_changed(again: Build):
    assert again.returncode == 0
    assert kinds(again)["made"] == {
        "base_product__usage_rolled_up",  # has its own look at what has changed
        "int_rows_rejected",  # reads rows of use
        "warn_unmapped_churn_reasons",  # goes on warning
    }


def test_dbt_test_and_full_refresh_keep_nothing(again: Build):
    only = ("--select", "int_health_metrics", "fct_health_metrics")
    assert kinds(dbt("test", again.home, *only))["kept"] == set()
    assert kinds(dbt("run", again.home, "--full-refresh", *only))["kept"] == set()


def test_a_test_that_failed_is_run_until_it_passes(again: Build):
    """Though nothing that it reads has changed since."""
    grain = ("--select", "grain_fct_renewals_")

    def statuses(build: Build) -> list[str]:
        return [r["status"] for r in build.results if r["unique_id"].startswith("test.")]

    with duckdb.connect(str(again.home / "build.duckdb")) as connection:
        connection.execute("delete from main.tests_passed where test like '%grain_fct_renewals_%'")
        connection.execute("insert into marts.fct_renewals from marts.fct_renewals limit 1")
    for _ in range(2):
        assert statuses(dbt("build", again.home, *grain)) == ["fail"]
    assert dbt("run", again.home, "--full-refresh", "--select", "fct_renewals").returncode == 0
    assert statuses(dbt("build", again.home, *grain)) == ["pass"]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    return Company(tmp_path_factory.mktemp("kept") / "company", ACCOUNTS)


@pytest.fixture(scope="module")
def day_before(company: Company, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """The company's warehouse, a day before its extracts change."""
    warehouse = Warehouse(tmp_path_factory.mktemp("before") / "warehouse")
    warehouse.build(company.extract(AS_BEFORE, NEW_CRM))
    return warehouse


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_past_reaches_all_that_follows_from_it(
    company: Company, day_before: Warehouse, change: str, tmp_path: Path
):
    warehouse = day_before.copy(tmp_path / "warehouse")
    name, statement = CHANGES[change]
    raw = company.extract(AFTERWARDS, NEW_CRM | {name: [*NEW_CRM.get(name, []), statement]})
    warehouse.build(raw)
    assert warehouse.unlike(raw, warehouse.marts) == []


def test_what_a_day_brings_reaches_no_date_before_its_month(
    company: Company, day_before: Warehouse, tmp_path: Path
):
    """Of any table with dates, though every extract is written anew."""
    warehouse = day_before.copy(tmp_path / "warehouse")
    warehouse.build(company.extract(AFTERWARDS, NEW_CRM))
    run = {path.stem: path.read_text() for path in (warehouse.home / "target/run").rglob("*.sql")}
    taken, reaching_back = set(), set()
    with duckdb.connect(str(warehouse.home / "build.duckdb"), read_only=True) as connection:
        for node in warehouse.manifest["nodes"].values():
            kept_by, name = node["config"].get("meta", {}).get("kept_by"), node["name"]
            if node["config"]["materialized"] != "table" or not kept_by:
                continue
            dates = re.findall(rf"{kept_by} >= cast\('([\d-]+)' as date\);", run[name])
            if not dates and "drop table" in run[name]:
                # As one that had no rows is, too.
                dates = [
                    str(connection.table(f"{node['schema']}.{name}").min(kept_by).fetchone()[0])
                ]
            taken |= {name for _ in dates}
            reaching_back |= {name for day in dates if day < str(AFTERWARDS.replace(day=1))}
    assert {"int_account_mrr_by_snapshot", "int_health_scores", "int_metrics_tickets"} <= taken
    assert reaching_back == set()
