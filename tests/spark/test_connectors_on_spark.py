"""Spark reads what loaders left as DuckDB does: every model of every connector, row by row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import Build, dbt
from connected import Rows, write_tables
from connectors import (
    test_amplitude,
    test_chargebee,
    test_delighted,
    test_hubspot,
    test_intercom,
    test_recurly,
    test_salesforce,
    test_segment,
    test_zendesk,
)
from pyspark.sql import SparkSession
from stripe_account import WRITERS
from stripe_traps import RATES, company

from benchmarks.builds import WITHOUT_TESTS
from benchmarks.on_spark import dbt_result, load_tables, local_spark

# All but the links with their money, which would need every mart.
MODELS = ("--select", "+dq_source_rows", "+dq_source_objects", "+path:models/connectors/_identity")
DAYS = {"as_of_date": "2025-06-30", "run_date": "2025-07-01", "reporting_currency": "USD"}
PEOPLE = [{"id": number, "email": email} for number, email in test_delighted.PEOPLE.items()]
# One CRM at a time, with the systems of both rounds beside it.
SYSTEMS: Mapping[str, Mapping[str, Mapping[str, Rows] | str]] = {
    "salesforce": {
        "salesforce": test_salesforce.TABLES,
        "stripe": "fivetran",
        "zendesk": test_zendesk.FIVETRAN,
        "segment": test_segment.SEGMENT,
        "delighted": {"person": PEOPLE, "response": test_delighted.RESPONSES},
    },
    "hubspot": {
        "hubspot": test_hubspot.TABLES,
        "stripe": "airbyte",
        "recurly": test_recurly.TABLES,
        "chargebee": test_chargebee.TABLES,
        "intercom": test_intercom.INTERCOM,
        "amplitude": test_amplitude.AMPLITUDE,
    },
}


def folders(home: Path, crm: str) -> dict[str, Path]:
    """A folder of files for each system of a company."""
    found = {}
    for system, tables in SYSTEMS[crm].items():
        found[system] = home / "sources" / crm / system
        if isinstance(tables, str):
            WRITERS[tables](company(), found[system])
        else:
            write_tables(found[system], tables)
    return found


def written(value: Any) -> Any:
    """A value that both engines write alike: a float to nine digits, a time in UTC."""
    if isinstance(value, float):
        return round(value, 9)
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    return value


def rows_of(table: Any) -> list[tuple[Any, ...]]:
    """The rows of an Arrow table in an order of their own."""
    rows = [tuple(map(written, row.values())) for row in table.to_pylist()]
    return sorted(rows, key=repr)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """A Spark with a schema for each system."""
    with local_spark(tmp_path_factory.mktemp("connectors") / "spark") as session:
        yield session


@pytest.mark.parametrize("crm", SYSTEMS)
def test_every_connector_is_the_same(
    crm: str, spark: SparkSession, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    places = folders(tmp_path, crm)
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "billing_exchange_rates.csv").write_text(RATES)
    own = {"CS_RAW_PATH": str(raw)}
    named = {system: str(place) for system, place in places.items()}
    built = dbt(
        *("build", tmp_path / "duckdb", *MODELS, *WITHOUT_TESTS, "--quiet"),
        *("--vars", json.dumps(DAYS | {"sources": named})),
        **own,
    )
    assert built.returncode == 0, built.output[-4000:]
    load_tables(spark, raw, f"own_{crm}")
    for system, place in places.items():
        load_tables(spark, place, f"{crm}_and_{system}")
    schemas = {system: f"{crm}_and_{system}" for system in places}
    settings = DAYS | {"sources": schemas, "raw_schema": f"own_{crm}"}
    dbt_result(
        tmp_path / "spark",
        *("build", "--target", "spark", "--quiet", *MODELS, *WITHOUT_TESTS),
        *("--vars", json.dumps(settings)),
    )
    compare(built, spark, subtests)


def compare(built: Build, spark: SparkSession, subtests: pytest.Subtests) -> None:
    """Every model in the folder of connectors, DuckDB's rows beside Spark's."""
    models = [
        (node["schema"], node["alias"])
        for node in built.manifest["nodes"].values()
        if node["resource_type"] == "model" and node["path"].startswith("connectors/")
    ]
    with duckdb.connect(str(built.home / "build.duckdb"), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        tables = "select table_schema, table_name from information_schema.tables"
        built_models = sorted(set(models) & set(connection.execute(tables).fetchall()))
        assert built_models
        for schema, name in built_models:
            with subtests.test(name):
                ours = connection.execute(f"select * from {schema}.{name}").to_arrow_table()
                theirs = spark.table(f"{schema}.{name}").toArrow()
                assert rows_of(ours) == rows_of(theirs)
