"""MetricFlow over the published snapshot, in this process."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from conftest import PROJECT
from dbt.adapters.factory import get_adapter_by_type
from dbt.cli.main import dbtRunner
from dbt_metricflow.cli.dbt_connectors.adapter_backed_client import AdapterBackedSqlClient
from metricflow.engine.metricflow_engine import MetricFlowEngine, MetricFlowQueryRequest
from metricflow_semantic_interfaces.protocols.semantic_manifest import SemanticManifest
from metricflow_semantics.model.dbt_manifest_parser import (
    parse_manifest_from_dbt_generated_manifest,
)
from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

FILE = "customer_success.duckdb"
Key = tuple[Any, ...]
Rows = dict[Key, list[Any]]


def published() -> Path:
    """The file that readers open, as profiles.yml names it."""
    warehouse = os.environ.get("CS_WAREHOUSE_DIR", "warehouse")
    return PROJECT / os.environ.get("CS_PUBLISHED_DIR", warehouse) / "published" / FILE


@dataclass(frozen=True)
class Metrics:
    """The parsed metrics and the engine that answers them."""

    manifest: SemanticManifest
    engine: MetricFlowEngine
    client: AdapterBackedSqlClient
    nodes: dict[str, dict[str, Any]]  # of dbt's manifest

    def ask(self, metrics: Sequence[str], by: Sequence[str], where: Sequence[str] = ()) -> Rows:
        """The metrics' values by the values of the dimensions, rows of nulls left out."""
        answer = self.engine.query(
            MetricFlowQueryRequest.create(
                metric_names=metrics, group_by_names=by, where_constraints=where or None
            )
        ).result_df
        assert answer is not None
        place = {name: position for position, name in enumerate(answer.column_names)}
        return keyed(
            [[row[place[name]] for name in (*by, *metrics)] for row in answer.rows], len(by)
        )

    def column_meta(self, model: str) -> dict[str, dict[str, Any]]:
        """Unit, format and additivity of a mart's columns, as its YAML states them."""
        (columns,) = (n["columns"] for n in self.nodes.values() if n["name"] == model)
        return {name: column["config"]["meta"] for name, column in columns.items()}

    def sql(self, query: str, keys: int) -> Rows:
        """What plain SQL over the marts says, with the first columns as keys."""
        return keyed(list(self.client.query(query).rows), keys)


def keyed(rows: Sequence[Sequence[Any]], keys: int) -> Rows:
    """Rows by their first columns. No two have the same."""
    found: Rows = {}
    for row in rows:
        key = tuple(plain(value) for value in row[:keys])
        values = [None if value is None else float(value) for value in row[keys:]]
        assert key not in found, f"two rows of {key}"
        if any(value is not None for value in values):
            found[key] = values
    return found


def plain(value: Any) -> Any:
    """A date for a time at midnight, as marts hold dates."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, str | date | None) else str(value)


def start(target: Path) -> Metrics:
    """Parse the project for the published file, and open it read-only."""
    project = ("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT))
    written = ("--target", "published", "--target-path", str(target))
    done = dbtRunner().invoke(["parse", "--quiet", *project, *written])
    assert done.success, done.exception
    manifest = parse_manifest_from_dbt_generated_manifest(
        (target / "semantic_manifest.json").read_text()
    )
    client = AdapterBackedSqlClient(get_adapter_by_type("duckdb"))
    lookup = SemanticManifestLookup(manifest)
    nodes = json.loads((target / "manifest.json").read_text())["nodes"]
    return Metrics(manifest, MetricFlowEngine(lookup, client), client, nodes)
