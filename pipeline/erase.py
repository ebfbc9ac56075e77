"""Erase a person: from the build, from every stored snapshot, and from logs.

The list of erased people is written first, so a crash never brings a person back.
After a crash, run the command again: it skips what is done.
"""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from pipeline import descriptions, erased, snapshot
from pipeline.console import Reporter
from pipeline.engine import attach, attach_new, workbench
from pipeline.erase_files import holding, scrub
from pipeline.erase_tables import Change, change_of, text_columns
from pipeline.erased import ErasedList
from pipeline.outcomes import PublishFailed
from pipeline.person import Person, known, named
from pipeline.personal_data import key_flaw, local_key
from pipeline.rewrite import BUILD, REWRITTEN, drop_connectors, put_in_place, rewrite_build
from pipeline.settings import Settings
from pipeline.state import read_state, record_rewrite

FILES_NAMED = 5


@dataclass(frozen=True)
class Erasure:
    """The extent of an erasure, without the person."""

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
        """Whether no file held the person."""
        return self == Erasure()


def erase(settings: Settings, kind: str, value: str, reporter: Reporter) -> Erasure:
    """Erase the person of a contact id, a user id or an e-mail address.

    Raises BadInput when the list of erased people cannot be read, PublishFailed when a file cannot
    be rewritten.
    """
    draft = settings.snapshots / f"{snapshot.DRAFT}erase"
    try:
        snapshot.sweep(settings)
        readable, unread = _readable_snapshots(settings)
        key = _key(settings, reporter)
        person, is_shared = _known(settings, readable, named(kind, value, key))
        if is_shared:
            reporter.warn(
                "Another contact has an address of this person too, and keeps it. "
                "`erase --email` erases every contact with an address."
            )
        listed = erased.extend(settings, person.listed())
        done = _erase_build(settings, person, listed)
        for run_id in readable:
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
            "Repair this and erase the same person again."
        ) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    if unread:
        raise PublishFailed(
            "The person is erased from all other files, but these may still hold them: "
            + ", ".join(unread)
            + ". Restore or delete these files, and erase the same person again."
        )
    _report(settings, person, done, reporter)
    return done


def _readable_snapshots(settings: Settings) -> tuple[list[str], list[str]]:
    """The runs of the readable snapshots, and a message for each unreadable one."""
    readable, unread = [], []
    for run_id in snapshot.stored(settings, with_damaged=True):
        try:
            snapshot.check_readable(settings, run_id)
        except PublishFailed as error:
            unread.append(str(error).split("). ")[0] + ")")
        else:
            readable.append(run_id)
    return readable, unread


def _without(value: str, error: Exception) -> str:
    """The first line of an error, or only its type where the line quotes the person."""
    line = (str(error).splitlines() or [""])[0]
    return type(error).__name__ if value.lower() in line.lower() else line


def _report(settings: Settings, person: Person, done: Erasure, reporter: Reporter) -> None:
    if done.is_nothing:
        reporter.warn(
            "No file of the pipeline names this person: check the spelling. "
            "The list of erased people names them now, so no later extract brings them back."
        )
    if left := holding(settings, person):
        names = ", ".join(str(path) for path in left[:FILES_NAMED])
        reporter.warn(
            f"{len(left)} files still hold words that name the person, or somebody with the same "
            f"name: {names}. Check these files and delete the person's data."
        )


def _key(settings: Settings, reporter: Reporter) -> bytes | None:
    """The key of the published pseudonyms, None where it is missing or damaged."""
    if settings.pii_key is None:
        if flaw := key_flaw(settings):
            reporter.warn(f"{flaw} Until then, only the contact finds published pseudonyms.")
            return None
        if not settings.key_file.exists():
            return None
    return local_key(settings)


def _known(settings: Settings, snapshots: list[str], person: Person) -> tuple[Person, bool]:
    """The person with all ids, addresses and names from the build and the snapshots."""
    with workbench(settings) as connection:
        tables = {}
        if settings.build_file.exists():
            attach(connection, settings.build_file, BUILD)
            tables |= text_columns(connection, BUILD)
        for number, run_id in enumerate(snapshots):
            name = f"snapshot_{number}"
            attach(connection, settings.snapshots / run_id / snapshot.DATABASE, name)
            tables |= text_columns(connection, name)
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
    """Change the build, and write a new file: freed blocks of the old file hold the person."""
    if not settings.build_file.exists():
        return Erasure()
    state, _ = read_state(settings)
    was_current = state is not None and state.is_current(settings)
    done = Erasure()

    def change(connection: duckdb.DuckDBPyConnection) -> bool:
        nonlocal done
        is_dropped = drop_connectors(connection)
        changes = _changes(connection, BUILD, person, listed)
        for each in changes:
            connection.execute(each.update)
        done = Erasure(build_rows=sum(each.rows for each in changes), build_tables=len(changes))
        return is_dropped or bool(changes)

    rewrite_build(settings, change)
    if was_current and state is not None:
        record_rewrite(settings, state)
    return done


def _erase_snapshot(
    settings: Settings, run_id: str, person: Person, listed: ErasedList, draft: Path
) -> int:
    """Replace each file of a snapshot that names the person. Returns the changed rows."""
    folder = settings.snapshots / run_id
    database = folder / snapshot.DATABASE
    shutil.rmtree(draft, ignore_errors=True)
    with workbench(settings) as connection:
        attach(connection, database, BUILD)
        changes = {change.table: change for change in _changes(connection, BUILD, person, listed)}
        if not changes:
            return 0
        draft.mkdir(parents=True)
        attach_new(connection, draft / snapshot.DATABASE, REWRITTEN)
        tables = [
            snapshot.Table(
                table[1], table[2], changes[table].select_list if table in changes else "*"
            )
            for table in text_columns(connection, BUILD)
        ]
        snapshot.copy_tables(connection, BUILD, REWRITTEN, tables)
        comments = descriptions.of_database(connection, BUILD)
        descriptions.write(connection, REWRITTEN, comments)
        for _, schema, name in changes:
            snapshot.write_one_parquet(connection, REWRITTEN, schema, name, draft)
        connection.execute(f"checkpoint {REWRITTEN}")
        connection.execute(f"detach {REWRITTEN}")
    for file in sorted(draft.iterdir()):
        put_in_place(file, folder / file.name, snapshot.FILE_MODE)
    return sum(change.rows for change in changes.values())
