"""The log of runs: a file with one line per run, and a table in every snapshot."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipeline.files import append_line, reason_of

RUNS_TABLE = "runs"
FLAWS_NAMED = 5
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
DESCRIPTIONS = {
    "run_id": "Id of the run, from its start in UTC.",
    "command": "The command: run, validate, publish, rollback or erase. [labels: run_command]",
    "started_at": "Start of the run, UTC.",
    "finished_at": "End of the run, UTC.",
    "outcome": "published, validated, rolled_back, erased, or the reason of an early end. "
    "[labels: run_outcome]",
    "exit_code": "Its exit code. 0 is success.",
    "build_id": "The run that made the build.",
    "raw_source": "Source of the raw data.",
    "as_of_date": "The day of the data.",
    "last_complete_month": "First day of the last month that was over on as_of_date.",
    "reporting_currency": "Currency of all amounts.",
    "fx_rate_on": "Day of the constant exchange rates.",
    "mart_rows": "Rows of all marts together. [unit: count, format: 0, additivity: none]",
    "rejected_rows": "Raw rows that were rejected. [unit: count, format: 0, additivity: none]",
    "restated_figures": "Figures of complete months that the publish changed. "
    "[unit: count, format: 0, additivity: additive]",
    "replaced_run_id": "The run whose snapshot was published before.",
    "message": "Reason of an early end, or result of a rollback or erasure.",
}
COMMENTS = {f"quality.{RUNS_TABLE}": "One row per run of the pipeline."} | {
    f"quality.{RUNS_TABLE}.{name}": text for name, text in DESCRIPTIONS.items()
}


@dataclass(frozen=True)
class RunRow:
    """One run. Times are UTC, dates ISO 8601, and values None that an early end left unknown.

    `build_id` is the run that made the build. `replaced_run_id` is the snapshot before.
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
    """Every run in the file, oldest first, without invalid lines."""
    return examine_log(path)[0]


def examine_log(path: Path) -> tuple[list[RunRow], str | None]:
    """Every run in the file, and a message about invalid lines, None for a good file."""
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return [], None
    except OSError as error:
        return [], (
            f"{path} cannot be read ({reason_of(error)}), so its runs are left out and this run is "
            "not added. Let this user read and write it, or move it away."
        )
    rows, flaws = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            rows.append(_checked(json.loads(line.decode("utf-8"))))
        except (ValueError, TypeError, RecursionError) as error:
            flaws.append(f"line {number} ({_reason(error)})")
    if not flaws:
        return rows, None
    named = ", ".join(flaws[:FLAWS_NAMED])
    more = f" and {len(flaws) - FLAWS_NAMED} more" if len(flaws) > FLAWS_NAMED else ""
    return rows, (
        f"{path} has invalid lines, which are skipped: {named}{more}. "
        "Correct these lines or delete them."
    )


def append_to_log(path: Path, row: RunRow) -> None:
    """Add one run to the file."""
    append_line(path, json.dumps(asdict(row)))


def read_table(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[RunRow]:
    """The runs in a snapshot, oldest first. `catalog` is its attached name."""
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
    """A row from any version of the log: missing fields are None, unknown fields are ignored."""
    known = {field.name for field in fields(RunRow)}
    return RunRow(**{name: value for name, value in entry.items() if name in known})


def _checked(entry: Any) -> RunRow:
    """The row of a line, with each value of its type in the table of runs.

    Raises ValueError or TypeError with the reason.
    """
    if not isinstance(entry, dict):
        raise ValueError("not a JSON object")
    for field in fields(RunRow):
        value = entry.get(field.name)
        if value is None:
            if field.default is MISSING:
                raise ValueError(f"{field.name} is missing")
        elif not _fits(value, COLUMN_TYPES[field.name]):
            raise ValueError(f"{field.name} is {json.dumps(value)[:40]}")
    return _row(entry)


def _fits(value: object, column_type: str) -> bool:
    if column_type in _LARGEST:
        return type(value) is int and abs(value) <= _LARGEST[column_type]
    if not isinstance(value, str) or not value:
        return column_type == "varchar" and value == ""
    try:
        value.encode("utf-8")
        if column_type == "timestamp":
            return datetime.fromisoformat(value).tzinfo is None
        if column_type == "date":
            date.fromisoformat(value)
    except ValueError:
        return False
    return True


_LARGEST = {"integer": 2**31 - 1, "bigint": 2**63 - 1}


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    if isinstance(error, json.JSONDecodeError | RecursionError):
        return "not JSON, or cut off"
    return str(error)
