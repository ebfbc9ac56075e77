"""Dirty rows of daily usage, a typed table: copies, rewritten counts, orphans, bad dates."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa

from .dirt_catalogue import NO_ACCOUNT
from .timeline import Timeline, to_date
from .writer import plain


def soil_usage(table: pa.Table, timeline: Timeline) -> list[pa.Table]:
    """The table with its dirty rows, in the numbers of `dirt.USAGE_DIRT`."""
    table = plain(table)
    step = max(1, table.num_rows // 40)

    def taken(first: int, count: int) -> list[dict]:
        return table.take([(first + i) * step % table.num_rows for i in range(count)]).to_pylist()

    rows = taken(1, 10)
    for row in taken(11, 4):
        late = row["loaded_at"] + timedelta(days=1)
        rows.append({**row, "event_count": row["event_count"] + 2, "loaded_at": late})
    rows += [{**row, "feature_key": None} for row in taken(15, 2)]
    rows += [{**row, "account_id": NO_ACCOUNT} for row in taken(17, 3)]
    far = (date(1985, 1, 1), to_date(timeline.end_day).replace(year=2099))
    rows += [{**row, "usage_on": day} for row, day in zip(taken(20, 2), far, strict=True)]
    return [table, pa.Table.from_pylist(rows, schema=table.schema)]
