"""Named sources in the pipeline: their phrase, their age in `status`, people in their tables."""

from datetime import datetime
from io import StringIO
from pathlib import Path

import duckdb
import pytest
from small_company import ORDINARY, Company, make_build

from pipeline import runner, status
from pipeline.build import DEMO, BuildOptions, Event, explain
from pipeline.console import Reporter
from pipeline.freshness import age_in_words
from pipeline.outcomes import BadInput
from pipeline.rewrite import drop_connectors, rewrite_build, without_connectors
from pipeline.settings import Settings

OBJECTS = """
create table quality.dq_source_objects as
select * from (values
    ('stripe', 'subscription', 'subscription_history', true, 12, timestamp '2025-06-30 10:00:00', 1,
        'quantity is Ada Quillfeather'),
    ('stripe', 'customer', 'customer', true, 3, timestamp '2025-06-29 10:00:00', 0, null),
    ('stripe', 'tier', null, false, 0, null, 0, null),
    ('zendesk', 'ticket', 'tickets', true, 5, null, 0, null)
) as rows_of (
    source_system, object_name, loaded_from, is_present, rows_read, newest_loaded_at,
    unread_values, unread_example
)
"""
CONNECTED = "create schema connectors; create table connectors.x as select 1 as a"


def settings_in(tmp_path: Path) -> Settings:
    """A warehouse of its own."""
    return Settings(warehouse=tmp_path / "warehouse", target_dir=tmp_path / "target")


def published(tmp_path: Path, *extra_sql: str) -> Settings:
    """The warehouse of a small company whose build has further tables."""
    settings = settings_in(tmp_path)
    make_build(settings, Company(ORDINARY.mrr, extra_sql=extra_sql), raw_source="stripe in raw")
    runner.publish_current(settings, accepts_restatement=True, reporter=Reporter(StringIO()))
    return settings


@pytest.mark.parametrize(
    ("options", "phrase"),
    [
        (BuildOptions({}), DEMO),
        (BuildOptions({}, sources="stripe=raw_stripe"), "stripe in raw_stripe"),
        (
            BuildOptions({}, sources=" stripe = raw , zendesk=/data/z"),
            "stripe in raw, zendesk in /data/z",
        ),
        (BuildOptions({"sources": {"stripe": "mine"}}, sources="stripe=other"), "stripe in mine"),
        (BuildOptions({"sources": {}}, sources="stripe=other"), "stripe in other"),
        (
            BuildOptions({}, raw_path="/data/x", sources="stripe=raw"),
            "files in /data/x and stripe in raw",
        ),
        (
            BuildOptions({"raw_schema": "raw", "sources": {"stripe": "s"}}),
            "tables in raw and stripe in s",
        ),
    ],
)
def test_a_company_with_sources_is_not_the_demo(options: BuildOptions, phrase: str) -> None:
    assert options.raw_source == phrase


@pytest.mark.parametrize(
    "message",
    [
        "Compilation Error\n  Sources: 1 missing:\n    - stripe has no customer\n  > in macro x",
        'IO Error: No magic bytes in "/data/z/ticket.parquet"',
    ],
)
def test_sources_at_fault_are_bad_input(message: str) -> None:
    event = Event("RunningOperationCaughtError", "error", message, "", {})
    assert event.is_failure
    found = explain([event], 2, "", BuildOptions({}, sources="zendesk=/data/z"))
    assert isinstance(found, BadInput)
    assert "in macro" not in str(found)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2025-06-30T10:00:00", "newest row 14.0 hours ago (2025-06-30T10:00:00)"),
        ("2025-06-29T00:30:00", "newest row 47.5 hours ago (2025-06-29T00:30:00)"),
        ("2025-06-29T00:00:00", "newest row 2 days ago (2025-06-29T00:00:00)"),
        (None, "the loader does not say when its newest row came"),
    ],
)
def test_ages_are_in_hours_below_two_days(moment: str | None, words: str) -> None:
    assert age_in_words(moment, datetime(2025, 7, 1)) == words


def test_status_shows_the_newest_row_of_each_system(tmp_path: Path) -> None:
    found = status.status(published(tmp_path, OBJECTS))
    assert [(each.system, each.objects, each.rows) for each in found.sources] == [
        ("zendesk", 1, 5),
        ("stripe", 2, 15),
    ]
    assert [each.newest_loaded_at for each in found.sources] == [None, "2025-06-30T10:00:00"]
    lines = [line for line in found.lines() if line.startswith("source ")]
    assert lines[0] == "source       zendesk: 5 rows of 1 objects, " + age_in_words(
        None, datetime(2025, 7, 1)
    )
    assert "(2025-06-30T10:00:00)" in lines[1]


def test_status_without_sources_says_nothing_of_them(tmp_path: Path) -> None:
    found = status.status(published(tmp_path))
    assert found.sources == ()
    assert not [line for line in found.lines() if line.startswith("source ")]


def test_a_value_that_was_not_read_stays_in_the_build(tmp_path: Path) -> None:
    settings = published(
        tmp_path, OBJECTS, "create schema connectors; create table connectors.x as select 1 as a"
    )
    file = settings.published / "customer_success.duckdb"
    with duckdb.connect(str(file), read_only=True) as connection:
        tables = connection.execute("select schema_name from duckdb_tables()").fetchall()
        columns = connection.execute("describe quality.dq_source_objects").fetchall()
    assert {schema for (schema,) in tables} == {"marts", "quality"}
    assert "unread_example" not in {name for name, *_ in columns}
    assert b"Ada Quillfeather" not in file.read_bytes()


def people(settings: Settings) -> None:
    """A build with a table, a view over it and a view of staging over both."""
    settings.warehouse.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(settings.build_file)) as connection:
        connection.execute(
            "create schema connectors; create schema staging; create schema marts;"
            "create table connectors.con_zendesk__parties as"
            " select 9 as source_id, 'Ada Quillfeather' as party_name;"
            "create view connectors.con_segment__events as from connectors.con_zendesk__parties;"
            "create view staging.base_product__events as from connectors.con_segment__events;"
            "create table marts.dim_accounts as select 1 as account_id"
        )


def test_what_connectors_made_is_dropped_with_its_blocks(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    people(settings)
    rewrite_build(settings, drop_connectors)
    assert b"Quillfeather" not in settings.build_file.read_bytes()
    with duckdb.connect(str(settings.build_file), read_only=True) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables()")
        assert tables.fetchall() == [("marts", "dim_accounts")]


def test_connectors_stay_until_somebody_was_erased(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    people(settings)
    without_connectors(settings)
    assert b"Quillfeather" in settings.build_file.read_bytes()
    settings.erased_file.write_text("salt,digest\n")
    without_connectors(settings)
    assert b"Quillfeather" not in settings.build_file.read_bytes()


def test_erasing_a_person_drops_what_connectors_made(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    people(settings)
    runner.erase_person(settings, "email", "ada@example.com", Reporter(StringIO()))
    assert b"Quillfeather" not in settings.build_file.read_bytes()
