"""The person to erase: every id, address and name of the person in the data."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import duckdb

from pipeline.erased import mention
from pipeline.personal_data import pseudonymizer

LEAST_ID = 4
LONG_ID = 9

Name = tuple[str, str, str]
Tables = Mapping[Name, set[str]]


@dataclass(frozen=True)
class Person:
    """One person. `emails` are in lower case. `key` is the key of the published pseudonyms."""

    contacts: frozenset[str] = frozenset()
    users: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    key: bytes | None = None

    def ids(self, kind: str) -> frozenset[str]:
        """The ids of one kind: contact or user."""
        return self.contacts if kind == "contact" else self.users

    @property
    def words(self) -> tuple[str, ...]:
        """The words that name the person in any text, the longest first.

        Single names and short ids are left out: in free text they mostly mean something else.
        """
        names = {name for name in self.names if len(name.split()) > 1}
        ids = {each for each in self.contacts | self.users if is_distinctive(each)}
        return tuple(sorted(self.emails | names | ids, key=lambda word: (-len(word), word)))

    def listed(self) -> list[tuple[str, str]]:
        """The ids and mentions for the list of erased people."""
        mentions = [("mention", found) for word in self.words if (found := mention(word))]
        ids = [(kind, each) for kind in ("contact", "user") for each in sorted(self.ids(kind))]
        return [*ids, *mentions]

    def published(self, values: Iterable[str]) -> set[str]:
        """The values, and their pseudonyms in the snapshots."""
        values = set(values)
        if self.key is None:
            return values
        pseudonym = pseudonymizer(self.key)
        return values | {pseudonym(value) for value in values}


def is_distinctive(value: str) -> bool:
    """Whether an id is long or mixed enough to name only this person."""
    has_both = any(c.isdigit() for c in value) and any(c.isalpha() for c in value)
    return len(value) >= LEAST_ID and (has_both or len(value) >= LONG_ID)


def named(kind: str, value: str, key: bytes | None) -> Person:
    """The person of a contact id, a user id or an e-mail address. An address may be an id too."""
    value = value.strip()
    emails = frozenset({value.lower()} if kind == "email" or "@" in value else ())
    return Person(
        contacts=frozenset({value} if kind == "contact" else ()),
        users=frozenset({value} if kind == "user" else ()),
        emails=emails,
        key=key,
    )


def known(
    connection: duckdb.DuckDBPyConnection, tables: Tables, person: Person
) -> tuple[Person, bool]:
    """The person with all ids and names in the attached files, and whether an address is shared.

    A given address names all its contacts. A contact with the same address and name is the same
    person. An address that a contact with another name shares stays in the data.
    """
    given = person.emails
    with_email = {table for table, names in tables.items() if {"contact_id", "email"} <= names}
    contacts = set(person.contacts)
    for table in with_email:
        addresses = person.published(given)
        found = _rows(connection, table, ["contact_id"], "lower(email)", addresses)
        contacts |= {value for (value,) in found}
    person = replace(person, contacts=frozenset(contacts))
    person = _with_attributes(connection, tables, person, given)
    for table in (table for table in with_email if "full_name" in tables[table]):
        columns = ["contact_id", "full_name"]
        found = _rows(connection, table, columns, "lower(email)", person.emails)
        same = {value for value, name in found if _same(name) in map(_same, person.names)}
        contacts |= same
    person = replace(person, contacts=frozenset(contacts))
    person = _with_attributes(connection, tables, person, given)
    shared = set().union(*(_shared(connection, table, person) for table in with_email)) - given
    person = replace(person, emails=person.emails - shared)
    users = set(person.users)
    for table in (table for table, columns in tables.items() if "user_id" in columns):
        found = _rows(connection, table, ["user_id"], "lower(user_id)", person.emails)
        users |= {value for (value,) in found}
    return replace(person, users=frozenset(users)), bool(shared)


def path_of(table: Name) -> str:
    """Catalog, schema and name, quoted for SQL."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in table)


def _with_attributes(
    connection: duckdb.DuckDBPyConnection, tables: Tables, person: Person, given: frozenset[str]
) -> Person:
    emails = {email.lower() for email in _attributes(connection, tables, person, "email")}
    names = _attributes(connection, tables, person, "full_name")
    return replace(person, emails=given | emails, names=frozenset(names))


def _same(name: str) -> str:
    """A name in the form for comparisons."""
    return " ".join(name.lower().split())


def _attributes(
    connection: duckdb.DuckDBPyConnection, tables: Tables, person: Person, name: str
) -> set[str]:
    """All values of a column in the rows of the person's contacts."""
    values: set[str] = set()
    for table, columns in tables.items():
        if {"contact_id", name} <= columns:
            found = _rows(connection, table, [name], "contact_id", person.contacts)
            values |= {value.strip() for (value,) in found}
    # Pseudonyms say nothing about the person.
    return {value for value in values if value and not re.fullmatch("[0-9a-f]{64}", value)}


def _shared(connection: duckdb.DuckDBPyConnection, table: Name, person: Person) -> set[str]:
    found = _rows(connection, table, ["email", "contact_id"], "lower(email)", person.emails)
    return {email.lower() for email, contact in found if contact not in person.contacts}


def _rows(
    connection: duckdb.DuckDBPyConnection,
    table: Name,
    columns: list[str],
    by: str,
    values: Iterable[str],
) -> list[tuple[str, ...]]:
    path = path_of(table)
    listed = ", ".join(columns)
    given = " and ".join(f"{name} is not null" for name in columns)
    return connection.execute(
        f"select distinct {listed} from {path} where {given} and list_contains(?, {by})",
        [sorted(values)],
    ).fetchall()
