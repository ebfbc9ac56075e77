"""No model and no test compares every row of one table with every row of another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import duckdb
from conftest import Build

# A policy of so many rows may be gone through for each row of a table.
FEW_ROWS = 20


def test_outer_joins_look_up_their_rows(demo: Build, marts: duckdb.DuckDBPyConnection):
    """DuckDB does so where each condition compares one side with the other, without `or`."""
    found = []
    for node in demo.manifest["nodes"].values():
        if node["resource_type"] in ("model", "test") and node.get("compiled_code"):
            explained = marts.execute(f"explain (format json) {node['compiled_code']}").fetchall()
            for plan in json.loads(explained[0][1]):
                found += [f"{node['name']}: {words}" for words in _slow_joins(plan)]
    assert not found, "\n".join(found)


def _slow_joins(plan: Mapping[str, Any]) -> Iterator[str]:
    details, children = plan.get("extra_info", {}), plan["children"]
    if (
        plan["name"] in ("BLOCKWISE_NL_JOIN", "NESTED_LOOP_JOIN")
        and details["Join Type"] != "INNER"
        and min(_expected_rows(child) for child in children) > FEW_ROWS
    ):
        yield f"{details['Join Type']} on {details.get('Condition') or details.get('Conditions')}"
    for child in children:
        yield from _slow_joins(child)


def _expected_rows(plan: Mapping[str, Any]) -> int:
    return int(plan["extra_info"].get("Estimated Cardinality", 0))
