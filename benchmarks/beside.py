"""Other ways to the same tables: timed, and compared with the warehouse's numbers."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import duckdb

from benchmarks import bare
from benchmarks.agreement import disagreements
from benchmarks.builds import Taken, measured


class Disagree(RuntimeError):
    """What was to be compared does not give the same numbers."""


def has_polars() -> bool:
    """Whether Polars is installed."""
    return importlib.util.find_spec("polars") is not None


def run_bare(home: Path, raw: Path, build_file: Path) -> Taken:
    """Roll events up in bare DuckDB. Raises Disagree unless it is the build's roll-up."""
    out = home / "bare.duckdb"
    out.unlink(missing_ok=True)
    taken = measured(["benchmarks.bare", "--raw", str(raw), "--out", str(out)], home / "bare.log")
    with duckdb.connect(str(build_file), read_only=True) as connection:
        connection.execute(f"attach '{out}' as bare (read_only)")
        _hold(connection, "table_name = 'events' or rollup <> 'rows'", "bare.rolled_up")
    out.unlink()
    return taken


def run_polars(home: Path, raw: Path, build_file: Path) -> Taken:
    """Roll events up in Polars. Raises Disagree unless it is the build's roll-up."""
    out = home / "polars.parquet"
    command = ["benchmarks.in_polars", "--raw", str(raw), "--out", str(out)]
    taken = measured(command, home / "polars.log")
    with duckdb.connect(str(build_file), read_only=True) as connection:
        _hold(connection, "rollup <> 'rows'", f"'{out}'")
    out.unlink()
    return taken


def has_spark() -> bool:
    """Whether dbt-spark and pyspark are installed."""
    return all(importlib.util.find_spec(name) for name in ("dbt.adapters.spark", "pyspark"))


def run_spark(home: Path, raw: Path) -> dict[str, float]:
    """Seconds that a Spark of this machine takes to load the raw tables and for the models."""
    made, log = home / "spark", home / "spark.log"
    shutil.rmtree(made, ignore_errors=True)
    measured(["benchmarks.on_spark", "--raw", str(raw), "--home", str(made)], log)
    return json.loads(log.read_text().splitlines()[-1])


def _hold(connection: duckdb.DuckDBPyConnection, rows: str, theirs: str) -> None:
    ours = f"(select * from staging.base_product__usage_rolled_up where {rows})"
    if found := disagreements(connection, ours, theirs, bare.KEY):
        raise Disagree(f"{theirs} differs from the build's roll-up: {found}")
