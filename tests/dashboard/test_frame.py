"""The dashboard's frame: the run it shows, its messages, and the rows behind a figure."""

import shutil
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data
from dashboard.__main__ import arguments
from pipeline import snapshot
from pipeline.settings import Settings


def read(published: Path, sql: str) -> list[tuple]:
    path = published / "published" / data.DATABASE
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def said(app: AppTest) -> str:
    """All text on the page and beside it."""
    elements = (*app.caption, *app.markdown, *app.error, *app.warning, *app.info, *app.title)
    return "\n".join(str(element.value) for element in elements)


@pytest.mark.parametrize("company", ["published_demo", "published_few", "published_two"])
def test_frame_says_which_run_and_date_it_shows(company, page, request):
    published = request.getfixturevalue(company)
    app = page(published, "rows")
    [(run_id, as_of)] = read(published, "select run_id, as_of_date from quality.runs")
    assert not app.exception
    assert run_id in said(app)
    assert str(as_of) in said(app)


def test_rows_are_those_of_the_filters_in_the_link(published_demo, page):
    app = page(
        published_demo, "rows", table="fct_retention", segment_type="all", month__from="2026-01-01"
    )
    [(expected,)] = read(
        published_demo,
        "select count(*) from marts.fct_retention"
        " where segment_type = 'all' and month >= date '2026-01-01'",
    )
    assert expected > 0
    assert f"{expected:,} rows" in said(app)
    assert len(app.dataframe[0].value) == expected


def test_an_unknown_filter_or_table_is_no_injection(published_demo, page):
    app = page(published_demo, "rows", table="fct_retention", **{"1=1;--": "x"})
    assert not app.exception
    assert "no column 1=1;--" in said(app)
    app = page(published_demo, "rows", table="nothing; drop table x")
    assert not app.exception
    assert not app.error


def test_every_published_column_has_its_definition(published_demo, page):
    app = page(published_demo, "rows", table="dim_accounts")
    described = app.dataframe[1].value
    [(columns,)] = read(
        published_demo, "select count(*) from duckdb_columns() where table_name = 'dim_accounts'"
    )
    assert len(described) == columns
    assert described["Definition"].str.len().min() >= len("Its name.")


def test_without_a_snapshot_the_page_says_what_to_do(tmp_path, page):
    app = page(tmp_path, "rows")
    assert "Nothing is published" in app.error[0].value
    assert "make build" in app.error[0].value
    assert not app.exception


@pytest.mark.parametrize("content", [b"", b"no database", None], ids=["empty", "text", "other"])
def test_a_broken_snapshot_is_a_message(tmp_path, page, content):
    folder = tmp_path / "snapshots" / "broken"
    folder.mkdir(parents=True)
    (tmp_path / "published").symlink_to(Path("snapshots") / "broken")
    if content is None:
        duckdb.connect(str(folder / data.DATABASE)).close()
    else:
        (folder / data.DATABASE).write_bytes(content)
    app = page(tmp_path, "rows")
    assert not app.exception
    assert "cannot be read" in app.error[0].value


def test_next_run_is_shown_at_the_next_click(published_demo, tmp_path, page):
    for run_id in ("first", "second"):
        folder = tmp_path / "snapshots" / run_id
        shutil.copytree((published_demo / "published").resolve(), folder)
        path = folder / data.DATABASE
        path.chmod(0o600)
        with duckdb.connect(str(path)) as connection:
            connection.execute("update quality.runs set run_id = ?", [run_id])
    settings = Settings(warehouse=tmp_path, target_dir=tmp_path, published_dir=tmp_path)
    snapshot.swap(settings, "first")
    app = page(tmp_path, "rows")
    assert "Run first" in said(app)
    snapshot.swap(settings, "second")
    assert "Run second" in said(app.run())


def test_server_listens_on_this_machine_unless_configured():
    assert "--server.address=127.0.0.1" in arguments({}, [])
    assert "--server.address=0.0.0.0" in arguments({"CS_DASHBOARD_ADDRESS": "0.0.0.0"}, [])
    assert arguments({}, ["--server.baseUrlPath=cs"])[-1] == "--server.baseUrlPath=cs"


def test_comment_is_taken_apart():
    found = data.parsed("MRR at the end. [unit: currency, format: 0.00, additivity: none]")
    assert found == data.Definition("MRR at the end.", "currency", "0.00", "none")
    assert data.parsed("A code. [labels: health_status]").labels == "health_status"
    assert data.parsed("Sunday [UTC]") == data.Definition("Sunday [UTC]")
