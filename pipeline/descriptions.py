"""The descriptions of tables and columns: from dbt's manifest to the comments of a snapshot."""

from collections.abc import Iterator, Mapping
from typing import Any

import duckdb

from pipeline.engine import quoted
from pipeline.settings import SCHEMAS

# These keys of a column's `meta` close its comment, in this order.
MEASURE_KEYS = ("unit", "format", "additivity", "labels", "labels_by")

Comments = Mapping[str, str]
"""Comments by `schema.table` and by `schema.table.column`."""


def of_models(manifest: Mapping[str, Any]) -> dict[str, str]:
    """The comment of every published table and its columns, from dbt's manifest."""
    return {
        path: comment
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] in SCHEMAS
        for path, comment in _of_model(node)
        if comment
    }


def of_database(connection: duckdb.DuckDBPyConnection, catalog: str) -> dict[str, str]:
    """The comments in an attached file."""
    found = connection.execute(
        "select concat_ws('.', schema_name, table_name), comment from duckdb_tables() "
        "where database_name = $1 and comment is not null union all "
        "select concat_ws('.', schema_name, table_name, column_name), comment "
        "from duckdb_columns() where database_name = $1 and comment is not null",
        [catalog],
    )
    return dict(found.fetchall())


def write(connection: duckdb.DuckDBPyConnection, catalog: str, comments: Comments) -> None:
    """Comment on the tables and columns of an attached file, as far as it holds them."""
    paths = connection.execute(
        "select 'table', schema_name, table_name, null from duckdb_tables() "
        "where database_name = $1 union all "
        "select 'column', schema_name, table_name, column_name from duckdb_columns() "
        "where database_name = $1",
        [catalog],
    ).fetchall()
    connection.execute("begin")
    for kind, *parts in paths:
        names = [name for name in parts if name is not None]
        if comment := comments.get(".".join(names)):
            path = ".".join(f'"{name}"' for name in [catalog, *names])
            connection.execute(f"comment on {kind} {path} is {quoted(comment)}")
    connection.execute("commit")


def comment_of(column: Mapping[str, Any]) -> str:
    """A column's description, closed by its unit, format, additivity and kind of labels."""
    meta = {**(column.get("meta") or {}), **((column.get("config") or {}).get("meta") or {})}
    measure = ", ".join(f"{key}: {meta[key]}" for key in MEASURE_KEYS if key in meta)
    text = _one_line(column)
    return f"{text} [{measure}]".lstrip() if measure else text


def _of_model(node: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    table = f"{node['schema']}.{node['alias']}"
    yield table, _one_line(node)
    for name, column in node["columns"].items():
        yield f"{table}.{name}", comment_of(column)


def _one_line(entry: Mapping[str, Any]) -> str:
    return " ".join((entry.get("description") or "").split())
