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
from .timeline import DAY_SECONDS, Timeline, to_date
from .usage import FEATURE_KEYS, UsageRows, simulate_usage

PILOT_ACCOUNTS = 500
"""Number of accounts in the pilot that determines the scale of counts."""

_ROW_GROUP = 122_880
"""Number of rows of a month in memory before a write."""

_REDELIVERED_EVERY = 1_000
"""One event in this number comes a second time, a day later, as in any real feed."""

_MOMENT = pa.timestamp("us")


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
    """Writes events to one Parquet part per month in a folder, as a loader does.

    All parts stay open, so that memory only holds rows that do not fill a row group yet.
    """

    def __init__(self, out: Path, timeline: Timeline) -> None:
        """Open the folder."""
        self.folder = out / EVENTS_TABLE
        self.folder.mkdir(parents=True, exist_ok=True)
        self.scale, self.rows, self.redelivered = 1.0, 0, 0
        self._starts = np.array(timeline.recorded_months[1:], dtype=np.int64)
        self._parts = [
            _Part(self.folder / f"part-{to_date(start):%Y-%m}.parquet")
            for start in timeline.recorded_months
        ]
        self._tables: list[pa.Table] = []

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
        number, loaded = np.arange(1, len(place) + 1), moment + 900
        again = np.arange(_REDELIVERED_EVERY - 1, len(place), _REDELIVERED_EVERY)
        self.redelivered += len(again)
        place, moment, number = (
            np.concatenate([values, values[again]]) for values in (place, moment, number)
        )
        loaded = np.concatenate([loaded, loaded[again] + DAY_SECONDS])
        duration = (rows.duration // rows.count)[place]
        quantity = (rows.quantity / rows.count)[place]
        ids = pc.binary_join_element_wise(
            f"evt_{case.account.number:06d}", pa.array(number).cast(pa.string()), "_"
        )
        self._tables.append(
            pa.table(
                {
                    "event_id": ids,
                    "account_id": pa.repeat(rows.account_id, len(place)),
                    "user_id": pa.array(rows.user_ids).take(pa.array(rows.user[place])),
                    "event_name": pa.array(FEATURE_KEYS).take(pa.array(rows.feature[place])),
                    "occurred_at": pa.array(moment * 1_000_000).cast(_MOMENT),
                    "quantity": pa.array(quantity, mask=np.isnan(quantity)),
                    "duration_seconds": pa.array(duration, pa.int32(), mask=duration < 0),
                    "loaded_at": pa.array(loaded * 1_000_000).cast(_MOMENT),
                }
            )
        )
        self.rows += len(place)

    def flush(self) -> None:
        """Write the rows in memory to their months."""
        if not self._tables:
            return
        table = pa.concat_tables(self._tables)
        self._tables = []
        days = pc.cast(table["occurred_at"], pa.int64()).to_numpy() // (1_000_000 * DAY_SECONDS)
        months = np.searchsorted(self._starts, days, side="right").astype(np.int16)
        table = table.take(pa.array(np.argsort(months, kind="stable")))
        begun = 0
        for part, rows in zip(
            self._parts, np.bincount(months, minlength=len(self._parts)), strict=True
        ):
            part.add(table.slice(begun, rows))
            begun += rows

    def close(self) -> None:
        """Write the remaining rows and finish the parts."""
        self.flush()
        for part in self._parts:
            part.close()


class _Part:
    """A Parquet file that is written by row group, and only if there are rows."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: pq.ParquetWriter | None = None
        self._tables: list[pa.Table] = []

    def add(self, table: pa.Table) -> None:
        self._tables.append(table)
        if sum(held.num_rows for held in self._tables) >= _ROW_GROUP:
            self._write()

    def close(self) -> None:
        self._write()
        if self._writer is not None:
            self._writer.close()

    def _write(self) -> None:
        table = pa.concat_tables(self._tables) if self._tables else None
        self._tables = []
        if table is None or not table.num_rows:
            return
        if self._writer is None:
            self._writer = pq.ParquetWriter(
                self._path, table.schema, compression="zstd", store_schema=False
            )
        self._writer.write_table(table, row_group_size=table.num_rows)
