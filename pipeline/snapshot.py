"""A snapshot: its tables, its files, and the check that it is complete."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.crm_sync import CRM_SYNC_TABLE
from pipeline.engine import quoted, reader
from pipeline.files import point_symlink, sync_file
from pipeline.outcomes import PublishFailed
from pipeline.restatements import RESTATEMENTS_TABLE
from pipeline.runs import RUNS_TABLE
from pipeline.settings import SCHEMAS, Settings
from pipeline.state import PersonalColumn

# Clients name a database after its file, so it must not be called `marts` as a schema is.
DATABASE = "customer_success.duckdb"
# These columns quote raw rows.
WITHHELD = {
    ("quality", "dq_rejected_rows"): {"row_data", "detail"},
    ("quality", "dq_source_objects"): {"unread_example"},
}
MADE_HERE = {
    ("quality", RUNS_TABLE),
    ("quality", RESTATEMENTS_TABLE),
    ("marts", CRM_SYNC_TABLE),
}
# Read-only for its owner too: a client that opens it for writing would lock out all others.
FILE_MODE = 0o440
FOLDER_MODE = 0o750
DRAFT = ".tmp-"


@dataclass(frozen=True)
class Table:
    """A table to publish: `select_list` is SQL of the columns that readers may see."""

    schema: str
    name: str
    select_list: str

    @property
    def path(self) -> str:
        """Schema and name, quoted for SQL."""
        return f'{self.schema}."{self.name}"'


def tables_to_publish(
    connection: duckdb.DuckDBPyConnection, catalog: str, personal: Sequence[PersonalColumn]
) -> tuple[Table, ...]:
    """The tables of an attached build for readers, with `personal` columns under `pseudonym()`.

    Raises PublishFailed when a tagged column is missing: its data might be in another column.
    """
    found = connection.execute(
        "select table_schema, table_name, list(column_name order by ordinal_position) "
        "from information_schema.columns "
        "where table_catalog = ? and list_contains(?, table_schema) "
        "group by all order by all",
        [catalog, list(SCHEMAS)],
    ).fetchall()
    columns = {(schema, name): names for schema, name, names in found}
    hidden = {(p.schema, p.table, p.column.lower()) for p in personal}
    for schema, name, column in sorted(hidden):
        held = columns.get((schema, name))
        if held is not None and column not in [other.lower() for other in held]:
            raise PublishFailed(
                f"{schema}.{name}.{column} is tagged as personal data, but the build has no such "
                "column, so the publish cannot hide it."
            )
    return tuple(
        Table(schema, name, _select_list(schema, name, names, hidden))
        for (schema, name), names in columns.items()
        if (schema, name) not in MADE_HERE
    )


def copy_tables(
    connection: duckdb.DuckDBPyConnection, source: str, target: str, tables: Sequence[Table]
) -> None:
    """Copy the tables between two attached files."""
    for schema in SCHEMAS:
        connection.execute(f"create schema if not exists {target}.{schema}")
    for table in tables:
        connection.execute(
            f"create table {target}.{table.path} as "
            f"select {table.select_list} from {source}.{table.path}"
        )


def write_parquet(connection: duckdb.DuckDBPyConnection, catalog: str, folder: Path) -> None:
    """Write every table of an attached snapshot into its folder, as `<table>.parquet`."""
    for schema, name in _tables_of(connection, catalog):
        write_one_parquet(connection, catalog, schema, name, folder)


def write_one_parquet(
    connection: duckdb.DuckDBPyConnection, catalog: str, schema: str, name: str, folder: Path
) -> None:
    """Write one table of an attached snapshot, as `<table>.parquet`."""
    target = quoted(folder / f"{name}.parquet")
    connection.execute(
        f'copy {catalog}.{schema}."{name}" to {target} (format parquet, compression zstd)'
    )


def row_counts(connection: duckdb.DuckDBPyConnection, catalog: str) -> dict[tuple[str, str], int]:
    """Rows of each published table of an attached file, by schema and name."""
    counts = {}
    for schema, name in _tables_of(connection, catalog):
        row = connection.execute(f'select count(*) from {catalog}.{schema}."{name}"').fetchone()
        counts[schema, name] = row[0] if row else 0
    return counts


def check(folder: Path, expected: dict[tuple[str, str], int]) -> None:
    """Read a closed snapshot as a reader does, and compare its row counts with the build's.

    Raises PublishFailed when they differ.
    """
    if leftovers := list(folder.glob("*.wal")):
        raise PublishFailed(f"The snapshot has unmerged writes in {leftovers[0].name}.")
    with reader(folder / DATABASE) as connection:
        found = row_counts(connection, Path(DATABASE).stem)
        for (schema, name), rows in expected.items():
            file = quoted(folder / f"{name}.parquet")
            in_parquet = connection.execute(f"select count(*) from {file}").fetchone()
            if found.get((schema, name)) != rows or in_parquet != (rows,):
                raise PublishFailed(
                    f"{schema}.{name} has {rows} rows in the build, {found.get((schema, name))} in "
                    f"the snapshot and {in_parquet} in its Parquet file."
                )


def seal(draft: Path, final: Path) -> None:
    """Give a finished draft its modes and its name, and sync it to disk."""
    draft.chmod(FOLDER_MODE)
    for file in draft.iterdir():
        file.chmod(FILE_MODE)
        sync_file(file)
    sync_file(draft)
    draft.rename(final)
    sync_file(final.parent)


def swap(settings: Settings, run_id: str) -> None:
    """Point readers at the snapshot of a run, in one step."""
    point_symlink(settings.published, f"{settings.snapshots.name}/{run_id}")


def published_folder(settings: Settings) -> Path | None:
    """The folder of the published snapshot, None before the first publish.

    Raises PublishFailed when the symlink is broken.
    """
    if not settings.published.is_symlink():
        if settings.published.exists():
            raise PublishFailed(
                f"{settings.published} is not a symlink to a snapshot. "
                "Move it away: the next publish makes the symlink."
            )
        return None
    folder = settings.published.resolve()
    if not (folder / DATABASE).exists():
        raise PublishFailed(
            f"{settings.published} points at {folder}, which holds no snapshot: "
            "`rollback --to RUN` to a stored one, or remove the symlink."
        )
    return folder


def unreadable(settings: Settings, folder: Path, error: object) -> PublishFailed:
    """The error about an unreadable snapshot, with the remedy."""
    others = [run for run in stored(settings) if run != folder.name]
    back = f"`python -m pipeline rollback --to RUN` ({', '.join(others)})" if others else ""
    remove = f"remove the symlink {settings.published} and run `python -m pipeline publish`"
    return PublishFailed(
        f"The snapshot {folder} cannot be read ({str(error).splitlines()[0]}). "
        + (f"Go back with {back}, or {remove}." if back else f"To go on, {remove}.")
    )


def check_readable(settings: Settings, run_id: str) -> None:
    """Open a snapshot as a reader does. Raises PublishFailed when it cannot be read."""
    folder = settings.snapshots / run_id
    try:
        with reader(folder / DATABASE) as connection:
            row_counts(connection, Path(DATABASE).stem)
    except (duckdb.Error, OSError) as error:
        raise unreadable(settings, folder, error) from error


def published_run(settings: Settings) -> str | None:
    """The run of the published snapshot, even if the snapshot is gone. None before the first."""
    return settings.published.readlink().name if settings.published.is_symlink() else None


def stored(settings: Settings, *, with_damaged: bool = False) -> list[str]:
    """Runs with a stored snapshot, oldest first. `with_damaged` includes those without a file."""
    if not settings.snapshots.is_dir():
        return []
    return sorted(
        folder.name
        for folder in settings.snapshots.iterdir()
        if not folder.name.startswith(".")
        and ((folder / DATABASE).is_file() or (with_damaged and folder.is_dir()))
    )


def sweep(settings: Settings) -> None:
    """Remove the unfinished files of killed runs."""
    settings.readers_folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    settings.snapshots.mkdir(exist_ok=True)
    for draft in settings.snapshots.glob(f"{DRAFT}*"):
        shutil.rmtree(draft)
    for draft in settings.published.parent.glob(f".{settings.published.name}.*"):
        draft.unlink()


def prune(settings: Settings) -> list[str]:
    """Remove the oldest snapshots beyond `keep_snapshots`, never the published one."""
    old = stored(settings)[: -settings.keep_snapshots]
    old = [run for run in old if run != published_run(settings)]
    for run in old:
        # Renamed first, so that a half removed folder never looks like a snapshot.
        draft = settings.snapshots / f"{DRAFT}{run}"
        (settings.snapshots / run).rename(draft)
        shutil.rmtree(draft)
    return old


def _select_list(
    schema: str, table: str, columns: Sequence[str], hidden: set[tuple[str, str, str]]
) -> str:
    withheld = WITHHELD.get((schema, table), set())
    return ", ".join(
        f'pseudonym(cast("{name}" as varchar)) as "{name}"'
        if (schema, table, name.lower()) in hidden
        else f'"{name}"'
        for name in columns
        if name not in withheld
    )


def _tables_of(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[tuple[str, str]]:
    return connection.execute(
        "select table_schema, table_name from information_schema.tables "
        "where table_catalog = ? and list_contains(?, table_schema) order by all",
        [catalog, list(SCHEMAS)],
    ).fetchall()
