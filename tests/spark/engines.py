"""The demo built twice from the same raw extracts: on DuckDB, and as tables on a local Spark."""

from __future__ import annotations

import json
import os
import shutil
import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

from comparison import Table
from conftest import PROJECT, Build, dbt
from dbt.cli.main import dbtRunner
from pyspark.sql import SparkSession

RAW_SCHEMA = "raw_spark"
COMPARED_SCHEMAS = ("marts", "quality")
# Of a build only the models count here; dbt's tests run on DuckDB.
MODELS_ONLY = ("--quiet", "--threads", "2", "--exclude-resource-type", "test", "unit_test")
# The same on every call, so that dbt parses once and midnight may come between.
TODAY = {"run_date": str(date.today())}
VARIABLES = {
    "dev": ("--vars", json.dumps(TODAY)),
    "spark": ("--vars", json.dumps(TODAY | {"raw_schema": RAW_SCHEMA})),
}
# The demo is small: a catalog in memory, a shuffle partition a core, a compiler that is quick.
SMALL = {
    "spark.master": "local[2]",
    "spark.driver.host": "localhost",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.extraJavaOptions": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
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
    shutil.rmtree(home, ignore_errors=True)
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


@contextmanager
def spark_with_marts(home: Path, raw: Path) -> Iterator[SparkSession]:
    """That Spark, with the marts of a folder of extracts.

    Once it may go down under the work; what a model does wrong leaves it up, and is raised.
    """
    with ExitStack() as stack:
        spark = stack.enter_context(local_spark(home / "engine"))
        try:
            _load_and_build(spark, home, raw)
        except Exception:
            if not spark.sparkContext._jsc.sc().isStopped():
                raise
            warnings.warn("Spark went down, and was started again", stacklevel=1)
            spark.stop()
            spark = stack.enter_context(local_spark(home / "engine"))
            _load_and_build(spark, home, raw)
        yield spark


def load_raw(spark: SparkSession, folder: Path) -> None:
    """The extracts as a loader would leave them: CSVs as text, Parquet, parts too, as it is."""
    spark.sql(f"create database {RAW_SCHEMA}")
    for path in sorted(folder.iterdir()):
        table = f"{RAW_SCHEMA}.{path.name.split('.')[0]}"
        if path.suffix == ".parquet" or path.is_dir():
            spark.catalog.createTable(table, path=str(path), source="parquet")
        elif path.suffixes[:1] == [".csv"]:
            rows = spark.read.csv(str(path), header=True, escape='"', multiLine=True)
            rows.write.saveAsTable(table)


def build_on_duckdb(home: Path, raw: Path | None) -> Build:
    """The marts as `dbt build` makes them, of the demo or of a folder of extracts."""
    environment = {"CS_RAW_PATH": str(raw)} if raw else {}
    built = dbt("build", home, *MODELS_ONLY, *VARIABLES["dev"], **environment)
    assert built.returncode == 0, f"dbt build on DuckDB failed:\n{built.output[-4000:]}"
    return built


def _load_and_build(spark: SparkSession, home: Path, raw: Path) -> None:
    """The same models in this process, on the Spark that it has."""
    load_raw(spark, raw)
    _dbt_here(home, "build", "spark", *MODELS_ONLY)


def roll_up_usage_again_on_spark(home: Path) -> None:
    """A run with nothing new, over what is rolled up."""
    _dbt_here(home, "run", "spark", "--quiet", "--select", "base_product__usage_rolled_up")


def compiled(home: Path, target: str, sql: str) -> str:
    """SQL with the project's macros written out for an engine."""
    inline = ("--no-populate-cache", "--quiet", "--inline", sql)
    return _dbt_here(home, "compile", target, *inline).results[0].node.compiled_code


def _dbt_here(home: Path, command: str, target: str, *arguments: str) -> Any:
    """What a dbt command in this process comes to, all that it writes under `home`."""
    places = ("--target-path", str(home / "target"), "--log-path", str(home / "logs"))
    project = ("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT))
    with mock.patch.dict(os.environ, {"CS_WAREHOUSE_DIR": str(home)}):
        for name in ("CS_RAW_PATH", "CS_POLICY_PATH"):
            os.environ.pop(name, None)
        done = dbtRunner().invoke(
            [command, "--target", target, *VARIABLES[target], *arguments, *places, *project]
        )
    if done.exception:
        raise done.exception
    failed = [f"{one.node.name}: {one.message}" for one in done.result if one.status == "error"]
    assert done.success, f"dbt {command} on {target} failed:\n" + "\n".join(failed)
    return done.result


def compared_tables(manifest: Mapping[str, Any]) -> list[Table]:
    """Every model that people read, by the manifest of the build."""
    return [
        Table(node["schema"], node["alias"], tuple(node["config"]["meta"]["grain"]))
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] in COMPARED_SCHEMAS
    ]
