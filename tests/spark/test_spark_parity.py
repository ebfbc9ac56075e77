"""Spark makes the same marts as DuckDB, row by row: keys equal, money exact, floats to 1e-9."""

import os
from datetime import date
from pathlib import Path

import duckdb
import pytest
from conftest import PROJECT

from spark.comparison import differences
from spark.engines import (
    RAW_SCHEMA,
    build_on_duckdb,
    build_on_spark,
    compared_tables,
    load_raw,
    local_spark,
)

DEMO = PROJECT / "seeds" / "demo"


def test_every_mart_is_the_same_on_spark(tmp_path: Path, subtests: pytest.Subtests):
    own = Path(os.environ["CS_RAW_PATH"]).resolve() if os.environ.get("CS_RAW_PATH") else None
    today = f"run_date: {date.today()}"
    built = build_on_duckdb(tmp_path / "duckdb", own, f"{{{today}}}")
    tables = compared_tables(built.manifest)
    assert tables
    with local_spark(tmp_path / "spark") as spark:
        load_raw(spark, own or DEMO)
        build_on_spark(tmp_path / "spark", f"{{{today}, raw_schema: {RAW_SCHEMA}}}")
        with duckdb.connect(str(built.home / "build.duckdb"), read_only=True) as connection:
            connection.execute("set TimeZone = 'UTC'")
            for table in tables:
                connection.register("on_spark", spark.table(table.path).toArrow())
                with subtests.test(table.path):
                    found = differences(connection, table, (table.path, "on_spark"))
                    assert not found, "\n".join(found)
                connection.unregister("on_spark")
