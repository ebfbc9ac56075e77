"""Extracts as they were the day before their last, and what the last day brought."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import duckdb

from benchmarks.truncation import sources, truncate_raw

EVENTS = "product_events"
NEW_FILE = "last-day.parquet"


def lay_out_day_before(raw: Path, extracts: Path) -> None:
    """Fill a folder with the extracts of the day before the last one that `raw` knows.

    Events are hard links to the months' files, since DuckDB refuses symbolic links that leave a
    folder. The file of the last month is a copy without the day.
    """
    shutil.rmtree(extracts, ignore_errors=True)
    months, last = _months(raw)
    before = _last_day(last) - timedelta(days=1)
    truncate_raw(raw, extracts, before, _other_files())
    (extracts / EVENTS).mkdir()
    for month in months:
        (extracts / EVENTS / month.name).hardlink_to(month)
    _copy(last, f"<= '{before}'", extracts / EVENTS / last.name)


def lay_out_last_day(raw: Path, extracts: Path) -> None:
    """Bring the last day to a folder: every extract again, and the day's events in a new file."""
    for file in raw.iterdir():
        if file.name != EVENTS:
            shutil.copy(file, extracts / file.name)
    _, last = _months(raw)
    _copy(last, f"= '{_last_day(last)}'", extracts / EVENTS / NEW_FILE)


def _other_files() -> list[str]:
    return [source.file for source in sources() if source.file != EVENTS]


def _months(raw: Path) -> tuple[list[Path], Path]:
    *months, last = sorted((raw / EVENTS).glob("*.parquet"))
    return months, last


def _last_day(events: Path) -> date:
    return duckdb.sql(f"select cast(max(occurred_at) as date) from '{events}'").fetchall()[0][0]


def _copy(events: Path, days: str, out: Path) -> None:
    duckdb.sql(
        f"copy (from '{events}' where cast(occurred_at as date) {days})"
        f" to '{out}' (format parquet, compression zstd)"
    )
