"""Two versions of one table, row by row: two engines', or those of two builds."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.snapshot import SCHEMAS

# Two units of the ninth digit: a rate that is a tie there may round either way.
TOLERANCE = 2e-9
EXAMPLES_SAID = 5
ENGINES = ("on DuckDB", "on Spark")
# Spark's timestamps name their zone, which is UTC; DuckDB's do not. Arrow knows no larger integer.
SAME_TYPES = {"TIMESTAMP WITH TIME ZONE": "TIMESTAMP", "HUGEINT": "DECIMAL(38,0)"}


@dataclass(frozen=True)
class Table:
    """A table that both sides have, and the columns of its grain."""

    schema: str
    name: str
    key: tuple[str, ...]

    @property
    def path(self) -> str:
        """Schema and name."""
        return f"{self.schema}.{self.name}"


def tables_read(manifest: Mapping[str, Any]) -> list[Table]:
    """Every model that people read, by the manifest of a build."""
    return [
        Table(node["schema"], node["alias"], tuple(node["config"]["meta"]["grain"]))
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] in SCHEMAS
    ]


def differences(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    relations: tuple[str, str],
    sides: tuple[str, str] = ENGINES,
) -> list[str]:
    """What differs between two relations of the connection, in words."""
    columns, others = (_columns(connection, relation) for relation in relations)
    if columns != others:
        return [f"{table.path}: {_both(sides, 'columns are', columns, others)}"]
    names = [name for name, _ in columns]
    found = _counts(connection, relations, sides)
    for row in _candidates(connection, table, names, relations):
        found += _row_in_words(table, names, row, sides)
    said = found[:EXAMPLES_SAID]
    if len(found) > len(said):
        said.append(f"... and {len(found) - len(said)} rows more")
    return [f"{table.path}: {words}" for words in said]


def same(value: Any, other: Any) -> bool:
    """Whether two values of a column are one: floats to 2e-9, JSON by what it says."""
    if isinstance(value, float) and isinstance(other, float):
        both_nan = math.isnan(value) and math.isnan(other)
        return both_nan or math.isclose(value, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    if value != other and isinstance(value, str) and isinstance(other, str):
        return value[:1] in ("{", "[") and _parsed(value) == _parsed(other) != value
    return value == other


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _both(sides: tuple[str, str], what: str, value: Any, other: Any) -> str:
    return f"{what} {value} {sides[0]}, {other} {sides[1]}"


def _columns(connection: duckdb.DuckDBPyConnection, relation: str) -> list[tuple[str, str]]:
    described = connection.execute(f"describe select * from {relation}").fetchall()
    return [(name, SAME_TYPES.get(type_, type_)) for name, type_, *_ in described]


def _counts(
    connection: duckdb.DuckDBPyConnection, relations: tuple[str, str], sides: tuple[str, str]
) -> list[str]:
    """With as many rows on both sides, keys that match one way and are unique match both ways."""
    count, other = (
        connection.execute(f"select count(*) from {relation}").fetchall()[0][0]
        for relation in relations
    )
    return [] if count == other else [_both(sides, "rows are", count, other)]


def _candidates(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    names: Sequence[str],
    relations: tuple[str, str],
) -> list[tuple[Any, ...]]:
    """The rows that are not equal bit by bit: which sides have it, one's values, the other's."""
    keys = " and ".join(f'ours."{name}" is not distinct from theirs."{name}"' for name in table.key)
    values = [f'{side}."{name}"' for side in ("ours", "theirs") for name in names]
    unequal = " or ".join(f'ours."{name}" is distinct from theirs."{name}"' for name in names)
    order = ", ".join(f'coalesce(ours."{name}", theirs."{name}")' for name in table.key)
    ours, theirs = relations
    return connection.execute(
        f"select ours.is_here, theirs.is_here, {', '.join(values)} "
        f"from (select *, true as is_here from {ours}) as ours "
        f"full join (select *, true as is_here from {theirs}) as theirs on {keys} "
        f"where ours.is_here is null or theirs.is_here is null or {unequal} "
        f"order by {order}"
    ).fetchall()


def _row_in_words(
    table: Table, names: Sequence[str], row: tuple[Any, ...], sides: tuple[str, str]
) -> list[str]:
    is_here, is_there, *values = row
    ours = dict(zip(names, values[: len(names)], strict=True))
    theirs = dict(zip(names, values[len(names) :], strict=True))
    held = ours if is_here else theirs
    key = ", ".join(f"{name} = {held[name]}" for name in table.key)
    if not (is_here and is_there):
        return [f"{key}: only {sides[0] if is_here else sides[1]}"]
    unlike = [name for name in names if not same(ours[name], theirs[name])]
    different = [
        _both(sides, f"{name} is", repr(ours[name]), repr(theirs[name])) for name in unlike
    ]
    return [f"{key}: {'; '.join(different)}"] if different else []
