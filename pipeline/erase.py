"""Erase a person: from the build, from every snapshot that is retained, and from logs.

The list of erased people is written first, so that a crash in between never brings a person back.
Run it again after a crash: what is done already is found done.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from pipeline import erased, snapshot
from pipeline.console import Reporter
from pipeline.engine import attach, attach_new, quoted, workbench
from pipeline.erase_files import holding, scrub
from pipeline.erase_tables import Change, change_of, text_columns
from pipeline.erased import ErasedList
from pipeline.files import sync_file
from pipeline.modes import FILE_MODE
from pipeline.outcomes import PublishFailed
from pipeline.person import Person, known, named
from pipeline.personal_data import key_flaw, local_key
from pipeline.settings import Settings
from pipeline.state import examine_state, remember_rewritten

BUILD = "build"  # dbt's views name their tables under this catalog
FRESH = "fresh"
FILES_NAMED = 5


@dataclass(frozen=True)
class Erasure:
    """How much was changed, without a word of whom."""

    build_rows: int = 0
    build_tables: int = 0
    snapshot_rows: int = 0
    snapshots: int = 0
    files: int = 0

    def __str__(self) -> str:
        return (
            f"{self.build_rows} rows of {self.build_tables} tables in the build, "
            f"{self.snapshot_rows} rows in {self.snapshots} snapshots, {self.files} other files"
        )

    @property
    def is_nothing(self) -> bool:
        """Whether nothing held the person."""
        return self == Erasure()


def erase(settings: Settings, kind: str, value: str, reporter: Reporter) -> Erasure:
    """Erase the person of a contact id, a user id or an e-mail address.

    Raises BadInput when the list of erased people cannot be read, PublishFailed when a file cannot
    be rewritten.
    """
    draft = settings.snapshots / f"{snapshot.DRAFT}erase"
    try:
        snapshot.sweep(settings)
        kept, unread = _kept(settings)
        key = _key(settings, reporter)
        person, is_shared = _known(settings, kept, named(kind, value, key))
        if is_shared:
            reporter.warn(
                "An address of this person is another contact's too, and stays there. "
                "`erase --email` erases every contact of an address."
            )
        listed = erased.extend(settings, person.listed())
        done = _erase_build(settings, person, listed)
        for run_id in kept:
            rows = _erase_snapshot(settings, run_id, person, listed, draft)
            done = replace(
                done,
                snapshot_rows=done.snapshot_rows + rows,
                snapshots=done.snapshots + (rows > 0),
            )
        scrubbed = scrub(settings, person, listed)
        done = replace(done, files=len(scrubbed.changed))
        unread += [f"{path} cannot be read ({why})" for path, why in scrubbed.unread.items()]
    except (duckdb.Error, OSError) as error:
        raise PublishFailed(
            f"The person is not erased everywhere: {_without(value, error)}\n"
            "Mend this and erase the same person again."
        ) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    if unread:
        raise PublishFailed(
            "The person is erased from all else, but this may still hold them: "
            + "; ".join(unread)
            + ". Restore or delete what is named, and erase the same person again."
        )
    _say(settings, person, done, reporter)
    return done


def _kept(settings: Settings) -> tuple[list[str], list[str]]:
    """The runs of the snapshots that can be read, and in words those that cannot."""
    readable, unread = [], []
    for run_id in snapshot.kept(settings, with_damaged=True):
        try:
            snapshot.check_readable(settings, run_id)
        except PublishFailed as error:
            unread.append(str(error).split("). ")[0] + ")")
        else:
            readable.append(run_id)
    return readable, unread


def _without(value: str, error: Exception) -> str:
    """What an error says, in one line that does not quote the person."""
    said = (str(error).splitlines() or [""])[0]
    return type(error).__name__ if value.lower() in said.lower() else said


def _say(settings: Settings, person: Person, done: Erasure, reporter: Reporter) -> None:
    if done.is_nothing:
        reporter.warn(
            "Nothing that runs have written names this person: check the spelling. "
            "The list of erased people names them now, so no later extract brings them."
        )
    if left := holding(settings, person):
        names = ", ".join(str(path) for path in left[:FILES_NAMED])
        reporter.warn(
            f"{len(left)} files still hold words that name the person, or somebody of the same "
            f"name: {names}. Look at these and delete what is the person's."
        )


def _key(settings: Settings, reporter: Reporter) -> bytes | None:
    """The key of the pseudonyms that were published, None where there is none to be had."""
    if settings.pii_key is None:
        if flaw := key_flaw(settings):
            reporter.warn(f"{flaw} Until then, published pseudonyms are found by contact alone.")
            return None
        if not settings.key_file.exists():
            return None
    return local_key(settings)


def _known(settings: Settings, kept: list[str], person: Person) -> tuple[Person, bool]:
    """The person with all ids, addresses and names that the build and the snapshots know."""
    with workbench(settings) as connection:
        tables = {}
        if settings.build_file.exists():
            attach(connection, settings.build_file, BUILD)
            tables |= text_columns(connection, BUILD)
        for number, run_id in enumerate(kept):
            attach(connection, settings.snapshots / run_id / snapshot.DATABASE, f"kept_{number}")
            tables |= text_columns(connection, f"kept_{number}")
        columns = {table: set(text) for table, (_, text) in tables.items()}
        return known(connection, columns, person)


def _changes(
    connection: duckdb.DuckDBPyConnection, catalog: str, person: Person, listed: ErasedList
) -> list[Change]:
    found = (
        change_of(connection, table, columns, text, person, listed)
        for table, (columns, text) in text_columns(connection, catalog).items()
        if text
    )
    return [change for change in found if change]


def _erase_build(settings: Settings, person: Person, listed: ErasedList) -> Erasure:
    """Change the build, and write it as a new file: freed blocks of the old one hold the person."""
    if not settings.build_file.exists():
        return Erasure()
    state, _ = examine_state(settings)
    stood = state is not None and state.stands(settings)
    with workbench(settings) as connection, _draft_of(settings.build_file) as draft:
        connection.execute(f"attach {quoted(settings.build_file)} as {BUILD}")
        changes = _changes(connection, BUILD, person, listed)
        for change in changes:
            connection.execute(change.update)
        if changes:
            connection.execute(f"checkpoint {BUILD}")
            connection.execute(f"attach {quoted(draft)} as {FRESH}")
            connection.execute(f"copy from database {BUILD} to {FRESH}")
            connection.execute(f"checkpoint {FRESH}")
            connection.execute(f"detach {FRESH}")
        connection.execute(f"detach {BUILD}")
        if changes:
            _put_in_place(draft, settings.build_file, FILE_MODE)
    if stood and state is not None:
        remember_rewritten(settings, state)
    return Erasure(build_rows=sum(change.rows for change in changes), build_tables=len(changes))


def _erase_snapshot(
    settings: Settings, run_id: str, person: Person, listed: ErasedList, draft: Path
) -> int:
    """Replace the files of a snapshot that name the person, each in one step; how many rows."""
    folder = settings.snapshots / run_id
    database = folder / snapshot.DATABASE
    shutil.rmtree(draft, ignore_errors=True)
    with workbench(settings) as connection:
        attach(connection, database, BUILD)
        changes = {change.table: change for change in _changes(connection, BUILD, person, listed)}
        if not changes:
            return 0
        draft.mkdir(parents=True)
        attach_new(connection, draft / snapshot.DATABASE, FRESH)
        tables = [
            snapshot.Table(
                table[1], table[2], changes[table].select_list if table in changes else "*"
            )
            for table in text_columns(connection, BUILD)
        ]
        snapshot.copy_tables(connection, BUILD, FRESH, tables)
        for _, schema, name in changes:
            snapshot.write_one_parquet(connection, FRESH, schema, name, draft)
        connection.execute(f"checkpoint {FRESH}")
        connection.execute(f"detach {FRESH}")
    for file in sorted(draft.iterdir()):
        _put_in_place(file, folder / file.name, snapshot.FILE_MODE)
    return sum(change.rows for change in changes.values())


@contextmanager
def _draft_of(path: Path) -> Iterator[Path]:
    """A name beside a file for what will replace it, gone afterwards."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    try:
        yield draft
    finally:
        for left in (draft, draft.with_name(f"{draft.name}.wal")):
            left.unlink(missing_ok=True)


def _put_in_place(draft: Path, path: Path, mode: int) -> None:
    """Let a finished file take the name of another: who has that one open goes on reading it."""
    draft.chmod(mode)
    sync_file(draft)
    os.replace(draft, path)
    sync_file(path.parent)
