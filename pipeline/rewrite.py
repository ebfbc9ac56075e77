"""A new file in place of the build's: freed blocks of a DuckDB file hold what was deleted."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.engine import quoted, workbench
from pipeline.files import sync_file
from pipeline.modes import FILE_MODE
from pipeline.settings import Settings

BUILD = "build"  # dbt's views name their tables under this catalog
REWRITTEN = "rewritten"
CONNECTORS = "connectors"


def rewrite_build(settings: Settings, change: Callable[[duckdb.DuckDBPyConnection], bool]) -> None:
    """Change the build, which is attached as `BUILD`, and write a new file if `change` says so."""
    with workbench(settings) as connection, _draft_of(settings.build_file) as draft:
        connection.execute(f"attach {quoted(settings.build_file)} as {BUILD}")
        is_changed = change(connection)
        if is_changed:
            connection.execute(f"checkpoint {BUILD}")
            connection.execute(f"attach {quoted(draft)} as {REWRITTEN}")
            connection.execute(f"copy from database {BUILD} to {REWRITTEN}")
            connection.execute(f"checkpoint {REWRITTEN}")
            connection.execute(f"detach {REWRITTEN}")
        connection.execute(f"detach {BUILD}")
        if is_changed:
            put_in_place(draft, settings.build_file, FILE_MODE)


def drop_connectors(connection: duckdb.DuckDBPyConnection) -> bool:
    """Drop what connectors made of their systems from an attached build. False for nothing.

    These tables hold people as their loader left them, and nothing published reads them.
    """
    found = connection.execute(
        "select 1 from duckdb_schemas() where database_name = ? and schema_name = ?",
        [BUILD, CONNECTORS],
    ).fetchone()
    connection.execute(f"drop schema if exists {BUILD}.{CONNECTORS} cascade")
    return found is not None


def without_connectors(settings: Settings) -> None:
    """Drop what connectors made from a build of a company that has erased somebody.

    Staging finds erased people again by the list. The tables before staging still hold them.
    """
    if settings.erased_file.exists() and settings.build_file.exists():
        rewrite_build(settings, drop_connectors)


def put_in_place(draft: Path, path: Path, mode: int) -> None:
    """Replace a file in one step. A process that has the old one open goes on reading it."""
    draft.chmod(mode)
    sync_file(draft)
    os.replace(draft, path)
    sync_file(path.parent)


@contextmanager
def _draft_of(path: Path) -> Iterator[Path]:
    """The path of a temporary file next to `path`, which is removed afterwards."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    try:
        yield draft
    finally:
        for left in (draft, draft.with_name(f"{draft.name}.wal")):
            left.unlink(missing_ok=True)
