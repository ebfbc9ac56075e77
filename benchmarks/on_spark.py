"""`python -m benchmarks.on_spark`: the models on a Spark of this machine, in dbt's own process."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import click
from dbt.cli.main import dbtRunner
from pyspark.sql import SparkSession

from benchmarks.builds import AS_THEY_ENDED, PROJECT, WITHOUT_TESTS, environment_of

RAW_SCHEMA = "raw_spark"
# Of a build only the models count here; dbt's tests run on DuckDB.
MODELS_ONLY = ("--quiet", *WITHOUT_TESTS)
# The same on every call, so that dbt parses once. On Spark the demo is a schema, which ends with
# the run and not with demo_ends_on.
VARIABLES = {
    "dev": ("--vars", json.dumps(AS_THEY_ENDED | {"demo_ends_on": AS_THEY_ENDED["run_date"]})),
    "spark": ("--vars", json.dumps(AS_THEY_ENDED | {"raw_schema": RAW_SCHEMA})),
}
# For little data: a catalog in memory, a shuffle partition a core, a compiler that is quick.
SMALL = {
    "spark.master": "local[2]",
    "spark.driver.host": "localhost",
    "spark.driver.bindAddress": "127.0.0.1",
    # Each query is compiled to classes of its own. With this compiler the JVM sets 48 MB aside for
    # code, and once they are full it only interprets.
    "spark.driver.extraJavaOptions": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
    " -XX:ReservedCodeCacheSize=512m",
    "spark.driver.memory": "4g",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # Each sort and sum of a query begins with a page: of the usual 64 MB, they fill the heap.
    "spark.buffer.pageSize": "1m",
    "spark.default.parallelism": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.ansi.enabled": "false",  # as dbt-spark sets it
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.files.minPartitionNum": "1",
    "spark.sql.files.openCostInBytes": "0",
    "spark.sql.maxPlanStringLength": "10000",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.ui.retainedExecutions": "1",
}


@contextmanager
def local_spark(home: Path) -> Iterator[SparkSession]:
    """The one Spark of this process, all that it writes under `home`; dbt finds it by itself."""
    places = {"spark.sql.warehouse.dir": home / "warehouse", "spark.local.dir": home / "tmp"}
    builder = SparkSession.builder.config("spark.sql.session.timeZone", "UTC")
    for name, value in {**SMALL, **places}.items():
        builder = builder.config(name, str(value))
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()


def load_raw(spark: SparkSession, folder: Path) -> None:
    """The extracts as a loader would leave them: CSVs as text, Parquet, parts too, as it is."""
    load_tables(spark, folder, RAW_SCHEMA)


def load_tables(spark: SparkSession, folder: Path, schema: str) -> None:
    """Load a folder of files as the tables of a schema that does not exist yet."""
    spark.sql(f"create database {schema}")
    for path in sorted(folder.iterdir()):
        table = f"{schema}.{path.name.split('.')[0]}"
        if path.suffix == ".parquet" or path.is_dir():
            spark.catalog.createTable(table, path=str(path), source="parquet")
        elif path.suffixes[:1] == [".csv"]:
            rows = spark.read.csv(str(path), header=True, escape='"', multiLine=True)
            rows.write.saveAsTable(table)


def dbt_here(home: Path, command: str, target: str, *arguments: str) -> Any:
    """What a dbt command in this process comes to, all that it writes under `home`."""
    return dbt_result(home, command, "--target", target, *VARIABLES[target], *arguments)


def dbt_result(home: Path, command: str, *arguments: str) -> Any:
    """The result of a dbt command in this process, all that it writes under `home`."""
    places = ("--target-path", str(home / "target"))
    project = ("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT))
    with mock.patch.dict(os.environ, environment_of(home), clear=True):
        done = dbtRunner().invoke([command, *arguments, *places, *project])
    if done.exception:
        raise done.exception
    failed = [f"{one.node.name}: {one.message}" for one in done.result if one.status == "error"]
    assert done.success, f"dbt {command} {arguments} failed:\n" + "\n".join(failed)
    return done.result


@click.command()
@click.option("--raw", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--home", type=click.Path(path_type=Path), required=True)
def main(raw: Path, home: Path) -> None:
    """Load a folder of extracts and build the models; how long each took, in seconds."""
    with local_spark(home) as spark:
        begun = time.perf_counter()
        load_raw(spark, raw)
        loaded = time.perf_counter()
        dbt_here(home, "build", "spark", *MODELS_ONLY)
        click.echo(json.dumps({"load": loaded - begun, "build": time.perf_counter() - loaded}))


if __name__ == "__main__":
    main()
