"""DuckDB as a publish uses it: one connection in memory, files attached to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.settings import Settings

# Older BI drivers read this version.
STORAGE_VERSION = "v1.0.0"


@contextmanager
def workbench(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that spills under the warehouse and keeps within its memory."""
    config = {"memory_limit": settings.memory_limit, "temp_directory": str(settings.spill)}
    with duckdb.connect(":memory:", config=config) as connection:
        yield connection


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    """Attach a file for reading. Raises duckdb.Error when it is locked or no database."""
    connection.execute(f"attach {quoted(path)} as {name} (read_only)")


def attach_new(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    """Attach a new file for writing, in the storage version that readers are promised."""
    connection.execute(f"attach {quoted(path)} as {name} (storage_version '{STORAGE_VERSION}')")


def has_table(connection: duckdb.DuckDBPyConnection, catalog: str, schema: str, table: str) -> bool:
    """Whether an attached file holds a table or view of that name."""
    found = connection.execute(
        "select count(*) from information_schema.tables "
        "where table_catalog = ? and table_schema = ? and table_name = ?",
        [catalog, schema, table],
    ).fetchone()
    return bool(found and found[0])


def quoted(text: object) -> str:
    """A text, such as a path, as a SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"
