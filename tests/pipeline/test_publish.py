"""Publishing: what a snapshot holds, what it leaves out, and how the commands move readers."""

import hashlib
import hmac
import io
import json
import os
import stat
import struct
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from small_company import ORDINARY, make_build, write_build

from pipeline import runner, snapshot
from pipeline.build import BuildOptions, Event, explain
from pipeline.console import Reporter
from pipeline.outcomes import BadInput, BuildFailed, PublishFailed
from pipeline.runs import RunRow, append_to_log, read_log
from pipeline.settings import Settings
from pipeline.state import clear_build, current_build, fingerprint
from pipeline.status import status

STORAGE_VERSION_OF_1_0 = 64


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A warehouse of its own, with a validated build."""
    found = Settings(warehouse=tmp_path / "warehouse", target_dir=tmp_path / "target")
    make_build(found, ORDINARY)
    return found


def publish(settings: Settings, *, accepts_restatement: bool = False) -> RunRow:
    """Publish the current build, as the command does."""
    return runner.publish_current(
        settings, accepts_restatement=accepts_restatement, reporter=Reporter(io.StringIO())
    )


def query(path: Path, sql: str) -> list[tuple]:
    """Rows of a query on a DuckDB file, as a reader gets them."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def published(settings: Settings, sql: str) -> list[tuple]:
    """Rows of a query on what is published."""
    return query(settings.published / snapshot.DATABASE, sql)


def test_snapshot_holds_both_schemas_and_nothing_else(settings: Settings) -> None:
    publish(settings)
    tables = "select table_schema, table_name from information_schema.tables order by all"
    wanted = set(query(settings.build_file, tables)) | {
        ("quality", "runs"),
        ("quality", "rpt_restatements"),
        ("marts", "rpt_crm_sync"),
    }
    wanted = {(schema, name) for schema, name in wanted if schema in ("marts", "quality")}
    assert set(published(settings, tables)) == wanted
    files = {file.name for file in settings.published.iterdir()}
    assert files == {"customer_success.duckdb"} | {f"{name}.parquet" for _, name in wanted}


def test_snapshot_has_the_rows_of_the_build_in_both_forms(settings: Settings) -> None:
    publish(settings)
    for schema, name in [("marts", "fct_mrr_monthly"), ("quality", "dq_reconciliation")]:
        everything = f"from {schema}.{name} order by all"
        built = query(settings.build_file, everything)
        assert built
        assert published(settings, everything) == built
        parquet = settings.published / f"{name}.parquet"
        assert duckdb.sql(f"from '{parquet}' order by all").fetchall() == built


def test_rejected_rows_are_published_without_their_content(settings: Settings) -> None:
    publish(settings)
    columns = (
        "select column_name from information_schema.columns where table_name = 'dq_rejected_rows'"
    )
    assert {name for (name,) in published(settings, columns)} == {
        "source_system",
        "table_name",
        "row_key",
        "reason",
        "marker",
    }
    for file in settings.published.resolve().iterdir():
        assert b"raw words" not in file.read_bytes()


def test_personal_data_become_stable_pseudonyms(settings: Settings) -> None:
    first = publish(settings)
    emails = "select email from marts.dim_contacts order by contact_id"
    hidden = [value for (value,) in published(settings, emails)]
    key = settings.key_file.read_bytes()
    expected = hmac.new(key, b"ada@example.com", hashlib.sha256).hexdigest()
    assert hidden[0] == hidden[3] == expected
    assert hidden[2] is None
    assert len(set(hidden)) == 3
    publish(settings)
    assert [value for (value,) in published(settings, emails)] == hidden
    folder = settings.snapshots / first.run_id
    assert all(b"example.com" not in file.read_bytes() for file in folder.iterdir())


def test_a_given_key_makes_other_pseudonyms_and_no_key_file(settings: Settings) -> None:
    publish(replace(settings, pii_key="a key of the company"))
    expected = hmac.new(b"a key of the company", b"bob@example.com", hashlib.sha256).hexdigest()
    assert published(settings, "select email from marts.dim_contacts where contact_id = 1") == [
        (expected,)
    ]
    assert not settings.key_file.exists()


def test_personal_data_are_published_on_request(settings: Settings) -> None:
    publish(replace(settings, publish_pii=True))
    assert published(settings, "select email from marts.dim_contacts where contact_id = 1") == [
        ("bob@example.com",)
    ]


def test_a_tag_without_its_column_publishes_nothing(settings: Settings) -> None:
    make_build(
        settings,
        replace(ORDINARY, extra_sql=("alter table marts.dim_contacts rename email to e_mail",)),
    )
    with pytest.raises(PublishFailed, match=r"dim_contacts\.email is tagged"):
        publish(settings)
    assert not settings.published.is_symlink()


def test_modes_storage_version_and_no_unmerged_writes(settings: Settings) -> None:
    publish(settings)
    folder = settings.published.resolve()
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o440}
    assert stat.S_IMODE(settings.key_file.stat().st_mode) == 0o600
    assert not list(settings.warehouse.rglob("*.wal"))
    # Bytes 8 to 16 of a DuckDB file are its magic and, after it, the storage version.
    header = (folder / snapshot.DATABASE).read_bytes()[:20]
    assert header[8:12] == b"DUCK"
    assert struct.unpack("<Q", header[12:20])[0] == STORAGE_VERSION_OF_1_0


def test_an_old_reader_goes_on_and_a_new_one_sees_the_new_run(settings: Settings) -> None:
    publish(settings)
    path = str(settings.published / snapshot.DATABASE)
    marker = "select distinct marker from marts.dim_accounts"
    with duckdb.connect(path, read_only=True) as old:
        make_build(settings, replace(ORDINARY, marker=2))
        publish(settings)
        assert old.execute(marker).fetchall() == [(1,)]
        with duckdb.connect(path, read_only=True) as new:
            assert new.execute(marker).fetchall() == [(2,)]
    assert os.readlink(settings.published).startswith("snapshots/")


def test_the_last_snapshots_are_kept_and_never_the_published_one_removed(
    settings: Settings,
) -> None:
    few = replace(settings, keep_snapshots=3)
    runs = [publish(few).run_id for _ in range(5)]
    assert snapshot.stored(few) == runs[2:]
    runner.rollback(few, runs[2], Reporter(io.StringIO()))
    later = [publish(few).run_id for _ in range(2)]
    assert snapshot.stored(few) == [runs[4], *later]
    runner.rollback(few, runs[4], Reporter(io.StringIO()))
    snapshot.prune(replace(settings, keep_snapshots=1))
    assert snapshot.stored(few) == [runs[4], later[1]]


def test_rollback_goes_back_along_what_was_published(settings: Settings) -> None:
    quiet = Reporter(io.StringIO())
    first, second = publish(settings).run_id, publish(settings).run_id
    runner.rollback(settings, None, quiet)
    assert snapshot.published_run(settings) == first
    third = publish(settings).run_id
    runner.rollback(settings, None, quiet)
    assert snapshot.published_run(settings) == first, "not to the second, which was taken back"
    with pytest.raises(PublishFailed, match=second):
        runner.rollback(settings, None, quiet)
    with pytest.raises(PublishFailed, match="no snapshot nosuch"):
        runner.rollback(settings, "nosuch", quiet)
    runner.rollback(settings, third, quiet)
    assert snapshot.published_run(settings) == third


def test_only_a_whole_and_validated_build_is_published(settings: Settings) -> None:
    state = json.loads(settings.state_file.read_text())
    settings.state_file.write_text(json.dumps(state | {"is_validated": False}))
    with pytest.raises(PublishFailed, match="has not passed its expectations"):
        publish(settings)
    settings.state_file.write_text(json.dumps(state))
    with duckdb.connect(str(settings.build_file)) as by_hand:
        by_hand.execute("create table marts.more (i integer)")
    with pytest.raises(PublishFailed, match="no complete build"):
        publish(settings)
    clear_build(settings)
    with pytest.raises(PublishFailed, match="no complete build"):
        publish(settings)
    assert not settings.published.exists()


def test_a_build_with_unmerged_writes_is_another(settings: Settings) -> None:
    known = current_build(settings)
    assert known is not None
    assert known.fingerprint == fingerprint(settings.build_file)
    settings.build_file.with_name("build.duckdb.wal").write_bytes(b"x")
    assert current_build(settings) is None


def test_every_run_leaves_its_row(settings: Settings) -> None:
    first = publish(settings)
    clear_build(settings)
    with pytest.raises(PublishFailed):
        publish(settings)
    make_build(settings, ORDINARY, build_id="later")
    last = publish(settings)
    columns = (
        "select run_id, outcome, exit_code, build_id, as_of_date::varchar "
        "from quality.runs order by run_id"
    )
    rows = published(settings, columns)
    assert [(row[1], row[2], row[3]) for row in rows] == [
        ("published", 0, "test"),
        ("publish_failed", 5, None),
        ("published", 0, "later"),
    ]
    assert rows[2][4] == "2025-04-15"
    assert last.replaced_run_id == first.run_id
    settings.runs_file.unlink()
    publish(settings)
    assert len(published(settings, columns)) == 4, "the snapshots alone keep the history"


def test_the_log_outlives_a_line_cut_off_by_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    row = RunRow("1", "run", "2026-01-01T00:00:00", "2026-01-01T00:00:01", "published", 0)
    append_to_log(path, row)
    with path.open("a") as log:
        log.write('{"run_id": "2", "comm')
    append_to_log(path, replace(row, run_id="3"))
    assert [found.run_id for found in read_log(path)] == ["1", "3"]


def test_status_tells_what_from_when_and_what_was_left_out(settings: Settings) -> None:
    assert status(settings).published is None
    run = publish(settings)
    found = status(settings)
    assert found.published == run
    assert found.age_hours is not None
    assert found.age_hours < 1
    assert found.rows["dim_accounts"] == len(ORDINARY.mrr)
    text = "\n".join(found.lines())
    for words in (run.run_id, "2025-04-15", "demo", "missing:account_name", "lock         free"):
        assert words in text
    json.dumps(found.as_dict())


def test_a_broken_symlink_is_reported_and_not_repaired_in_silence(settings: Settings) -> None:
    settings.published.symlink_to("snapshots/gone")
    with pytest.raises(PublishFailed, match="holds no snapshot"):
        publish(settings)


RAW_FILE = '"/raw/crm_accounts.parquet"'
LIMIT_TEST = "test.project.assert_rejected_rows_within_limit"
CONTRACT = "Compilation Error\n  Raw contract: 1 missing\n  > in macro check"


@pytest.mark.parametrize(
    ("node", "message", "kind"),
    [
        ("", CONTRACT, BadInput),
        (LIMIT_TEST, "  Got 2 results, configured to fail if != 0", BadInput),
        (LIMIT_TEST, "  Binder Error: no such column", BuildFailed),
        ("model.project.base", f"IO Error: No magic bytes in {RAW_FILE}", BadInput),
        ("model.project.base", f"Binder Error: LINE 1: from {RAW_FILE}", BuildFailed),
        ("model.project.base", "IO Error: Could not set lock on build.duckdb", BuildFailed),
        ("test.project.assert_something.1a2b", "  Got 2 results", BuildFailed),
    ],
)
def test_whose_fault_a_failed_build_is(node: str, message: str, kind: type) -> None:
    event = Event("RunResultError", "error", message, node, {})
    found = explain([event], 1, "", BuildOptions({}, raw_path="/raw"))
    assert type(found) is kind
    assert "in macro" not in str(found)
    assert ("Raw contract: 1 missing" in str(found)) == (message == CONTRACT)


def test_a_build_that_died_says_how() -> None:
    found = explain([], -9, "last words", BuildOptions({}))
    assert isinstance(found, BuildFailed)
    assert "signal 9" in str(found)
    assert "last words" in str(found)


def test_write_build_is_not_touched_by_a_publish(settings: Settings, tmp_path: Path) -> None:
    before = settings.build_file.read_bytes()
    publish(settings)
    assert settings.build_file.read_bytes() == before
    write_build(tmp_path / "other.duckdb", ORDINARY)
