"""Raw folders, and what staging must make of them: accepted, duplicate or rejected rows."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from .tables import TABLES, Column, Table

Raw = dict[str, str | None]
Row = dict[str, Any]
Content = tuple[Any, ...]

EARLIEST = date(1990, 1, 1)
NO_DATE_FROM = date(9999, 1, 1)
LEDGER_LIMIT = 1e12
RATE_LIMIT = 1e9
RUN_DATE_YEARS = 10
SURVEY_SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}

MISSING = "missing"
UNPARSABLE = "unparsable"
UNKNOWN_ENUM = "unknown_value"
OUT_OF_RANGE = "out_of_range"
ORPHAN_ACCOUNT = "orphan:account_id"
ORPHAN_SUBSCRIPTION = "orphan:subscription_id"
REVERSED = "interval_reversed"
NEGATIVE = "negative_mrr"
NO_RATE = "no_exchange_rate"
TOO_LARGE = "out_of_range"
ENDED_WITHOUT_DATE = "no_end_date"
OVERLAP = "overlap"


@dataclass
class Accepted:
    """The rows that count, and the account of those that do not."""

    reporting_currency: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    rejected_rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    raw_rows: Counter[str] = field(default_factory=Counter)
    accepted_rows: Counter[str] = field(default_factory=Counter)
    duplicates: Counter[str] = field(default_factory=Counter)
    rejected: Counter[tuple[str, str]] = field(default_factory=Counter)


# --- reading ----------------------------------------------------------------------------------


def _read_csv(path: Path) -> list[Raw]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        return [dict(row) for row in csv.DictReader(file)]


def _read_parquet(path: Path) -> list[Raw]:
    def text(value: Any) -> str | None:
        if isinstance(value, bool):
            return str(value).lower()
        return None if value is None else str(value)

    return [
        {name: text(value) for name, value in row.items()}
        for row in pq.read_table(path).to_pylist()
    ]


def read_table(folder: Path, name: str) -> list[Raw]:
    """The raw rows of a table as trimmed text, '' as null; an absent table has none."""
    rows: list[Raw] = []
    for ending, reader in (
        (".parquet", _read_parquet),
        (".csv", _read_csv),
        (".csv.gz", _read_csv),
    ):
        path = folder / f"{name}{ending}"
        if path.exists():
            rows = reader(path)
            break
    return [
        {column: given(value, KINDS.get(column)) for column, value in row.items()} for row in rows
    ]


# Of every name there is one kind, but for `currency`, which is no kind of its own here.
KINDS = {column.name: column.kind for table in TABLES for column in table.columns}
UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u180e"
NOTHING = {"NULL", "\\N", "N/A", "NONE", "NAN", "#N/A"}


def given(text: str | None, kind: str | None) -> str | None:
    """A raw value without what cannot be seen around it; words for nothing are None."""
    before, value = None, text or ""
    while before != value:
        before, value = value, value.strip().strip(UNSEEN)
    if not value or value in ("NULL", "\\N"):
        return None
    if kind != "text" and value.upper() in NOTHING:
        return None
    return re.sub(r"\.0+$", "", value) if kind == "id" and _WHOLE_FLOAT.fullmatch(value) else value


# --- values -----------------------------------------------------------------------------------

_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)\s*(Z|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)
_WHOLE_FLOAT = re.compile(r"-?\d+\.0+", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d+(\.0*)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_BOOLS = {word: True for word in ("true", "t", "1", "yes")} | {
    word: False for word in ("false", "f", "0", "no")
}


def parse_moment(text: str) -> datetime | None:
    """A date or timestamp in UTC; without an offset it already is."""
    match = _MOMENT.fullmatch(text)
    if not match:
        return None
    day, clock, offset = match.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{clock or '00:00'}{offset or 'Z'}")
    except ValueError:
        return None
    return moment.astimezone(UTC).replace(tzinfo=None)


def _on_scale(value: float, column: Column) -> float | None:
    if column.least is not None and value < column.least:
        return None
    return None if column.most is not None and value > column.most else value


def parse(column: Column, text: str) -> Any:
    """The typed value, or None where the text is not of the column's type."""
    if column.kind in ("id", "text"):
        return text
    if column.kind == "enum":
        return text.lower() if text.lower() in column.values else None
    if column.kind == "bool":
        return _BOOLS.get(text.lower())
    if column.kind == "int":
        return _on_scale(int(Decimal(text)), column) if _WHOLE.fullmatch(text) else None
    if column.kind == "decimal":
        number = float(text) if _NUMBER.fullmatch(text) else None
        if number is None or column.required or column.name == "mrr_amount":
            return number
        return _on_scale(number, column) if abs(number) <= LEDGER_LIMIT else None
    moment = parse_moment(text)
    return moment.date() if moment and column.kind == "date" else moment


def parse_row(table: Table, raw: Raw) -> Row:
    """The typed values of a row."""
    row = {
        column.name: parse(column, text) if (text := raw.get(column.name)) else None
        for column in table.columns
    }
    if table.name == "feedback_survey_responses" and row["score"] is not None:
        least, most = SURVEY_SCALES.get(row["survey_type"], (row["score"], row["score"]))
        if not least <= row["score"] <= most:
            row["score"] = None
    return row | _usable_dates(table, row)


def _usable_dates(table: Table, row: Row) -> Row:
    """The optional dates as they may be used: placeholders and those before their row are none."""
    dates = {
        column.name: row[column.name]
        for column in table.columns
        if column.kind in ("date", "timestamp") and not column.required and row[column.name]
    }
    for name, value in dates.items():
        if not EARLIEST <= _day(value) < NO_DATE_FROM:
            dates[name] = None
    known = known_on(table, row | dates)
    for name, value in dates.items():
        if value is None or name not in table.late or known == datetime.min:
            continue
        is_moment = isinstance(value, datetime) and value.time() != datetime.min.time()
        if _day(value) < known.date() or (is_moment and value < known):
            dates[name] = None
    return dates


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def known_on(table: Table, row: Row) -> datetime:
    """When the world knew of the row; a row without such a date was always there."""
    for name in table.known_at:
        value = row[name]
        if value is not None:
            return value if isinstance(value, datetime) else datetime(*value.timetuple()[:3])
    return datetime.min


def line_amount(item: Row, with_discount: bool = True) -> float:
    """Quantity times price less discounts, for one billing interval, in double."""
    amount = item["quantity"] * item["unit_amount"]
    if not with_discount:
        return amount
    left = amount * (1 - (item["discount_percent"] or 0) / 100) - (item["discount_amount"] or 0)
    return max(left, 0.0)  # who discounts more than the price gives it away


# --- acceptance -------------------------------------------------------------------------------


def _value_reason(table: Table, raw: Raw, row: Row, last_day: date) -> str | None:
    """The first reason that lies in the row's own required values."""
    required = [column for column in table.columns if column.required]
    if any(raw.get(column.name) is None for column in required):
        return MISSING
    bad = [column for column in required if row[column.name] is None]
    if any(column.kind != "enum" for column in bad):
        return UNPARSABLE
    if bad:
        return UNKNOWN_ENUM
    for column in table.columns:
        value = row[column.name]
        if column.name == "rate_to_reporting" and not 0 < value <= RATE_LIMIT:
            return TOO_LARGE
        held = column.kind == "decimal" and (column.required or column.name == "mrr_amount")
        if held and column.name != "rate_to_reporting" and abs(value or 0) > LEDGER_LIMIT:
            return TOO_LARGE
    for column in required:
        if column.kind in ("date", "timestamp"):
            value = row[column.name]
            day = value.date() if isinstance(value, datetime) else value
            if not EARLIEST <= day <= last_day:
                return OUT_OF_RANGE
    return None


def _reversed(table: Table, row: Row) -> bool:
    if not table.interval:
        return False
    start, end = (row[name] for name in table.interval)
    return start is not None and end is not None and end < start


class _Gate:
    """The checks that look beyond the row: orphans, intervals, money and currencies."""

    def __init__(self, accepted: Accepted) -> None:
        def ids(table: str, column: str) -> set[str]:
            return {row[column] for row in accepted.rows.get(table, [])}

        self.accounts = ids("crm_accounts", "account_id")
        self.subscriptions = {
            row["subscription_id"]: row for row in accepted.rows.get("billing_subscriptions", [])
        }
        rates = accepted.rows.get("billing_exchange_rates", [])
        self.currencies = {row["currency"].upper() for row in rates}
        self.currencies.add(accepted.reporting_currency)

    def reason(self, table: Table, row: Row) -> str | None:
        """The first reason after those in the row's own values."""
        names = {column.name for column in table.columns}
        owned = table.name != "crm_accounts" and "account_id" in names
        if owned and row["account_id"] not in self.accounts:
            return ORPHAN_ACCOUNT
        part = table.name != "billing_subscriptions" and "subscription_id" in names
        if part and row["subscription_id"] not in self.subscriptions:
            return ORPHAN_SUBSCRIPTION
        if _reversed(table, row):
            return REVERSED
        if table.name == "billing_subscriptions":
            return self._subscription(row)
        if table.name == "billing_subscription_items":
            return self._item(row)
        priced = table.name in ("billing_invoices", "crm_opportunities")
        if priced and self._without_rate(row["currency"]):
            return NO_RATE
        return None

    def _subscription(self, row: Row) -> str | None:
        if (row["mrr_amount"] or 0) < 0:
            return NEGATIVE
        if row["mrr_amount"] is not None and self._without_rate(row["currency"]):
            return NO_RATE
        if row["status"] in ("canceled", "expired") and row["ended_on"] is None:
            return ENDED_WITHOUT_DATE
        return None

    def _item(self, row: Row) -> str | None:
        if round(line_amount(row, with_discount=False), 8) < 0:
            return NEGATIVE
        # An item without a currency has its subscription's: that needs a rate just as well.
        inherited = self.subscriptions[row["subscription_id"]]["currency"]
        return NO_RATE if self._without_rate(row["currency"] or inherited) else None

    def _without_rate(self, currency: str | None) -> bool:
        return currency is not None and currency.upper() not in self.currencies


def _content(table: Table, row: Row) -> Content:
    """What decides between rows of one key: the values in order, an absent one first."""
    start, end = (row[name] for name in table.interval) if table.interval else (None, date.max)
    values = tuple((row[column.name] is not None, row[column.name]) for column in table.columns)
    return (start != end, *(value if value[0] else (False, 0) for value in values))


def _overlaps(table: Table, rows: list[Row]) -> tuple[list[Row], int]:
    """Take out the rows that start before a stated end of a row before them.

    A table whose rows are signed is milder: who signs no earlier than all before may cut in.
    """
    if not table.series or not table.interval:
        return rows, 0
    start, end = table.interval
    latest: dict[tuple[str, ...], date] = defaultdict(lambda: date.min)
    signed: dict[tuple[str, ...], date] = defaultdict(lambda: date.min)
    kept = []
    for row in sorted(rows, key=lambda row: row[start]):
        series = tuple(row[name] for name in table.series)
        signature = (table.signed and row[table.signed]) or row[start]
        supersedes = table.signed is not None and signature >= signed[series]
        if supersedes or row[start] >= latest[series]:
            kept.append(row)
        latest[series] = max(latest[series], row[end] or date.min)
        signed[series] = max(signed[series], signature)
    return kept, len(rows) - len(kept)


def _accept_table(table: Table, raws: list[Raw], accepted: Accepted, last_day: date) -> None:
    gate = _Gate(accepted)
    names = [column.name for column in table.columns]
    distinct = {tuple(raw.get(name) for name in names): raw for raw in raws}
    candidates: dict[tuple[Any, ...], tuple[Content, Row]] = {}
    rejected: Counter[tuple[str, str]] = Counter()
    for raw in distinct.values():
        row = parse_row(table, raw)
        reason = _value_reason(table, raw, row, last_day) or gate.reason(table, row)
        if reason:
            rejected[table.name, reason] += 1
            accepted.rejected_rows[table.name].append(row)
            continue
        key = tuple(row[name] for name in table.key)
        content = _content(table, row)
        if key not in candidates or content > candidates[key][0]:
            candidates[key] = (content, row)
    kept, overlapping = _overlaps(table, [row for _, row in candidates.values()])
    if overlapping:
        rejected[table.name, OVERLAP] = overlapping
    accepted.rows[table.name] = kept
    accepted.raw_rows[table.name] = len(raws)
    accepted.accepted_rows[table.name] = len(kept)
    accepted.rejected += rejected
    accepted.duplicates[table.name] = len(raws) - len(kept) - sum(rejected.values())


def _reporting_currency(tables: Iterable[list[Raw]]) -> str:
    """The only currency present in the raw rows, else USD."""
    present = {row["currency"].upper() for rows in tables for row in rows if row.get("currency")}
    return present.pop() if len(present) == 1 else "USD"


def latest_day(run_date: date) -> date:
    """The last day that a required date may bear."""
    try:
        return run_date.replace(year=run_date.year + RUN_DATE_YEARS)
    except ValueError:  # 29 February
        return run_date.replace(year=run_date.year + RUN_DATE_YEARS, day=28)


def accept(folder: Path, run_date: date, reporting_currency: str | None = None) -> Accepted:
    """Accept, deduplicate or reject every raw row of the folder, usage aside."""
    raws = {table.name: read_table(folder, table.name) for table in TABLES}
    currency = reporting_currency or _reporting_currency(
        raws[name] for name in ("billing_subscriptions", "billing_subscription_items")
    )
    last_day = latest_day(run_date)
    accepted = Accepted(currency.upper())
    for table in TABLES:
        _accept_table(table, raws[table.name], accepted, last_day)
    return accepted
