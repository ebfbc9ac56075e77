"""A person in the tables of an attached DuckDB file: the rows that name them, and new values.

Ids become pseudonyms of the list of erased people, so that counts of people stay right.
Attributes and notes become null. In all other text, pseudonyms replace words that name the person.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from pipeline.engine import quoted
from pipeline.erased import ErasedList, mention
from pipeline.person import Name, Person, path_of

EMAIL = "email"
ATTRIBUTES = ("full_name", "department")
NOTES = ("note",)
ROW_DATA = "row_data"
MASKED_ROW = json.dumps({"erased": "true"})
# Such columns do not name people at customers: an equal name there is a coincidence.
NAMES_OF_OTHERS = "_name"
KEYED_BY = {"contact": ("contacts",), "user": ("users", "usage_daily")}
# RE2 has no lookaround: the pattern captures the characters around a match and puts them back.
BEFORE = r"(^|[^\pL\pN_@.+-])"
AFTER = r"($|\.$|\.[^\pL\pN]|[^\pL\pN_@.+-])"


@dataclass(frozen=True)
class Change:
    """The change of one table: SQL of the new values and of the rows that name the person."""

    table: Name
    columns: tuple[str, ...]
    values: dict[str, str]
    where: str
    rows: int

    @property
    def update(self) -> str:
        """The statement that changes the table in place."""
        assigned = ", ".join(f"{_name(column)} = {sql}" for column, sql in self.values.items())
        return f"update {path_of(self.table)} set {assigned} where {self.where}"

    @property
    def select_list(self) -> str:
        """All columns in their order, with their new values."""
        return ", ".join(
            f"case when {self.where} then {self.values[column]} else {_name(column)} end "
            f"as {_name(column)}"
            if column in self.values
            else _name(column)
            for column in self.columns
        )


def text_columns(
    connection: duckdb.DuckDBPyConnection, catalog: str
) -> dict[Name, tuple[list[str], list[str]]]:
    """The tables of an attached file, each with all columns and with its text columns."""
    found = connection.execute(
        "select columns.schema_name, columns.table_name, "
        "list(columns.column_name order by columns.column_index), "
        "list(columns.column_name order by columns.column_index) "
        "filter (where columns.data_type in ('VARCHAR', 'JSON')) "
        "from duckdb_columns() as columns "
        "inner join duckdb_tables() as tables using (database_name, schema_name, table_name) "
        "where columns.database_name = ? group by all order by all",
        [catalog],
    ).fetchall()
    return {(catalog, schema, name): (every, text or []) for schema, name, every, text in found}


def change_of(
    connection: duckdb.DuckDBPyConnection,
    table: Name,
    columns: Sequence[str],
    text: Sequence[str],
    person: Person,
    erased: ErasedList,
) -> Change | None:
    """The change of a table, None where no row names the person."""
    if not _may_name(connection, table, text, person):
        return None
    by_row = [
        f"list_contains({_list(person.published(person.ids(kind)))}, {_name(f'{kind}_id')})"
        for kind in ("contact", "user")
        if f"{kind}_id" in text and person.ids(kind)
    ]
    is_row = "(" + " or ".join(f"coalesce({sql}, false)" for sql in by_row or ["false"]) + ")"
    values, conditions = {}, [is_row]
    for column in text:
        sql = _value(table, column, text, person, erased, is_row)
        if sql is not None:
            values[column], condition = sql
            conditions.append(condition)
    where = "(" + " or ".join(f"coalesce({sql}, false)" for sql in conditions) + ")"
    row = connection.execute(f"select count(*) from {path_of(table)} where {where}").fetchone()
    rows = row[0] if row else 0
    return Change(table, tuple(columns), values, where, rows) if rows else None


def _may_name(
    connection: duckdb.DuckDBPyConnection, table: Name, text: Sequence[str], person: Person
) -> bool:
    """Whether a cheap search finds a trace of the person. In most tables it finds none."""
    last_words = {word.split()[-1] for word in person.words}
    traces = person.published(person.contacts | person.users | person.emails) | last_words
    conditions = [
        f"contains(lower({_name(column)}), {quoted(trace.lower())})"
        for column in text
        for trace in sorted(traces)
    ]
    if not conditions:
        return False
    sql = f"select 1 from {path_of(table)} where {' or '.join(conditions)} limit 1"
    return connection.execute(sql).fetchone() is not None


def _value(
    table: Name,
    column: str,
    text: Sequence[str],
    person: Person,
    erased: ErasedList,
    is_row: str,
) -> tuple[str, str] | None:
    """SQL of a column's new value and of its condition. None where the column never changes."""
    name = _name(column)
    for kind in ("contact", "user"):
        if column == f"{kind}_id":
            return _of_id(name, kind, person, erased)
    if column == EMAIL:
        addresses = _list(person.published(person.emails))
        is_theirs = f"({is_row} or list_contains({addresses}, lower({name})))"
        return f"case when {is_theirs} then null else {name} end", is_theirs
    if column in ATTRIBUTES and {"contact_id", "user_id"} & set(text):
        return f"case when {is_row} then null else {name} end", is_row
    words = [word for word in person.words if not (word in person.names and _is_of_others(column))]
    is_named = _is_named(name, words)
    if column == ROW_DATA:
        is_masked = f"({is_row} or {is_named} or {_is_of_row(name, person)})"
        return f"case when {is_masked} then {quoted(MASKED_ROW)} else {name} end", is_masked
    if column in NOTES:
        return f"case when {is_named} then null else {name} end", is_named
    value, condition = name, is_named
    if column == "row_key":
        for kind in ("contact", "user"):
            value, condition = _of_key(table, value, condition, kind, text, person, erased)
    for word in words:
        pseudonym = erased.pseudonym("mention", mention(word) or word.lower())
        # Twice, as two matches cannot share the character between them.
        for _ in range(2):
            value = f"regexp_replace({value}, {_pattern([word])}, '\\1{pseudonym}\\2', 'g')"
    return None if condition == "false" else (value, condition)


def _of_id(name: str, kind: str, person: Person, erased: ErasedList) -> tuple[str, str] | None:
    if not person.ids(kind):
        return None
    whens = " ".join(
        f"when {quoted(form)} then {quoted(erased.pseudonym(kind, value))}"
        for value in sorted(person.ids(kind))
        for form in sorted(person.published([value]))
    )
    condition = f"list_contains({_list(person.published(person.ids(kind)))}, {name})"
    return f"case {name} {whens} else {name} end", condition


def _of_key(
    table: Name,
    value: str,
    condition: str,
    kind: str,
    text: Sequence[str],
    person: Person,
    erased: ErasedList,
) -> tuple[str, str]:
    """SQL of a raw row's key, in which bars join the parts, where one part is an id."""
    of_table = ["true" for name in KEYED_BY[kind] if table[2].endswith(f"__{name}")]
    if "table_name" in text:
        of_table += [f'"table_name" = {quoted(name)}' for name in KEYED_BY[kind]]
    for each in sorted(person.ids(kind)):
        pattern = quoted(rf"(^|\|){_escaped(each)}($|\|)")
        is_part = (
            f'(({" or ".join(of_table or ["false"])}) and regexp_matches("row_key", {pattern}))'
        )
        pseudonym = erased.pseudonym(kind, each)
        replaced = f"regexp_replace({value}, {pattern}, '\\1{pseudonym}\\2')"
        value = f"case when {is_part} then {replaced} else {value} end"
        condition = f"({condition} or {is_part})"
    return value, condition


def _is_named(name: str, words: Sequence[str]) -> str:
    """SQL: whether a text names the person. A cheap search excludes most rows first."""
    if not words:
        return "false"
    anchors = {word.lower().split()[-1] for word in words}
    cheap = " or ".join(f"contains(lower({name}), {quoted(each)})" for each in sorted(anchors))
    return f"(({cheap}) and regexp_matches({name}, {_pattern(words)}))"


def _is_of_row(name: str, person: Person) -> str:
    """SQL: whether a raw row as JSON has one of the person's ids."""
    parts = [
        f"regexp_matches({name}, "
        + quoted(
            rf'(?i:"{kind}_id") *: *"\s*{_escaped(json.dumps(each, ensure_ascii=False)[1:-1])}\s*"'
        )
        + ")"
        for kind in ("contact", "user")
        for each in sorted(person.ids(kind))
    ]
    return "(" + " or ".join(parts or ["false"]) + ")"


def _is_of_others(column: str) -> bool:
    return column.endswith(NAMES_OF_OTHERS)


def _pattern(words: Sequence[str]) -> str:
    each = "|".join(r"\s+".join(_escaped(part) for part in word.split()) for word in words)
    return quoted(f"(?i){BEFORE}(?:{each}){AFTER}")


def _escaped(text: str) -> str:
    """A text as an RE2 pattern."""
    return "".join(f"\\{c}" if c.isascii() and not c.isalnum() else c for c in text)


def _list(values: set[str]) -> str:
    return "[" + ", ".join(quoted(value) for value in sorted(values)) + "]::varchar[]"


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
