"""The extracts of the day after."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

EVENTS = "product_events"


def one_more_day(raw: Path, out: Path) -> None:
    """Lay out extracts that hold a day more of use than those in `raw`, which they point at.

    The day is the last one over again, under ids of its own.
    """
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    for file in raw.iterdir():
        if file.name != EVENTS:
            (out / file.name).symlink_to(file.resolve())
    (out / EVENTS).mkdir()
    parts = sorted((raw / EVENTS).glob("*.parquet"))
    for part in parts:
        (out / EVENTS / part.name).symlink_to(part.resolve())
    duckdb.sql(
        f"""
        copy (
            select * replace (
                event_id || '_again' as event_id,
                occurred_at + interval 1 day as occurred_at,
                loaded_at + interval 1 day as loaded_at
            )
            from '{parts[-1]}'
            where cast(occurred_at as date)
                = (select cast(max(occurred_at) as date) from '{parts[-1]}')
        ) to '{out / EVENTS / "next-day.parquet"}' (format parquet, compression zstd)
        """
    )
