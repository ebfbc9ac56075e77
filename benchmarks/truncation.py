"""Cuts a raw folder at a day: what the extracts would have held had they been taken then."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import yaml

STAGING = Path(__file__).resolve().parents[1] / "models" / "staging"
NEXT_DAY = "the day after "
READERS = {
    ".parquet": "read_parquet('{}')",
    "/*.parquet": "read_parquet('{}', union_by_name = true)",
    ".csv": "read_csv('{}', header = true, all_varchar = true)",
    ".csv.gz": "read_csv('{}', header = true, all_varchar = true)",
}


@dataclass(frozen=True)
class Source:
    """A raw table: since when its rows and its late columns are known."""

    system: str
    name: str
    key: list[str]
    known_at: str
    late: dict[str, str]
    beginnings: dict[str, str] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The file's name without its ending."""
        return f"{self.system}_{self.name}"


def sources(staging: Path = STAGING) -> list[Source]:
    """Every raw table that the project declares."""
    found = []
    for path in sorted(staging.glob("*/_*__sources.yml")):
        for source in yaml.safe_load(path.read_text(encoding="utf-8"))["sources"]:
            for table in source["tables"]:
                meta = table["config"]["meta"]
                found.append(
                    Source(
                        source["name"],
                        table["name"],
                        meta["key"],
                        meta.get("known_at") or "",
                        meta.get("late") or {},
                        _beginnings(table["columns"]),
                    )
                )
    return found


def _beginnings(columns: list[dict[str, Any]]) -> dict[str, str]:
    """A required state cannot read null: before it was known it was the first of its values."""
    metas = {column["name"]: column["config"]["meta"] for column in columns}
    return {
        name: meta["values"][0]
        for name, meta in metas.items()
        if meta["type"] == "enum" and meta["required"]
    }


def _columns(connection: duckdb.DuckDBPyConnection, relation: str) -> list[str]:
    rows = connection.execute(f"describe select * from {relation}").fetchall()
    return [row[0] for row in rows]


def _find(folder: Path, file: str) -> str | None:
    """The relation that reads the table; None where the folder does not hold it."""
    for ending, reader in READERS.items():
        if any(folder.glob(file + ending)):
            return reader.format(folder / (file + ending))
    return None


def _day(column: str) -> str:
    """A column's UTC day; what does not parse has none, and staging judges it as ever."""
    text = f"nullif(trim(cast(raw.\"{column}\" as varchar)), '')"
    return f"cast(try_cast({text} as timestamptz) at time zone 'UTC' as date)"


def _since(rule: str, itself: str, present: list[str]) -> str:
    """The day of a rule such as `signed_on / term_start_on`: the first that is given."""
    days = []
    for part in (part.strip() for part in rule.split("/")):
        name = itself if part == "self" else part.removeprefix(NEXT_DAY)
        if name in present:
            days.append(_day(name) + (" + 1" if part.startswith(NEXT_DAY) else ""))
    return f"coalesce({', '.join(days)})" if days else "cast(null as date)"


def _from_history(
    source: Source, column: str, folder: Path, day: date, before: str, otherwise: str
) -> str:
    """The value from the table that keeps the column's history, where there is one."""
    table, dot, moment = source.late[column].split("/")[0].strip().partition(".")
    relation = _find(folder, f"{source.system}_{table}") if dot else None
    if relation is None:
        return otherwise
    same = " and ".join(f'trim(raw."{key}") = trim(past."{key}")' for key in source.key)
    entered = f"try_cast(past.{moment} as timestamptz)"
    known = f"cast({entered} at time zone 'UTC' as date) <= date '{day}'"
    past = f"from {relation} as past where {same}"
    latest = f"(select max_by(past.{column}, {entered}) filter ({known}) {past})"
    known_value = f"coalesce({latest}, {before})"
    return f"case when (select count(*) {past}) = 0 then {otherwise} else {known_value} end"


def _value(source: Source, column: str, present: list[str], folder: Path, day: date) -> str:
    """What a column read at the end of the day."""
    rule = source.late.get(column, "as now")
    if rule == "as now":
        return f'raw."{column}"'
    before = f"'{source.beginnings[column]}'" if column in source.beginnings else "null"
    since = _since(rule, column, present)
    value = f"case when {since} > date '{day}' then {before} else raw.\"{column}\" end"
    return _from_history(source, column, folder, day, before, value)


def truncate_raw(
    folder_in: Path, folder_out: Path, day: date, files: Collection[str] | None = None
) -> None:
    """Write every table of the folder, or some, as they were known at the end of the day."""
    folder_out.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        for source in sources():
            relation = _find(folder_in, source.file)
            if relation is None or (files is not None and source.file not in files):
                continue
            present = _columns(connection, relation)
            values = ", ".join(
                f'{_value(source, column, present, folder_in, day)} as "{column}"'
                for column in present
            )
            known = _since(source.known_at, "", present)
            query = (
                f"select {values} from {relation} as raw"
                f" where coalesce({known} <= date '{day}', true)"
            )
            ending, form = ".csv", "format csv, header"
            if "parquet" in relation:
                ending, form = ".parquet", "format parquet"
            target = folder_out / (source.file + ending)
            connection.execute(f"copy ({query}) to '{target}' ({form})")
