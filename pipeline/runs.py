"""The log of runs: a line each in a file that outlasts them, and a table in every snapshot."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import duckdb

from pipeline.files import append_line

RUNS_TABLE = "runs"
COLUMN_TYPES = {
    "run_id": "varchar",
    "command": "varchar",
    "started_at": "timestamp",
    "finished_at": "timestamp",
    "outcome": "varchar",
    "exit_code": "integer",
    "build_id": "varchar",
    "raw_source": "varchar",
    "as_of_date": "date",
    "last_complete_month": "date",
    "reporting_currency": "varchar",
    "fx_rate_on": "date",
    "mart_rows": "bigint",
    "rejected_rows": "bigint",
    "restated_figures": "bigint",
    "replaced_run_id": "varchar",
    "message": "varchar",
}


@dataclass(frozen=True)
class RunRow:
    """One run; times are UTC and dates ISO 8601, None where the run did not come that far.

    `build_id` is the run that made the build, `replaced_run_id` the snapshot that stood before.
    """

    run_id: str
    command: str
    started_at: str
    finished_at: str
    outcome: str
    exit_code: int
    build_id: str | None = None
    raw_source: str | None = None
    as_of_date: str | None = None
    last_complete_month: str | None = None
    reporting_currency: str | None = None
    fx_rate_on: str | None = None
    mart_rows: int | None = None
    rejected_rows: int | None = None
    restated_figures: int | None = None
    replaced_run_id: str | None = None
    message: str | None = None


def read_log(path: Path) -> list[RunRow]:
    """Every run of the file, oldest first. A line cut off by a crash is passed over."""
    if not path.exists():
        return []
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            rows.append(_row(json.loads(line)))
        except (ValueError, TypeError):
            continue
    return rows


def append_to_log(path: Path, row: RunRow) -> None:
    """Add one run to the file."""
    append_line(path, json.dumps(asdict(row)))


def read_table(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[RunRow]:
    """The runs that a snapshot tells of, oldest first; `catalog` is its attached name."""
    found = connection.sql(f"from {catalog}.quality.{RUNS_TABLE} order by run_id")
    return [
        _row(
            {
                name: value if value is None or isinstance(value, int) else str(value)
                for name, value in zip(found.columns, values, strict=True)
            }
        )
        for values in found.fetchall()
    ]


def write_table(
    connection: duckdb.DuckDBPyConnection, catalog: str, rows: Iterable[RunRow]
) -> None:
    """Make a snapshot's table of runs."""
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMN_TYPES.items())
    connection.execute(f"create table {catalog}.quality.{RUNS_TABLE} ({columns})")
    values = [tuple(asdict(row).values()) for row in rows]
    marks = ", ".join("?" for _ in COLUMN_TYPES)
    connection.executemany(f"insert into {catalog}.quality.{RUNS_TABLE} values ({marks})", values)


def merged(*sources: Iterable[RunRow]) -> list[RunRow]:
    """All runs of several logs, each once, oldest first."""
    by_id = {row.run_id: row for source in sources for row in source}
    return [by_id[run_id] for run_id in sorted(by_id)]


def _row(entry: Mapping[str, Any]) -> RunRow:
    """A row of any version of the log: what it lacks is None, what is not known here is left."""
    known = {field.name for field in fields(RunRow)}
    return RunRow(**{name: value for name, value in entry.items() if name in known})
