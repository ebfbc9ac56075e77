"""Every law, of dbt and of Great Expectations, finds a mart that breaks it.

Each change to the demo's marts in BREAKS must break the laws listed with it, and every law must be
listed. That they hold on a whole build is what `dbt build` and `pipeline validate` test themselves.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import PROJECT, Build
from law_breaks import BREAKS

from benchmarks.compiled import Compiled
from expectations.validation import SUITES

GENERIC = {"grain", "row_laws", "ranked", "sums_to_one", "constant_within", "parts_sum_to_all"}
# These judge policy and extracts, and have tests of their own.
OF_INPUT = (
    "_policy_is_sound",
    "_within_limit",
    "warn_unmapped_churn_reasons",
    "warn_active_scheme_is_behind",
    "warn_own_links_that_link_nothing",
)
USAGE = "seeds/demo/product_usage_daily.parquet"


def laws(build: Build) -> dict[str, str]:
    """Queries for the rows that break a law, by `mart: law` or by the name of a singular test."""
    nodes = build.manifest["nodes"]
    found = {
        f"{suite.table.split('.')[1]}: {law.description}": law.unexpected_rows_query.replace(
            "{batch}", suite.table
        )
        for suite in SUITES
        for law in suite.expectations
    }
    for node in (node for node in nodes.values() if node["resource_type"] == "test"):
        kind, sql = (node.get("test_metadata") or {}).get("name"), node.get("compiled_code", "")
        if kind == "row_laws":
            model = nodes[node["attached_node"]]
            for law in model["config"]["meta"]["laws"]:
                where = "broken_law = '{}'".format(law.replace("'", "''"))
                found[f"{model['name']}: {law}"] = f"select * from ({sql}) where {where}"
        elif kind in GENERIC:
            found[f"{nodes[node['attached_node']]['name']}: {kind}"] = sql
        elif not kind and not node["name"].endswith(OF_INPUT):
            found[node["name"]] = sql
    return found


@pytest.fixture(scope="module")
def every_law(demo: Build) -> dict[str, str]:
    return laws(demo)


@pytest.fixture(scope="module")
def marts_to_break(
    demo: Build, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the demo's build file, in which every mart is a table that can be changed."""
    file = tmp_path_factory.mktemp("laws") / "build.duckdb"
    shutil.copyfile(demo.home / "build.duckdb", file)
    with duckdb.connect(str(file)) as connection:
        views = "select table_name from information_schema.views where table_schema = 'marts'"
        for (mart,) in connection.execute(views).fetchall():
            connection.execute(f"create table marts.as_table as from marts.{mart}")
            connection.execute(f"drop view marts.{mart}")
            connection.execute(f"alter table marts.as_table rename to {mart}")
        yield connection


@pytest.mark.parametrize("change", BREAKS)
def test_a_law_finds_what_breaks_it(
    every_law: dict[str, str], marts_to_break: duckdb.DuckDBPyConnection, change: str
):
    marts_to_break.begin()
    try:
        marts_to_break.execute(change)
        for words in BREAKS[change]:
            (law,) = (name for name in every_law if name.startswith(words))
            assert marts_to_break.execute(every_law[law]).fetchone(), f"{law} finds nothing"
    finally:
        marts_to_break.rollback()


def test_every_law_has_a_change_that_breaks_it(every_law: dict[str, str]):
    broken = tuple(words for listed in BREAKS.values() for words in listed)
    assert not [law for law in every_law if not law.startswith(broken) and "grain" not in law]


def test_every_law_holds_on_a_young_company(demo: Build, every_law: dict[str, str], tmp_path: Path):
    """Accounts of the last weeks: no account has left, and no window of 12 months has a base."""
    file, usage = tmp_path / "build.duckdb", tmp_path / "usage.parquet"
    shutil.copyfile(demo.home / "build.duckdb", file)
    models = [node["name"] for node in demo.manifest["nodes"].values() if _is_run_model(node)]
    with duckdb.connect(str(file)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(
            "create temp table young as select account_id from raw_demo.billing_subscriptions"
            " group by account_id having min(started_on) >= '2026-05-01'"
        )
        tables = (
            "select table_name from information_schema.columns"
            " where table_schema = 'raw_demo' and column_name = 'account_id'"
        )
        for (table,) in connection.execute(tables).fetchall():
            connection.execute(f"delete from raw_demo.{table} where account_id not in (from young)")
        connection.execute(
            f"copy (from '{PROJECT / USAGE}' where account_id in (from young)) to '{usage}'"
        )
        connection.begin()
        Compiled(demo.target / "manifest.json", models).run(connection, {USAGE: str(usage)})
        connection.commit()
        assert connection.execute("select count(*) from marts.dim_accounts").fetchone() > (5,)
        assert not [law for law, sql in every_law.items() if connection.execute(sql).fetchone()]


def _is_run_model(node: dict[str, Any]) -> bool:
    return node["resource_type"] == "model" and bool(node.get("compiled_code"))
