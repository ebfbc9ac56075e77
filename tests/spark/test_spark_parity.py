"""Spark makes the same marts as DuckDB, row by row: keys equal, money exact, floats to 2e-9."""

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from comparison import Table, differences, tables_read
from conftest import PROJECT, Build
from pyspark.sql import SparkSession

from benchmarks.on_spark import load_raw, local_spark
from spark.engines import (
    build_on_duckdb,
    build_on_spark,
    compiled,
    roll_up_usage_again_on_spark,
)

# What an extract may hold where the contract wants a number, a date, a timestamp or a boolean.
ODD_TEXTS = (
    *("1", "-0", "+5", ".5", "5.", "1e5", "1E-3", "1e400", "2147483648", "0x1F", "NaN", "inf"),
    *("1f", "30d", "1.5D", "1L", "1,000", "1 000", "$5", "--1", "\t5", "5\n", "\u00a05", "5\u2003"),
    *("true", "T", "yes", "Y", "on", "0", "", " ", "\t", "today", "yesterday", "epoch"),
    *("2024", "2024-01", "2024-1-5", "20240105", "2024/01/05", "01/05/2024", "2024-Jan-05"),
    *("2024-02-29", "2024-02-30", "2023-02-29", "2024-13-01", "0000-00-00", "9999-12-31"),
    *("2024-01-05 ", "2024-01-05\t", "2024-01-05\n", "2024-01-05x", "2024-01-05 (BC)"),
    *("2024-01-05 10", "2024-01-05 10:00", "2024-01-05T10:00:00", "2024-01-05  10:00:00"),
    *("2024-01-05 1:2:3", "2024-01-05 24:00:00", "2024-01-05 10:60", "2024-01-05 10:00:00 AM"),
    *("2024-01-05 10:00:00.", "2024-01-05 10:00:00.5", "2024-01-05 10:00:00.123456789"),
    *("2024-01-05Z", "2024-01-05 10:00Z", "2024-01-05T23:30:00Z", "2024-01-05 23:30:00 UTC"),
    *("2024-01-05 23:30:00-05", "2024-01-05 23:30:00-0530", "2024-01-05T01:30:00.5+14:00"),
    *("2024-01-05 10:00:00 +02:00", "2024-01-05 10:00:00+25:00", "2024-01-05 10:00:00z"),
    *(
        "2024-01-05 10:00:00.000 +0000",
        "2024-01-05T10:00Z",
        "2024-01-05 10:00+02",
        "2024-01-05T10:00z",
    ),
    *("1704448800", "1704448800.0", "1704448800000", "1704448800.5", "20240105100000", "-1"),
    *(
        "2024-01-05 23:59",
        "2024-01-05T23:59:59Z",
        "2024-01-05 23:58:59",
        "2024-01-05T23:59:59+02:00",
    ),
    *(
        "NULL",
        "null",
        "\\N",
        "N/A",
        "None",
        "nan",
        "#N/A",
        "1_000",
        "1001.0",
        "-7.00",
        "1.0",
        "0.0",
    ),
    *("\u200b5\u200b", "\ufeff5", "eur", "EUR", "dollars", "0000-00-00", "infinity", "1001.0x"),
    *("2024-01-05 10:00:00 PST", "2024-01-05 10:00:00 Europe/Berlin", "2024-01-05 10:00:01"),
)
PARSED = """
    {% set columns = {'raw': {'name': 'raw', 'type': 'varchar'}} %}
    select
        {% for name in 'int decimal bool date timestamp id text currency end'.split(' ') %}
        {% set meta = {'type': 'date', 'is_end': true} if name == 'end' else {'type': name} %}
        {% set given = given_value(raw_value(columns, 'raw', meta), meta, 'text') %}
        {{ parse_raw(given, meta, 'text') }} as as_{{ name }},
        {% endfor %}
        raw_source.raw
    from odd_texts as raw_source
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("engines")


@pytest.fixture(scope="module")
def own() -> Path | None:
    """The folder of extracts to take instead of the demo's."""
    return Path(os.environ["CS_RAW_PATH"]).resolve() if os.environ.get("CS_RAW_PATH") else None


@pytest.fixture(scope="module")
def built(home: Path, own: Path | None) -> Build:
    return build_on_duckdb(home / "duckdb", own)


@pytest.fixture(scope="module")
def spark(home: Path, own: Path | None) -> Iterator[SparkSession]:
    with local_spark(home / "spark") as session:
        load_raw(session, own or PROJECT / "seeds" / "demo")
        build_on_spark(home / "spark")
        yield session


def test_every_mart_is_the_same(spark: SparkSession, built: Build, subtests: pytest.Subtests):
    tables = tables_read(built.manifest)
    assert tables
    with duckdb.connect(str(built.home / "build.duckdb"), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for table in tables:
            connection.register("on_spark", spark.table(table.path).toArrow())
            with subtests.test(table.path):
                found = differences(connection, table, (table.path, "on_spark"))
                assert not found, "\n".join(found)
            connection.unregister("on_spark")


def test_a_second_run_rolls_up_the_same(spark: SparkSession, home: Path):
    rolled_up = "staging.base_product__usage_rolled_up"
    before = spark.table(rolled_up).toArrow()
    assert before.num_rows
    roll_up_usage_again_on_spark(home / "spark")
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.register("before", before)
        connection.register("after", spark.table(rolled_up).toArrow())
        key = ("rollup", "month", "table_name", "usage_on", "account_id", "user_id", "feature_key")
        table = Table("staging", "base_product__usage_rolled_up", key)
        found = differences(connection, table, ("before", "after"), ("at first", "after"))
    assert not found, "\n".join(found)


def test_raw_text_is_read_the_same(spark: SparkSession, home: Path):
    texts = [(text,) for text in ODD_TEXTS]
    spark.createDataFrame(texts, "raw string").createOrReplaceTempView("odd_texts")
    theirs = spark.sql(compiled(home / "spark", "spark", PARSED)).toArrow()
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("create table odd_texts as select unnest(?) as raw", [list(ODD_TEXTS)])
    connection.execute(f"create table ours as {compiled(home / 'duckdb', 'dev', PARSED)}")
    connection.register("theirs", theirs)
    found = differences(connection, Table("staging", "odd_texts", ("raw",)), ("ours", "theirs"))
    assert not found, "\n".join(found)
