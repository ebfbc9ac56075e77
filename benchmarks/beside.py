"""Other ways to the same tables: timed, and held to the warehouse's numbers."""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks import bare
from benchmarks.agreement import disagreements
from benchmarks.builds import Taken, measured

TIERS = ("all", "arr_tier", "touch_tier", "investment_tier")
# Each mart of the peers by its key, and the rows of the warehouse's that they make.
MARTS = {
    "fct_mrr_monthly": (("account_id", "month"), "true"),
    "fct_retention": (
        ("window_months", "month", "segment_type", "segment"),
        f"starting_accounts > 0 and segment_type in {TIERS}",
    ),
    "fct_usage_monthly": (("account_id", "month"), "true"),
    "fct_health_scores": (("snapshot_date", "account_id"), "is_active_scheme"),
}


class Disagree(RuntimeError):
    """What was to be compared does not give the same numbers."""


@dataclass(frozen=True)
class Peers:
    """What the marts by hand took, in all and step by step."""

    taken: Taken
    steps: dict[str, float]


def has_peers() -> bool:
    """Whether Polars is installed."""
    return importlib.util.find_spec("polars") is not None


def run_bare(home: Path, raw: Path, build_file: Path) -> Taken:
    """Roll events up in bare DuckDB. Raises Disagree unless it is the build's roll-up."""
    out = home / "bare.duckdb"
    out.unlink(missing_ok=True)
    taken = measured(["benchmarks.bare", "--raw", str(raw), "--out", str(out)], home / "bare.log")
    with duckdb.connect(str(build_file), read_only=True) as connection:
        connection.execute(f"attach '{out}' as bare (read_only)")
        ours = """(
            select * from staging.base_product__usage_rolled_up
            where table_name = 'events' or rollup <> 'rows'
        )"""
        _hold(connection, "usage rolled up", ours, "bare.rolled_up", bare.KEY)
    out.unlink()
    return taken


def run_peers(home: Path, raw: Path, build_file: Path) -> Peers:
    """Make four marts in Polars. Raises Disagree unless they are the build's."""
    made, tiers = home / "peers", home / "tiers.parquet"
    with duckdb.connect(str(build_file), read_only=True) as connection:
        connection.execute(f"copy marts.fct_account_segments to '{tiers}'")
        as_of = connection.sql("select as_of_date from intermediate.int_run_context").fetchall()
    command = ["benchmarks.peers", "--raw", str(raw), "--tiers", str(tiers), "--out", str(made)]
    log = home / "peers.log"
    taken = measured([*command, "--as-of", as_of[0][0].isoformat()], log)
    with duckdb.connect(str(build_file), read_only=True) as connection:
        for mart, (key, rows) in MARTS.items():
            ours = f"(select * from marts.{mart} where {rows})"
            _hold(connection, mart, ours, f"'{made / mart}.parquet'", key)
    return Peers(taken, json.loads(log.read_text().splitlines()[-1]))


def has_spark() -> bool:
    """Whether dbt-spark and pyspark are installed."""
    return all(importlib.util.find_spec(name) for name in ("dbt.adapters.spark", "pyspark"))


def run_spark(home: Path, raw: Path) -> dict[str, float]:
    """Seconds that a Spark of this machine takes to load the raw tables and for the models."""
    made, log = home / "spark", home / "spark.log"
    shutil.rmtree(made, ignore_errors=True)
    measured(["benchmarks.on_spark", "--raw", str(raw), "--home", str(made)], log)
    return json.loads(log.read_text().splitlines()[-1])


def _hold(
    connection: duckdb.DuckDBPyConnection, what: str, ours: str, theirs: str, key: Sequence[str]
) -> None:
    if found := disagreements(connection, ours, theirs, key):
        raise Disagree(f"{what}: {found}")
