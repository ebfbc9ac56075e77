"""Small raw folders for tests: the contract's tables, rows that it takes, and files for them."""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

STAGING = Path(__file__).resolve().parents[2] / "models" / "staging"

Row = dict[str, str]


@dataclass(frozen=True)
class Column:
    """A column of the contract."""

    name: str
    type: str
    required: bool
    values: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None

    @property
    def is_text(self) -> bool:
        """Whether any value will do."""
        return self.type in ("id", "text")

    @property
    def is_dated(self) -> bool:
        """Whether it holds a day or a moment."""
        return self.type in ("date", "timestamp")

    @property
    def bad_values(self) -> list[str]:
        """What does not parse, and what lies outside the range."""
        words = {
            "enum": "nonsense",
            "bool": "maybe",
            "date": "31.12.2023",
            "timestamp": "yesterday",
            "int": "1.5",
            "decimal": "1,234",
            "currency": "DOLLARS",
        }
        outside = [str(self.least - 1)] if self.least is not None else []
        outside += ["1e14"] if self.type == "decimal" and not outside and not self.required else []
        outside += [str(self.most + 1)] if self.most is not None else []
        return [] if self.is_text else [words[self.type], *outside]

    def value(self, number: int, is_key: bool) -> str:
        """A value that the contract takes; that of a key is another for each number."""
        if self.type == "currency":
            return "USD"
        if self.name == "account_id":
            return f"a-{number}"
        if self.name == "subscription_id":
            return f"s-{number}"
        if self.is_text:
            return f"{self.name}-{number}" if is_key else f"some {self.name}"
        day = date(2023, 6, 1) + timedelta(days=number if is_key else 0)
        return {
            "enum": self.values[0] if self.values else "",
            "bool": "true",
            "date": day.isoformat(),
            "timestamp": f"{day} 10:00:00",
            "int": str(self.least or 1),
            "decimal": "2.5",
        }[self.type]


@dataclass(frozen=True)
class Table:
    """A table of the contract."""

    system: str
    name: str
    key: tuple[str, ...]
    interval: tuple[str, ...]
    columns: tuple[Column, ...]
    known_at: tuple[str, ...] = ()
    late: tuple[str, ...] = ()  # columns that are known from their own date on
    may_precede: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The name that the table has in a folder or a schema."""
        return f"{self.system}_{self.name}"

    def row(self, number: int, **values: str) -> Row:
        """A row that the contract accepts, but for the values that are given."""
        row = {
            column.name: column.value(number, column.name in self.key) for column in self.columns
        }
        if self.interval:
            starts, ends = self.interval
            row[ends] = (date.fromisoformat(row[starts]) + timedelta(days=90)).isoformat()
        return row | values


@cache
def contract() -> dict[str, Table]:
    """Every table of the raw contract by the name of its file."""
    tables = {}
    for path in sorted(STAGING.glob("*/_*__sources.yml")):
        for source in yaml.safe_load(path.read_text(encoding="utf-8"))["sources"]:
            for entry in source["tables"]:
                meta = entry["config"]["meta"]
                columns = tuple(
                    _column(column["name"], column["config"]["meta"]) for column in entry["columns"]
                )
                table = Table(
                    source["name"],
                    entry["name"],
                    tuple(meta["key"]),
                    tuple(meta.get("interval", ())),
                    columns,
                    tuple(meta["known_at"].split(" / ")) if "known_at" in meta else (),
                    tuple(name for name, rule in meta.get("late", {}).items() if "self" in rule),
                    tuple(meta.get("may_precede", ())),
                )
                tables[table.file] = table
    return tables


def _column(name: str, meta: dict[str, Any]) -> Column:
    least, most = meta.get("range", (None, None))
    return Column(name, meta["type"], meta["required"], tuple(meta.get("values", ())), least, most)


def csv_text(rows: list[Row], columns: list[str] | None = None, **dialect: Any) -> str:
    """Rows as CSV; what a row does not name is empty."""
    text = io.StringIO()
    names = columns or list(rows[0])
    writer = csv.DictWriter(text, names, restval="", **({"lineterminator": "\n"} | dialect))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write_text(path: Path, text: str) -> None:
    """A text file, compressed where its name says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = text.encode("utf-8")
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def write_folder(folder: Path, tables: dict[str, list[Row]]) -> None:
    """One CSV a table."""
    for name, rows in tables.items():
        write_text(folder / f"{name}.csv", csv_text(rows))


def write_parquet(path: Path, columns: dict[str, tuple[pa.DataType, list[Any]]]) -> None:
    """A Parquet file of typed columns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {name: pa.array(values, kind) for name, (kind, values) in columns.items()}
    pq.write_table(pa.table(arrays), path)
