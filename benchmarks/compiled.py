"""Runs a build's compiled SQL again in one process, without the seconds that dbt takes to start."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb


@dataclass(frozen=True)
class Model:
    """A model as dbt compiled it, and where it puts its rows."""

    name: str
    relation: str
    is_view: bool
    sql: str


def _relation(node: dict[str, Any]) -> str:
    return f'"{node["schema"]}"."{node["alias"]}"'


def _later_known(node: dict[str, Any]) -> set[str]:
    columns = node["columns"].items()
    return {name for name, column in columns if column["config"]["meta"].get("later_known")}


class Compiled:
    """The models that the wanted ones rest on, in the order in which they run."""

    def __init__(self, manifest: Path, wanted: Collection[str]) -> None:
        """Take the models from a manifest that a build or a compile has left."""
        nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"]
        models = {key: node for key, node in nodes.items() if node["resource_type"] == "model"}
        by_name = {node["name"]: key for key, node in models.items()}
        graph: dict[str, list[str]] = {}
        # The columns of each wanted model that are known only later.
        self.later_known = {name: _later_known(models[by_name[name]]) for name in wanted}
        pending = [by_name[name] for name in wanted]
        while pending:
            key = pending.pop()
            if key not in graph:
                graph[key] = [up for up in models[key]["depends_on"]["nodes"] if up in models]
                pending += graph[key]
        self.models = [
            Model(
                name=models[key]["name"],
                relation=_relation(models[key]),
                is_view=models[key]["config"]["materialized"] == "view",
                sql=models[key]["compiled_code"],
            )
            for key in TopologicalSorter(graph).static_order()
            if models[key]["config"]["materialized"] != "ephemeral"
        ]

    def run(
        self, connection: duckdb.DuckDBPyConnection, replace: Mapping[str, str] | None = None
    ) -> None:
        """Rebuild every model; `replace` exchanges literals, such as the date of the run."""
        for model in self.models:
            sql = model.sql
            for old, new in (replace or {}).items():
                sql = sql.replace(old, new)
            kind = "view" if model.is_view else "table"
            connection.execute(f"create or replace {kind} {model.relation} as {sql}")
