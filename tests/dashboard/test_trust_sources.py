"""The page Trust with sources named: systems, rows not taken, links and the MRR at stake."""

import re
import shutil
from pathlib import Path

import duckdb
import pytest
import yaml
from dashboard_figures import is_without_error, said, tiles

from dashboard.data import DATABASE, QUERIES
from pipeline import descriptions

PROJECT = Path(__file__).resolve().parents[2]
MODELS = PROJECT / "models" / "connectors" / "quality" / "_connector_quality__models.yml"
ROWS = {
    "dq_source_objects": [
        "('stripe', 'subscription', 'subs', true, 40, timestamp '2026-07-14 03:10', 0)",
        "('stripe', 'tier', null, false, 0, null, 0)",
        "('zendesk', 'ticket', 'tickets', true, 7, null, 2)",
    ],
    "dq_source_rows": [
        "('stripe', 'billing_subscriptions', 'taken', 38, 40)",
        "('stripe', 'billing_subscriptions', 'test_mode', 2, 40)",
    ],
    "dq_account_links": [
        "('stripe', 'cus_1', 'named_by_crm', 'a', 'A', 'A Inc', 'a.example', 1, null,"
        " false, 0, 'USD')",
        "('stripe', 'cus_2', 'unlinked', 'cus_2', null, 'Small Inc', null, 1,"
        " 'It states no id and has no address.', true, 20.00, 'USD')",
        "('stripe', 'cus_3', 'unlinked', 'cus_3', null, 'Large Inc', null, 1,"
        " 'It states no id and has no address.', true, 1500.00, 'USD')",
        "('zendesk_user', 'b.example', 'unlinked', 'none', null, null, 'b.example', 4,"
        " 'It states no known id, and no account has the domain b.example.', true, 0.00, null)",
    ],
}


@pytest.fixture(scope="module")
def published_sources(published_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for readers of the demo, with what connectors would publish."""
    folder = tmp_path_factory.mktemp("sources") / "readers"
    shutil.copytree(published_demo, folder, symlinks=True)
    file = folder / "published" / DATABASE
    file.chmod(0o600)
    models = {model["name"]: model for model in yaml.safe_load(MODELS.read_text())["models"]}
    with duckdb.connect(str(file)) as connection:
        comments = {}
        for table, rows in ROWS.items():
            columns = [
                column for column in models[table]["columns"] if column["name"] != "unread_example"
            ]
            typed = ", ".join(f"{each['name']} {each['data_type']}" for each in columns)
            connection.execute(f"create table quality.{table} ({typed})")
            connection.execute(f"insert into quality.{table} values {', '.join(rows)}")
            for each in columns:
                comments[f"quality.{table}.{each['name']}"] = descriptions.comment_of(each)
        descriptions.write(connection, Path(DATABASE).stem, comments)
    return folder


@pytest.fixture
def app(published_sources: Path, page):
    """The page."""
    return page(published_sources, "trust")


def table_with(app, column: str):
    """The first table of the page that has a column."""
    return next(each.value for each in app.dataframe if column in each.value.columns)


def test_the_page_shows_systems_and_the_mrr_at_stake(app):
    assert is_without_error(app)
    found = tiles(app)
    assert found["MRR of unlinked customers"] == "USD 1,520"
    assert found["Not linked"] == "6"
    assert "38 of 40 rows are taken." in said(app)


def test_unlinked_customers_come_with_the_most_mrr_first(app):
    [sheet] = [html.proto.body for html in app.get("html") if "Large Inc" in html.proto.body]
    names = ("Large Inc", "Small Inc", "People in Zendesk")
    assert sorted(names, key=sheet.index) == list(names)
    assert "It states no known id, and no account has the domain b.example." in sheet


def test_systems_say_when_their_newest_row_came(app):
    systems = table_with(app, "objects_found")
    assert systems["source_system"].tolist() == ["Zendesk", "Stripe"]
    assert systems["objects_absent"].tolist() == [0, 1]
    assert systems["newest_loaded_at"].tolist() == ["–", "2026-07-14 03:10"]


def test_reasons_and_rules_are_in_words(app):
    assert "Test mode" in table_with(app, "rows_of_table")["reason"].tolist()
    assert set(table_with(app, "link_rule")["link_rule"]) == {"The CRM names it", "Not linked"}


def test_without_sources_one_sentence_says_why(published_demo: Path, page):
    app = page(published_demo, "trust")
    assert is_without_error(app)
    assert "No source is named" in said(app)
    assert "MRR of unlinked customers" not in tiles(app)


def test_the_exposure_names_the_marts_that_the_queries_read():
    text = "\n".join(QUERIES["sources"].values())
    (exposure,) = yaml.safe_load(MODELS.read_text())["exposures"]
    read = {"dim_labels", *re.findall(r"from quality\.(\w+)", text)}
    assert exposure["depends_on"] == [f"ref('{mart}')" for mart in sorted(read)]
