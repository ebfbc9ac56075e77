"""Usage as raw events in Parquet parts, for companies too large for daily counts in one file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .company import Case
from .params import Usage
from .product import write_users
from .streams import Draw
from .tables import EVENTS_TABLE
from .timeline import DAY_SECONDS
from .usage import FEATURE_KEYS, UsageRows, simulate_usage

PILOT_ACCOUNTS = 60
"""Accounts that are simulated ahead to learn how far counts must be scaled."""

_EVENTS_PER_PART = 4_000_000


def event_scale(cases: list[Case], usage: Usage, events_rows: int) -> float:
    """The factor on counts that gives about `events_rows` events, from a pilot."""
    step = max(1, len(cases) // PILOT_ACCOUNTS)
    events, pilot = 0, cases[::step]
    for case in pilot:
        trial = Case(case.account, case.life, case.book, case.ownership, case.timeline, case.seed)
        write_users(lambda *_: None, trial)
        rows = simulate_usage(trial, usage)
        events += 0 if rows is None else int(rows.count.sum())
    return events_rows / max(1.0, events * len(cases) / len(pilot))


class EventParts:
    """Writes events to numbered Parquet parts in a folder."""

    def __init__(self, out: Path) -> None:
        """Open the folder."""
        self.folder = out / EVENTS_TABLE
        self.folder.mkdir(parents=True, exist_ok=True)
        self.scale, self.rows = 1.0, 0
        self._tables: list[pa.Table] = []
        self._parts = 0

    def add(self, case: Case, rows: UsageRows | None) -> None:
        """The events of one account."""
        if rows is None or not len(rows):
            return
        rng = Draw(case.seed, "events", case.account.number).rng
        place = np.repeat(np.arange(len(rows)), rows.count)
        second = rng.integers(6 * 3600, 20 * 3600, len(place))
        moment = rows.day[place] * DAY_SECONDS + second
        order = np.argsort(moment, kind="stable")
        place, moment = place[order], moment[order]
        duration = (rows.duration // rows.count)[place]
        quantity = (rows.quantity / rows.count)[place]
        numbers = pa.array(np.arange(1, len(place) + 1)).cast(pa.string())
        ids = pc.binary_join_element_wise(f"evt_{case.account.number:06d}", numbers, "_")
        self._tables.append(
            pa.table(
                {
                    "event_id": ids,
                    "account_id": pa.array([rows.account_id] * len(place)),
                    "user_id": pa.array(rows.user_ids).take(pa.array(rows.user[place])),
                    "event_name": pa.array(list(FEATURE_KEYS)).take(pa.array(rows.feature[place])),
                    "occurred_at": pa.array(moment * 1_000_000, pa.int64()).cast(
                        pa.timestamp("us")
                    ),
                    "quantity": pa.array(quantity, mask=np.isnan(quantity)),
                    "duration_seconds": pa.array(duration, pa.int32(), mask=duration < 0),
                    "loaded_at": pa.array((moment + 900) * 1_000_000, pa.int64()).cast(
                        pa.timestamp("us")
                    ),
                }
            )
        )
        self.rows += len(place)
        if sum(t.num_rows for t in self._tables) >= _EVENTS_PER_PART:
            self.flush()

    def flush(self) -> None:
        """Write what is held as one part."""
        if self._tables:
            path = self.folder / f"part-{self._parts:05d}.parquet"
            pq.write_table(
                pa.concat_tables(self._tables), path, compression="zstd", store_schema=False
            )
            self._tables, self._parts = [], self._parts + 1
