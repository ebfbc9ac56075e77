"""The published snapshot: the only module of the dashboard that opens it.

A view of a page is of one run: `open_view` resolves the symlink once, and all queries of the view
read that folder. The queries of a page are in `queries/<page>.sql`.
"""

import os
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb
import pandas as pd
import streamlit as st

from pipeline.settings import Settings

DATABASE = "customer_success.duckdb"
QUERIES_FOLDER = Path(__file__).with_name("queries")
NAMED = re.compile(r"^-- name: (\w+)$", re.MULTILINE)
PARAMETER = re.compile(r"\$(\w+)")
META = re.compile(r" ?\[([^\[\]]+)\]$")
OPEN_SNAPSHOTS = 2
VIEW = "_snapshot"


class NoSnapshotError(Exception):
    """There is no snapshot to read. The text says why, and what to do."""


@dataclass(frozen=True)
class Snapshot:
    """The published run that a view shows."""

    folder: str
    run_id: str
    finished_at: datetime
    as_of_date: date
    last_complete_month: date | None
    reporting_currency: str
    is_demo: bool
    rejected_rows: int
    restated_figures: int


@dataclass(frozen=True)
class Definition:
    """A column as its comment describes it; `unit`, `format` and the like are empty without one."""

    text: str
    unit: str = ""
    format: str = ""
    additivity: str = ""
    labels: str = ""


@dataclass(frozen=True)
class Label:
    """A code in words, with its place among the codes of its domain."""

    code: str
    label: str
    sort_order: int
    colour: str | None
    better: str | None


def _load_queries() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for path in sorted(QUERIES_FOLDER.glob("*.sql")):
        _, *parts = NAMED.split(path.read_text(encoding="utf-8"))
        found[path.stem] = dict(
            zip(parts[::2], (sql.strip().rstrip(";") for sql in parts[1::2]), strict=True)
        )
    return found


# The queries by page and name.
QUERIES = _load_queries()


def published_folder() -> str:
    """The folder that `published` leads to now.

    Raises NoSnapshotError where nothing is published.
    """
    link = Settings.from_environment(os.environ).published
    if not (link / DATABASE).is_file():
        raise NoSnapshotError(
            f"Nothing is published in {link}. Run `make build`, then load this page again."
        )
    return str(link.resolve())


def open_view() -> Snapshot:
    """Resolve the snapshot for this view, so that all its figures are of one run.

    Raises NoSnapshotError where there is none, or none that can be read.
    """
    folder = published_folder()
    try:
        view = _snapshot(folder)
    except duckdb.Error as error:
        raise NoSnapshotError(
            f"The snapshot in {folder} cannot be read: {error}. "
            "Run `make build`, or `python -m pipeline rollback` for the one before."
        ) from error
    st.session_state[VIEW] = view
    return view


def view() -> Snapshot:
    """The snapshot of this view."""
    return st.session_state[VIEW]


def rows(page: str, name: str, **parameters: object) -> pd.DataFrame:
    """The rows of a page's query, in its order. A query gets those parameters that it names."""
    sql = QUERIES[page][name]
    wanted = sorted(set(PARAMETER.findall(sql)))
    return _rows(view().folder, sql, tuple((key, parameters[key]) for key in wanted)).copy()


def row(page: str, name: str, **parameters: object) -> pd.Series | None:
    """The first row of a page's query, None where it has none."""
    found = rows(page, name, **parameters)
    return None if found.empty else found.iloc[0]


def table_rows(table: str, wheres: tuple[tuple[str, str, str], ...], limit: int) -> pd.DataFrame:
    """At most `limit` rows of a published table. `wheres` are column, operator and value as text.

    Raises KeyError for a table or column that is not published.
    """
    sql, parameters = _table_sql(table, wheres)
    return _rows(view().folder, f"{sql} limit {int(limit)}", parameters).copy()


def table_count(table: str, wheres: tuple[tuple[str, str, str], ...]) -> int:
    """The number of rows that `table_rows` would have without a limit."""
    sql, parameters = _table_sql(table, wheres)
    counted = _rows(view().folder, f"select count(*) as n from ({sql})", parameters)
    return int(counted["n"].iloc[0])


def definitions(table: str) -> dict[str, Definition]:
    """The columns of a published table with their definitions, in their order."""
    return _definitions(view().folder).get(table, {})


def description(table: str) -> str:
    """The grain of a published table in a sentence."""
    return _descriptions(view().folder).get(table, "")


def labels(domain: str) -> dict[str, Label]:
    """The codes of a domain in their order, empty for an unknown one."""
    return _labels(view().folder).get(domain, {})


def has(table: str) -> bool:
    """Whether the snapshot holds rows of the table."""
    return table in _definitions(view().folder) and bool(table_count(table, ()))


def _table_sql(
    table: str, wheres: tuple[tuple[str, str, str], ...]
) -> tuple[str, tuple[tuple[str, object], ...]]:
    columns = _definitions(view().folder)[table]
    operators = {"=": "=", "from": ">=", "to": "<="}
    tests = []
    for place, (column, operator, _) in enumerate(wheres):
        if column not in columns:
            raise KeyError(column)
        cast = f"try_cast($v{place} as {_type_of(view().folder, table, column)})"
        tests.append(f'{table}."{column}" {operators[operator]} {cast}')
    schema = _schema_of(view().folder, table)
    where = f" where {' and '.join(tests)}" if tests else ""
    parameters = tuple((f"v{place}", value) for place, (_, _, value) in enumerate(wheres))
    return f"select {table}.* from {schema}.{table}{where} order by all", parameters


# No hook closes an evicted connection: a view that still reads it goes on, then Python frees it.
@st.cache_resource(max_entries=OPEN_SNAPSHOTS, show_spinner=False)
def _connection(folder: str) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(f"{folder}/{DATABASE}", read_only=True)


@st.cache_data(max_entries=400, show_spinner=False)
def _rows(folder: str, sql: str, parameters: tuple[tuple[str, object], ...]) -> pd.DataFrame:
    with _connection(folder).cursor() as cursor:
        return cursor.execute(sql, dict(parameters)).df()


# A resource is shared, where cached data are copied at each of thousands of calls. Nobody changes
# what it holds.
@st.cache_resource(max_entries=OPEN_SNAPSHOTS, show_spinner=False)
def _snapshot(folder: str) -> Snapshot:
    with _connection(folder).cursor() as cursor:
        found = cursor.execute(
            "select run_id, finished_at, as_of_date, last_complete_month, reporting_currency,"
            " raw_source = 'demo', rejected_rows, restated_figures"
            " from quality.runs where run_id = $run_id",
            {"run_id": Path(folder).name},
        ).fetchone()
    if found is None:
        raise NoSnapshotError(f"The snapshot in {folder} does not list its own run. Publish again.")
    return Snapshot(folder, *found)


@st.cache_resource(max_entries=OPEN_SNAPSHOTS, show_spinner=False)
def _columns(folder: str) -> pd.DataFrame:
    with _connection(folder).cursor() as cursor:
        return cursor.execute(
            "select schema_name, table_name, column_name, data_type, coalesce(comment, '') as text"
            " from duckdb_columns() where not internal and schema_name in ('marts', 'quality')"
            " order by table_name, column_index"
        ).df()


@st.cache_resource(max_entries=OPEN_SNAPSHOTS, show_spinner=False)
def _definitions(folder: str) -> dict[str, dict[str, Definition]]:
    found: dict[str, dict[str, Definition]] = {}
    for line in _columns(folder).itertuples():
        found.setdefault(line.table_name, {})[line.column_name] = parsed(line.text)
    return found


def parsed(comment: str) -> Definition:
    """A column's comment, with the facts in its last brackets taken apart."""
    match = META.search(comment)
    facts = dict(
        fact.split(": ", 1) for fact in (match[1].split(", ") if match else ()) if ": " in fact
    )
    if not facts:
        return Definition(comment)
    known = {key: facts.get(key, "") for key in ("unit", "format", "additivity", "labels")}
    return Definition(META.sub("", comment), **known)


@st.cache_resource(max_entries=OPEN_SNAPSHOTS, show_spinner=False)
def _descriptions(folder: str) -> dict[str, str]:
    with _connection(folder).cursor() as cursor:
        found = cursor.execute(
            "select table_name, coalesce(comment, '') from duckdb_tables() where not internal"
        ).fetchall()
    return dict(found)


@st.cache_resource(max_entries=OPEN_SNAPSHOTS, show_spinner=False)
def _labels(folder: str) -> dict[str, dict[str, Label]]:
    if "dim_labels" not in _definitions(folder):
        return {}
    with _connection(folder).cursor() as cursor:
        found = cursor.execute(
            "select domain, code, label, sort_order, colour, better from marts.dim_labels"
            " order by domain, sort_order, code"
        ).fetchall()
    domains: dict[str, dict[str, Label]] = {}
    for domain, *label in found:
        domains.setdefault(domain, {})[label[0]] = Label(*label)
    return domains


def _fact_of(folder: str, table: str, column: str, fact: str) -> str:
    columns = _columns(folder)
    chosen = columns[(columns["table_name"] == table) & (columns["column_name"] == column)]
    return str(chosen[fact].iloc[0])


def _schema_of(folder: str, table: str) -> str:
    columns = _columns(folder)
    return str(columns.loc[columns["table_name"] == table, "schema_name"].iloc[0])


def _type_of(folder: str, table: str, column: str) -> str:
    return _fact_of(folder, table, column, "data_type")
