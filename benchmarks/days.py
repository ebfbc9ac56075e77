"""The extracts of the day after."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

EVENTS = "product_events"


def lay_out(raw: Path, extracts: Path) -> None:
    """Fill a folder with links to the files of `raw`, for what comes day by day to be added."""
    shutil.rmtree(extracts, ignore_errors=True)
    (extracts / EVENTS).mkdir(parents=True)
    for file in (*raw.iterdir(), *(raw / EVENTS).iterdir()):
        if file.name != EVENTS:
            (extracts / file.relative_to(raw)).symlink_to(file.resolve())


def one_more_day(extracts: Path) -> None:
    """Add a file with a day more of use: the last day over again, under ids of its own."""
    last = max((extracts / EVENTS).glob("*.parquet"))
    duckdb.sql(
        f"""
        copy (
            select * replace (
                event_id || '_again' as event_id,
                occurred_at + interval 1 day as occurred_at,
                loaded_at + interval 1 day as loaded_at
            )
            from '{last}'
            where cast(occurred_at as date) = (select cast(max(occurred_at) as date) from '{last}')
        ) to '{extracts / EVENTS / "next-day.parquet"}' (format parquet, compression zstd)
        """
    )
