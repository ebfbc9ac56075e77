"""Usage: millions of rows, accepted column by column and kept by account and day."""

from __future__ import annotations

import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from .lines import month_of
from .raw import (
    EARLIEST,
    MISSING,
    ORPHAN_ACCOUNT,
    OUT_OF_RANGE,
    UNKNOWN_ENUM,
    UNPARSABLE,
    Accepted,
    latest_day,
    parse,
)
from .tables import USAGE_TABLES, Column, Table

LOGIN = "login"
# Days are bits, this one the first: windows of days are cut out of whole numbers.
FIRST_DAY = EARLIEST.toordinal()


def bit(day: date) -> int:
    """The position of a day."""
    return day.toordinal() - FIRST_DAY


def day_at(position: int) -> date:
    """The day at a position."""
    return date.fromordinal(FIRST_DAY + position)


def days_in(bits: int, day: date, count: int) -> int:
    """The days that end on the day, as bits of their own."""
    return (bits >> (bit(day) - count + 1)) & ((1 << count) - 1)


@dataclass
class Day:
    """What an account did on a day."""

    logins: int = 0
    feature_events: int = 0
    seconds: int | None = None

    @property
    def is_active(self) -> bool:
        """Whether anything happened: a day of a feed may be without use."""
        return self.logins + self.feature_events > 0


def _never() -> dict[str, int]:
    return defaultdict(int)


@dataclass
class Usage:
    """What every account did: sums by day, the days of each user and feature, units by month."""

    days: dict[str, dict[date, Day]] = field(default_factory=lambda: defaultdict(dict))
    users: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(_never))
    features: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(_never))
    units: dict[tuple[str, str, date], Fraction] = field(default_factory=dict)

    def add(
        self,
        account: str,
        user: str | None,
        feature: str,
        day: date,
        count: int,
        quantity: float | None,
        seconds: int | None,
    ) -> None:
        """Count a row."""
        if quantity is not None:
            key = (account, feature, month_of(day))
            self.units[key] = self.units.get(key, Fraction(0)) + Fraction(quantity)
        own = self.days[account]
        total = own.get(day)
        if total is None:
            total = own[day] = Day()
        if feature == LOGIN:
            total.logins += count
        else:
            total.feature_events += count
            if count > 0:
                self.features[account][feature] |= 1 << bit(day)
        if seconds is not None:
            total.seconds = (total.seconds or 0) + seconds
        if user is not None and count > 0:
            self.users[account][user] |= 1 << bit(day)


# --- reading ----------------------------------------------------------------------------------


def _texts(path: Path) -> pa.Table:
    """A CSV, every column as text."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        names = next(csv.reader(file), [])
    return pacsv.read_csv(
        path,
        parse_options=pacsv.ParseOptions(newlines_in_values=True),
        convert_options=pacsv.ConvertOptions(column_types={name: pa.string() for name in names}),
    )


def _read(folder: Path, name: str) -> pa.Table | None:
    """A table in whichever form the folder holds it."""
    for path, reader in (
        (folder / f"{name}.parquet", pq.read_table),
        (folder / name, pq.read_table),
        (folder / f"{name}.csv", _texts),
        (folder / f"{name}.csv.gz", _texts),
    ):
        if path.exists():
            return reader(path)
    return None


@dataclass
class _Values:
    """A column: each distinct value once, and which of them each row holds; -1 where none."""

    codes: list[int]
    values: list[Any]
    # Why a row of the value is rejected, if the column is required.
    reasons: list[str | None]

    def of(self, row: int) -> Any:
        """The typed value of a row."""
        return self.values[self.codes[row]]


def _reason(column: Column, text: str | None, value: Any, last_day: date) -> str | None:
    if text is None:
        return MISSING
    if value is None:
        return UNKNOWN_ENUM if column.kind == "enum" else UNPARSABLE
    if column.kind in ("date", "timestamp"):
        day = value.date() if isinstance(value, datetime) else value
        return None if EARLIEST <= day <= last_day else OUT_OF_RANGE
    return None


def _values(column: Column, table: pa.Table, last_day: date) -> _Values:
    """Parse each distinct value of a column once; the last stands for those without one."""
    texts: list[str | None] = []
    codes = [-1] * len(table)
    if column.name in table.column_names:
        encoded = table[column.name].combine_chunks().dictionary_encode()
        codes = [-1 if code is None else code for code in encoded.indices.to_pylist()]
        for value in encoded.dictionary.to_pylist():
            texts.append(None if value is None else str(value).strip() or None)
    texts.append(None)
    values = [None if text is None else parse(column, text) for text in texts]
    reasons = [
        _reason(column, text, value, last_day) if column.required else None
        for text, value in zip(texts, values, strict=True)
    ]
    return _Values(codes, values, reasons)


# --- acceptance -------------------------------------------------------------------------------

# Reasons in the order in which they are given.
_ORDER = (MISSING, UNPARSABLE, UNKNOWN_ENUM, OUT_OF_RANGE, ORPHAN_ACCOUNT)


def _rejections(columns: dict[str, _Values], accounts: set[str]) -> Iterator[str | None]:
    """Each row's reason, or none."""
    owners = columns["account_id"]
    owners.reasons = [
        reason or (None if owner in accounts else ORPHAN_ACCOUNT)
        for reason, owner in zip(owners.reasons, owners.values, strict=True)
    ]
    judged = [column for column in columns.values() if any(column.reasons)]
    for codes in zip(*(column.codes for column in judged), strict=True):
        reasons = [column.reasons[code] for column, code in zip(judged, codes, strict=True)]
        present = [reason for reason in reasons if reason]
        yield min(present, key=_ORDER.index) if present else None


def _codes_of(values: list[Any]) -> list[int]:
    """Codes by which equal values are equal, though their texts may differ."""
    known: dict[Any, int] = {}
    return [known.setdefault(value, len(known)) for value in values]


def _key(table: Table, columns: dict[str, _Values]) -> list[list[int]]:
    """The codes of the key's columns; an event's id counts once a day."""
    key = []
    for name in table.key:
        own = _codes_of(columns[name].values)
        key.append([own[code] for code in columns[name].codes])
    if table.name == "product_events":
        moments = columns["occurred_at"]
        days = _codes_of([moment and moment.date() for moment in moments.values])
        key.append([days[code] for code in moments.codes])
    return key


def _version(row: int, columns: list[_Values]) -> tuple[tuple[bool, Any], ...]:
    """What decides between rows of one key: the later, then the greater; an absent value loses."""
    values = (column.of(row) for column in columns)
    return tuple((value is not None, value) for value in values)


def _latest(table: Table, columns: dict[str, _Values], valid: list[int]) -> list[int]:
    """Of the valid rows of each key the last version."""
    order = [columns[name] for name in dict.fromkeys(("loaded_at", *table.known_at, *columns))]
    kept: dict[tuple[int, ...], int] = {}
    keys = list(zip(*_key(table, columns), strict=True))
    for row in valid:
        former = kept.setdefault(keys[row], row)
        if former != row and _version(row, order) > _version(former, order):
            kept[keys[row]] = row
    return list(kept.values())


def _accept(table: Table, raw: pa.Table, accepted: Accepted, usage: Usage, last_day: date) -> None:
    columns = {column.name: _values(column, raw, last_day) for column in table.columns}
    accounts = {row["account_id"] for row in accepted.rows["crm_accounts"]}
    rejected: Counter[tuple[str, str]] = Counter()
    valid = []
    for row, reason in enumerate(_rejections(columns, accounts)):
        if reason is None:
            valid.append(row)
        else:
            rejected[table.name, reason] += 1
    kept = _latest(table, columns, valid)
    if table.name == "product_events":
        feature, moment, count = columns["event_name"], columns["occurred_at"], None
    else:
        feature, moment, count = columns["feature_key"], columns["usage_on"], columns["event_count"]
    account, user, quantity, seconds = (
        columns[name] for name in ("account_id", "user_id", "quantity", "duration_seconds")
    )
    for row in kept:
        day = moment.of(row)
        usage.add(
            account.of(row),
            user.of(row),
            feature.of(row),
            day.date() if isinstance(day, datetime) else day,
            count.of(row) if count else 1,
            quantity.of(row),
            seconds.of(row),
        )
    accepted.raw_rows[table.name] = len(raw)
    accepted.accepted_rows[table.name] = len(kept)
    accepted.rejected += rejected
    accepted.duplicates[table.name] = len(raw) - len(kept) - sum(rejected.values())


def accept_usage(folder: Path, accepted: Accepted, run_date: date) -> Usage:
    """Accept the usage of a folder beside the tables that are accepted already."""
    usage = Usage()
    for table in USAGE_TABLES:
        raw = _read(folder, table.name)
        if raw is None:
            raw = pa.table({column.name: pa.array([], pa.string()) for column in table.columns})
        _accept(table, raw, accepted, usage, latest_day(run_date))
    return usage
