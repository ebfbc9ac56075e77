"""What a build spent where, by dbt's own record of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

TABLES_SHOWN = 3


@dataclass
class Domain:
    """The seconds that its nodes ran, and its tables with their rows."""

    models: float = 0.0
    tests: float = 0.0
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def largest(self) -> list[tuple[str, int]]:
        """The tables with most rows, largest first."""
        return sorted(self.rows.items(), key=lambda pair: (-pair[1], pair[0]))[:TABLES_SHOWN]


def domain_of(path: str) -> str:
    """The domain that a file of the project belongs to; a source system's is `staging`."""
    folder, *rest = Path(path).parts
    if folder == "models":
        layer, *rest = rest
        return layer if layer == "staging" else rest[0]
    return rest[0] if folder == "tests" else folder


def spent(target: Path, tables: Mapping[str, int]) -> dict[str, Domain]:
    """The domains in the order in which a build first reaches them."""
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    nodes = manifest["nodes"] | manifest["unit_tests"]
    found: dict[str, Domain] = defaultdict(Domain)
    for key, seconds in _times(target):
        if key not in nodes or nodes[key]["resource_type"] == "operation":
            continue
        node = nodes[key]
        domain = found[domain_of(node["original_file_path"])]
        if node["resource_type"] in ("test", "unit_test"):
            domain.tests += seconds
        else:
            domain.models += seconds
            if (relation := f"{node['schema']}.{node['alias']}") in tables:
                domain.rows[node["name"]] = tables[relation]
    return dict(found)


def by_layer(target: Path) -> dict[str, float]:
    """The seconds of models by layer, then those of seeds, tests and unit tests."""
    nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    found: dict[str, float] = defaultdict(float)
    for key, seconds in _times(target):
        kind = key.split(".")[0]
        folders = Path(nodes[key]["original_file_path"]).parts if kind == "model" else ()
        found[folders[1] if folders else f"{kind}s"] += seconds
    return dict(found)


def slowest(target: Path, count: int) -> list[tuple[str, float]]:
    """The nodes that ran longest."""
    named = [(key.split(".")[2], seconds) for key, seconds in _times(target)]
    return sorted(named, key=lambda pair: -pair[1])[:count]


def table_rows(build_file: Path) -> dict[str, int]:
    """The tables of a build file and how many rows they hold."""
    with duckdb.connect(str(build_file), read_only=True) as connection:
        names = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables()"
        ).fetchall()
        return {name: _rows(connection, name) for (name,) in names}


def _rows(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    return connection.execute(f"select count(*) from {name}").fetchall()[0][0]


def _times(target: Path) -> Iterator[tuple[str, float]]:
    results: list[dict[str, Any]] = json.loads((target / "run_results.json").read_text())["results"]
    for result in results:
        yield result["unique_id"], result["execution_time"]
