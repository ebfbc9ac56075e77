"""The status of a warehouse: the published run, its age and raw data, and rejected rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipeline import runs, snapshot, stored_files
from pipeline.engine import reader
from pipeline.freshness import Freshness, freshness
from pipeline.lock import current_holder
from pipeline.outcomes import PublishFailed
from pipeline.runs import RunRow
from pipeline.settings import Settings

CATALOG = Path(snapshot.DATABASE).stem


@dataclass(frozen=True)
class Rejected:
    """The number of rejected rows of one raw table and reason."""

    source: str
    reason: str
    rows: int


@dataclass(frozen=True)
class Status:
    """The state of a warehouse. `age_hours` counts from the publish."""

    published: RunRow | None
    age_hours: float | None
    rows: dict[str, int]
    rejected: tuple[Rejected, ...]
    restatements: int
    snapshots: tuple[str, ...]
    last_run: RunRow | None
    lock: str | None
    damaged: tuple[str, ...] = ()
    backups: dict[str, str] = field(default_factory=dict)
    sources: tuple[Freshness, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for `--json`."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """The status as lines of text."""
        if self.published is None:
            yield "published    nothing yet"
        else:
            run = self.published
            yield f"published    {run.run_id}, {self.age_hours:.1f} hours ago"
            yield f"data         as of {run.as_of_date}, from {run.raw_source}"
            yield (
                f"currency     {run.reporting_currency}, at the rates of {run.fx_rate_on}; "
                f"last complete month {run.last_complete_month}"
            )
            tables = ", ".join(f"{name} {rows:,}" for name, rows in self.rows.items())
            yield f"rows         {tables}"
            yield f"restated     {self.restatements} figures since the first publish"
        for source in self.sources:
            yield f"source       {source.line()}"
        for row in self.rejected:
            yield f"rejected     {row.source}: {row.rows} rows, {row.reason}"
        yield f"snapshots    {', '.join(self.snapshots) or 'none'}"
        if self.last_run:
            run = self.last_run
            yield f"last run     {run.command} {run.run_id}: {run.outcome} at {run.finished_at}"
        yield f"lock         {f'held by {self.lock}' if self.lock else 'free'}"
        for flaw in self.damaged:
            yield f"damaged      {flaw}"
        for path, cost in self.backups.items():
            yield f"back up      {path}: {cost}"


def status(settings: Settings) -> Status:
    """Read the status without a change. Raises PublishFailed when `published` is broken."""
    logged = runs.read_log(settings.runs_file)
    holder = current_holder(settings.lock_file)
    stored = tuple(snapshot.stored(settings))
    lock = str(holder) if holder else None
    damaged, backups = tuple(stored_files.flaws(settings)), stored_files.backups(settings)
    folder = snapshot.published_folder(settings)
    if folder is None:
        last = logged[-1] if logged else None
        return Status(None, None, {}, (), 0, stored, last, lock, damaged, backups)
    with open_published(settings) as (folder, connection, rows):
        known = runs.merged(rows, logged)
        published = next(row for row in known if row.run_id == folder.name)
        written = datetime.fromisoformat(published.finished_at).replace(tzinfo=UTC)
        counts = snapshot.row_counts(connection, CATALOG)
        return Status(
            published=published,
            age_hours=round((datetime.now(UTC) - written).total_seconds() / 3600, 2),
            rows={name: rows for (schema, name), rows in counts.items() if schema == "marts"},
            rejected=_rejected(connection),
            restatements=counts["quality", snapshot.RESTATEMENTS_TABLE],
            snapshots=stored,
            last_run=known[-1],
            lock=lock,
            damaged=damaged,
            backups=backups,
            sources=freshness(connection, CATALOG),
        )


def published_before(settings: Settings) -> str | None:
    """The run whose snapshot the published one replaced, None when there was none."""
    folder = snapshot.published_folder(settings)
    if folder is None:
        return None
    with open_published(settings) as (folder, _, rows):
        return next((row.replaced_run_id for row in rows if row.run_id == folder.name), None)


@contextmanager
def open_published(
    settings: Settings,
) -> Iterator[tuple[Path, duckdb.DuckDBPyConnection, list[RunRow]]]:
    """Open the published snapshot. Yields its folder, its connection and all runs in it.

    The connection names the snapshot `CATALOG`. Raises PublishFailed when nothing is published or
    the snapshot cannot be read.
    """
    folder = snapshot.published_folder(settings)
    if folder is None:
        raise PublishFailed("Nothing is published yet: start `python -m pipeline run`.")
    try:
        with reader(folder / snapshot.DATABASE) as connection:
            rows = runs.read_table(connection, CATALOG)
            if all(row.run_id != folder.name for row in rows):
                raise snapshot.unreadable(settings, folder, "its table of runs lacks its own run")
            yield folder, connection, rows
    except (duckdb.Error, OSError, TypeError, KeyError) as error:
        raise snapshot.unreadable(settings, folder, error) from error


def _rejected(connection: duckdb.DuckDBPyConnection) -> tuple[Rejected, ...]:
    found = connection.execute(
        "select source_system || '.' || table_name, reason, count(*) "
        "from quality.dq_rejected_rows group by all order by all"
    ).fetchall()
    return tuple(Rejected(*row) for row in found)
