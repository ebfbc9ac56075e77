"""DuckDB for publishing: one in-memory connection that attaches files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.settings import Settings

# Older BI drivers read this version.
STORAGE_VERSION = "v1.0.0"


@contextmanager
def workbench(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the memory limit, which reads and spills inside the warehouse only."""
    config = {"memory_limit": settings.memory_limit, "temp_directory": str(settings.spill)}
    with duckdb.connect(":memory:", config=config) as connection:
        confine(connection, settings.warehouse, settings.readers_folder)
        yield connection


@contextmanager
def reader(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that reads one file and its folder, as BI does."""
    with duckdb.connect(str(path), read_only=True) as connection:
        confine(connection, path.parent)
        yield connection


def confine(connection: duckdb.DuckDBPyConnection, *folders: Path) -> None:
    """Confine a connection to folders for good: no SQL on it can undo this."""
    # DuckDB compares paths as text, so links are resolved here.
    allowed = sorted({str(path) for folder in folders for path in (folder, folder.resolve())})
    listed = ", ".join(quoted(path) for path in allowed)
    connection.execute(f"set allowed_directories = [{listed}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    """Attach a file for reading. Raises duckdb.Error when it is locked or not a database."""
    connection.execute(f"attach {quoted(path)} as {name} (read_only)")


def attach_new(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    """Attach a new file for writing, in the storage version that old readers know."""
    connection.execute(f"attach {quoted(path)} as {name} (storage_version '{STORAGE_VERSION}')")


def has_table(connection: duckdb.DuckDBPyConnection, catalog: str, schema: str, table: str) -> bool:
    """Whether an attached file holds a table or view of that name."""
    found = connection.execute(
        "select count(*) from information_schema.tables "
        "where table_catalog = ? and table_schema = ? and table_name = ?",
        [catalog, schema, table],
    ).fetchone()
    return bool(found and found[0])


def columns_of(
    connection: duckdb.DuckDBPyConnection, catalog: str, schema: str, table: str
) -> set[str]:
    """The columns of a table of an attached file. Empty without the table."""
    found = connection.execute(
        "select column_name from information_schema.columns "
        "where table_catalog = ? and table_schema = ? and table_name = ?",
        [catalog, schema, table],
    )
    return {name for (name,) in found.fetchall()}


def quoted(text: object) -> str:
    """A text, such as a path, as a SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"
