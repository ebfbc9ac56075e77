"""Writers of tables: CSV as in an extract, or Parquet. Both are repeatable byte for byte."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from .tables import EVENTS_TABLE, TABLES, USAGE_TABLE
from .timeline import to_date
from .usage import FEATURE_KEYS, UsageRows

SAMPLE_ROWS = 600
"""Number of first rows of each table that dirty rows are made from."""

_FLUSH_ROWS = 100_000
_OFFSET_TABLES = {
    "crm_activities": "+02:00",
    "support_tickets": "-05:00",
    "crm_contacts": "+02:00",
    "feedback_survey_responses": "+01:00",
    "product_events": "+02:00",
}
_OFFSET_EVERY = 41
_ARROW = {
    "text": pa.string(),
    "int": pa.int64(),
    "decimal": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
}
_PARQUET = {
    "compression": "zstd",
    "compression_level": 9,
    "store_schema": False,
    "write_statistics": True,
    "version": "2.6",
}

USAGE_SCHEMA = pa.schema(
    [
        ("account_id", pa.dictionary(pa.int32(), pa.string())),
        ("user_id", pa.dictionary(pa.int32(), pa.string())),
        ("feature_key", pa.dictionary(pa.int32(), pa.string())),
        ("usage_on", pa.date32()),
        ("event_count", pa.int32()),
        ("quantity", pa.float64()),
        ("duration_seconds", pa.int32()),
        ("loaded_at", pa.timestamp("us")),
    ]
)


def _moment(value: int, offset: str | None) -> str:
    if offset is None:
        return datetime.fromtimestamp(value, UTC).strftime("%Y-%m-%d %H:%M:%S")
    hours = int(offset[:3])
    local = datetime.fromtimestamp(value + hours * 3600, UTC)
    return local.strftime("%Y-%m-%dT%H:%M:%S") + offset


def _number(value: float) -> str:
    text = f"{value:.5f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def as_text(value: Any, kind: str, offset: str | None = None) -> str:
    """A value as text in a CSV. Text stays unchanged, whatever the kind."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if kind == "date":
        return to_date(value).isoformat()
    if kind == "timestamp":
        return _moment(value, offset)
    if kind == "bool":
        return "true" if value else "false"
    if kind == "decimal":
        return _number(value)
    return str(value)


class Sink:
    """Takes rows of all tables except daily usage, and writes one file per table."""

    def __init__(self, out: Path, file_format: str, as_texts: bool) -> None:
        """Open a sink on a folder. `as_texts`: Parquet columns are text, so that dirt fits in."""
        self.out, self.format, self.as_texts = out, file_format, as_texts
        self.keeps_samples = True
        self.counts = {table: 0 for table in TABLES}
        self.samples: dict[str, list[tuple]] = {table: [] for table in TABLES}
        self._rows: dict[str, list[tuple]] = {table: [] for table in TABLES}
        self._files: dict[str, Any] = {}

    def add(self, table: str, *values: Any) -> None:
        """Add one row, with values in the order of the columns."""
        if len(values) != len(TABLES[table]):
            raise ValueError(f"{table}: {len(values)} values for {len(TABLES[table])} columns")
        self.counts[table] += 1
        if self.keeps_samples and len(self.samples[table]) < SAMPLE_ROWS:
            self.samples[table].append(values)
        rows = self._rows[table]
        rows.append(values)
        if len(rows) >= _FLUSH_ROWS:
            self._flush(table)

    def close(self) -> None:
        """Write the remaining rows and close all files."""
        for table in TABLES:
            if table != USAGE_TABLE and not (table == EVENTS_TABLE and self._is_folder(table)):
                self._flush(table)
        for file in self._files.values():
            file.close()

    def _is_folder(self, table: str) -> bool:
        return (self.out / table).is_dir()

    def _flush(self, table: str) -> None:
        rows, self._rows[table] = self._rows[table], []
        if self.format == "csv":
            self._flush_csv(table, rows)
        else:
            self._flush_parquet(table, rows)

    def _flush_csv(self, table: str, rows: list[tuple]) -> None:
        columns = TABLES[table]
        if table not in self._files:
            path = self.out / f"{table}.csv"
            file = open(path, "w", encoding="utf-8", newline="")  # noqa: SIM115 - closed in close()
            csv.writer(file, lineterminator="\n").writerow([name for name, _ in columns])
            self._files[table] = file
        writer = csv.writer(self._files[table], lineterminator="\n")
        first = self.counts[table] - len(rows)
        kinds = [kind for _, kind in columns]
        for number, row in enumerate(rows, first):
            offset = _OFFSET_TABLES.get(table) if number % _OFFSET_EVERY == 17 else None
            writer.writerow([as_text(v, k, offset) for v, k in zip(row, kinds, strict=True)])

    def _flush_parquet(self, table: str, rows: list[tuple]) -> None:
        columns = TABLES[table]
        kinds = ["text" if self.as_texts else kind for _, kind in columns]
        schema = pa.schema([(name, _ARROW[k]) for (name, _), k in zip(columns, kinds, strict=True)])
        values = list(zip(*rows, strict=True)) if rows else [() for _ in columns]
        arrays = [
            self._array(value, kind, original)
            for value, kind, (_, original) in zip(values, kinds, columns, strict=True)
        ]
        if table not in self._files:
            self._files[table] = pq.ParquetWriter(self.out / f"{table}.parquet", schema, **_PARQUET)
        self._files[table].write_table(pa.Table.from_arrays(arrays, schema=schema))

    @staticmethod
    def _array(values: tuple, kind: str, original: str) -> pa.Array:
        if kind == "text":
            return pa.array([as_text(v, original) or None for v in values], pa.string())
        if kind == "timestamp":
            values = tuple(None if v is None else v * 1_000_000 for v in values)
            return pa.array(values, pa.int64()).cast(pa.timestamp("us"))
        if kind == "date":
            return pa.array(values, pa.int32()).cast(pa.date32())
        if kind == "decimal":
            return pa.array([None if v is None else float(v) for v in values], pa.float64())
        return pa.array(values, _ARROW[kind])


def usage_table(blocks: list[UsageRows]) -> pa.Table:
    """Daily usage of several accounts as one typed table, in the given order."""

    def joined(name: str) -> np.ndarray:
        return np.concatenate([getattr(b, name) for b in blocks])

    firsts = np.cumsum([0] + [len(b.user_ids) for b in blocks])
    user = np.concatenate([b.user + first for b, first in zip(blocks, firsts[:-1], strict=True)])
    account = np.repeat(np.arange(len(blocks)), [len(b) for b in blocks])
    users = [user_id for b in blocks for user_id in b.user_ids]
    duration, quantity = joined("duration"), joined("quantity")
    return pa.Table.from_arrays(
        [
            pa.DictionaryArray.from_arrays(
                pa.array(account, pa.int32()), pa.array([b.account_id for b in blocks])
            ),
            pa.DictionaryArray.from_arrays(pa.array(user, pa.int32()), pa.array(users)),
            pa.DictionaryArray.from_arrays(
                pa.array(joined("feature"), pa.int32()), pa.array(list(FEATURE_KEYS))
            ),
            pa.array(joined("day"), pa.int32()).cast(pa.date32()),
            pa.array(joined("count"), pa.int32()),
            pa.array(quantity, pa.float64(), mask=np.isnan(quantity)),
            pa.array(duration, pa.int32(), mask=duration < 0),
            pa.array(joined("loaded_at") * 1_000_000, pa.int64()).cast(pa.timestamp("us")),
        ],
        schema=USAGE_SCHEMA,
    )


def plain(table: pa.Table) -> pa.Table:
    """The table without Arrow dictionaries, so that tables of different chunks can be joined."""
    schema = pa.schema(
        [
            (f.name, f.type.value_type if pa.types.is_dictionary(f.type) else f.type)
            for f in table.schema
        ]
    )
    return table.cast(schema)


class UsageWriter:
    """Writes daily usage to one Parquet file, a row group for each chunk of accounts."""

    def __init__(self, out: Path) -> None:
        """Open the file in a folder."""
        schema = pa.schema(
            [
                (f.name, f.type.value_type if pa.types.is_dictionary(f.type) else f.type)
                for f in USAGE_SCHEMA
            ]
        )
        self._writer = pq.ParquetWriter(
            out / f"{USAGE_TABLE}.parquet",
            schema,
            use_dictionary=[
                "account_id",
                "user_id",
                "feature_key",
                "event_count",
                "quantity",
                "duration_seconds",
                "loaded_at",
            ],
            column_encoding={"usage_on": "DELTA_BINARY_PACKED"},
            data_page_size=1 << 20,
            **_PARQUET,
        )
        self.rows = 0

    def write(self, table: pa.Table) -> None:
        """Append a chunk as one row group."""
        if table.num_rows:
            self._writer.write_table(plain(table), row_group_size=table.num_rows)
            self.rows += table.num_rows

    def close(self) -> None:
        """Finish the file."""
        self._writer.close()
