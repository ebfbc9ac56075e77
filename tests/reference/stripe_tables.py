"""A folder of Stripe's tables as a loader left it: the objects under one set of names."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

Raw = dict[str, str | None]
Key = tuple[str | None, ...]

# What each loader calls an object; Fivetran's name comes first.
NAMES: dict[str, tuple[str, ...]] = {
    "customer": ("customer", "customers"),
    "subscription": ("subscription_history", "subscription", "subscriptions"),
    "item": ("subscription_item", "subscription__items__data", "subscription_items"),
    "price": ("price", "prices"),
    "plan": ("plan", "plans"),
    "tier": ("tier", "tiers"),
    "coupon": ("coupon", "coupons"),
    "discount": ("discount", "discounts"),
    "subscription_discount": ("subscription_discount",),
    "customer_discount": ("customer_discount",),
    "invoice": ("invoice", "invoices"),
    "line": ("invoice_line_item", "invoice__lines__data", "invoice_line_items"),
    "invoice_item": ("invoice_item", "invoice_items", "invoiceitem", "invoiceitems"),
}
LOADED = ("_fivetran_synced", "_airbyte_extracted_at", "_dlt_load_id")
YES = {"true", "t", "1", "1.0", "yes"}
NO = {"false", "f", "0", "0.0", "no"}


def text(row: Raw, *names: str) -> str | None:
    """The first of the names that has a value; a dot leads into a nested object."""
    for name in names:
        found = _at(row, name)
        if found is not None:
            return found
    return None


def _at(row: Raw, name: str) -> str | None:
    for spelling in (name, name.replace(".", "__"), name.replace(".", "_")):
        if row.get(spelling) is not None:
            return row[spelling]
    parent, _, path = name.partition(".")
    if not path or not (row.get(parent) or "").startswith("{"):
        return None
    value: Any = json.loads(row[parent] or "{}")
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or value == "":
        return None
    return json.dumps(value) if isinstance(value, dict | list) else str(value)


def moment(row: Raw, *names: str) -> datetime | None:
    """A moment in UTC, from seconds, milliseconds, or ISO text with or without an offset."""
    given = text(row, *names)
    if given is None:
        return None
    try:
        seconds = float(given)
    except ValueError:
        parsed = datetime.fromisoformat(given)
        return parsed.astimezone(UTC).replace(tzinfo=None) if parsed.tzinfo else parsed
    if seconds > 1e11:
        seconds /= 1000
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


def number(row: Raw, *names: str) -> Fraction | None:
    """A number exactly as written."""
    given = text(row, *names)
    return None if given is None else Fraction(given)


def boolean(row: Raw, *names: str) -> bool | None:
    """True, false, or None where nothing is stated."""
    given = (text(row, *names) or "").lower()
    return True if given in YES else False if given in NO else None


@dataclass
class Tables:
    """The rows of each object, one per id but for versions, and when they were loaded."""

    folder: Path
    rows: dict[str, list[Raw]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Tables:
        """From CSV files named as the loader's tables, in any case."""
        tables = cls(folder)
        for name in NAMES:
            tables.rows[name] = tables._unique(name, tables._read(name))
        return tables

    def has(self, name: str) -> bool:
        """Whether the object was loaded with any row."""
        return bool(self.rows[name])

    @property
    def has_versions(self) -> bool:
        """Whether a subscription's earlier states were loaded."""
        return any("_fivetran_start" in row for row in self.rows["subscription"])

    @cached_property
    def loaded_at(self) -> datetime:
        """When the newest row of all came."""
        moments = [self.row_loaded_at(row) for rows in self.rows.values() for row in rows]
        return max((known for known in moments if known), default=datetime.max)

    def row_loaded_at(self, row: Raw) -> datetime | None:
        """When the loader brought the row."""
        load_id = row.get("_dlt_load_id")
        if load_id and load_id in self._loads:
            return self._loads[load_id]
        return moment(row, *LOADED)

    @cached_property
    def _loads(self) -> dict[str, datetime]:
        rows = self._file("_dlt_loads") or []
        return {str(row["load_id"]): known for row in rows if (known := moment(row, "inserted_at"))}

    def _file(self, name: str) -> list[Raw] | None:
        for path in self.folder.iterdir():
            if path.name.lower() == f"{name}.csv":
                with path.open(encoding="utf-8", newline="") as file:
                    return [
                        {key.lower(): value or None for key, value in row.items()}
                        for row in csv.DictReader(file)
                    ]
        return None

    def _read(self, name: str) -> list[Raw]:
        return next((rows for table in NAMES[name] if (rows := self._file(table)) is not None), [])

    def _unique(self, name: str, rows: list[Raw]) -> list[Raw]:
        """The newest row of each key; each of Fivetran's versions is a row of its own."""
        kept: dict[Key, tuple[tuple[datetime, datetime], Raw]] = {}
        for position, row in enumerate(rows):
            key = self._key(name, row, position)
            age = (
                moment(row, "updated", "updated_at") or datetime.min,
                self.row_loaded_at(row) or datetime.min,
            )
            if key not in kept or kept[key][0] <= age:
                kept[key] = (age, row)
        return [row for _, row in kept.values()]

    @staticmethod
    def _key(name: str, row: Raw, position: int) -> Key:
        if name == "tier":
            return (str(position),)
        if name == "line":
            return (row["id"], text(row, "invoice_id", "_dlt_parent_id"))
        return (row["id"], row.get("_fivetran_start"))

    def parents(self, name: str) -> dict[str, str]:
        """The id of the object by the id that dlt gave its row."""
        return {
            str(row["_dlt_id"]): str(row["id"]) for row in self.rows[name] if row.get("_dlt_id")
        }


def by(rows: Iterable[Raw], *names: str) -> dict[str, Raw]:
    """The rows by the first of the names that has a value."""
    return {known: row for row in rows if (known := text(row, *names))}
