"""The demo built twice from the same raw extracts: on DuckDB, and as tables on a local Spark."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from conftest import PROJECT, Build, dbt
from dbt.cli.main import dbtRunner
from pyspark.sql import SparkSession

from spark.comparison import Table

RAW_SCHEMA = "raw_spark"
COMPARED_SCHEMAS = ("marts", "quality")
# Of a build only the models count here; dbt's tests run on DuckDB.
MODELS_ONLY = ("--quiet", "--threads", "2", "--exclude-resource-type", "test", "unit_test")
# The demo is small: a catalog in memory, one partition a table, a compiler that does not linger.
SMALL = {
    "spark.master": "local[2]",
    "spark.driver.host": "localhost",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.extraJavaOptions": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
    "spark.driver.memory": "3g",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.default.parallelism": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.files.minPartitionNum": "1",
    "spark.sql.files.openCostInBytes": "0",
    "spark.sql.shuffle.partitions": "1",
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
    """The extracts as a loader would leave them: CSVs as text, Parquet as it is."""
    spark.sql(f"create database {RAW_SCHEMA}")
    for path in sorted(folder.iterdir()):
        table = f"{RAW_SCHEMA}.{path.name.split('.')[0]}"
        if path.suffix == ".parquet":
            spark.catalog.createTable(table, path=str(path), source="parquet")
        elif path.suffixes[:1] == [".csv"]:
            rows = spark.read.csv(str(path), header=True, escape='"', multiLine=True)
            rows.write.saveAsTable(table)


def build_on_duckdb(home: Path, raw: Path | None, variables: str) -> Build:
    """The marts as `dbt build` makes them, of the demo or of a folder of extracts."""
    environment = {"CS_RAW_PATH": str(raw)} if raw else {}
    built = dbt("build", home, *MODELS_ONLY, "--vars", variables, **environment)
    assert built.returncode == 0, f"dbt build on DuckDB failed:\n{built.output[-4000:]}"
    return built


def build_on_spark(home: Path, variables: str) -> None:
    """The same models in this process, on the Spark that it has."""
    places = ("--target-path", str(home / "target"), "--log-path", str(home / "logs"))
    project = ("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT))
    with mock.patch.dict(os.environ):
        for name in ("CS_RAW_PATH", "CS_POLICY_PATH"):
            os.environ.pop(name, None)
        done = dbtRunner().invoke(
            ["build", "--target", "spark", *MODELS_ONLY, "--vars", variables, *places, *project]
        )
    if done.exception:
        raise done.exception
    failed = [
        f"{result.node.name}: {result.message}"
        for result in done.result
        if result.status == "error"
    ]
    assert done.success, "dbt build on Spark failed:\n" + "\n".join(failed)


def compared_tables(manifest: Mapping[str, Any]) -> list[Table]:
    """Every model that people read, by the manifest of the build."""
    return [
        Table(node["schema"], node["alias"], tuple(node["config"]["meta"]["grain"]))
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] in COMPARED_SCHEMAS
    ]
