"""The exposures of the dashboard's pages: one a page, with exactly the marts that its SQL reads."""

import re

import duckdb
import pytest
import yaml

from dashboard.data import PARAMETER, QUERIES
from tools.exposures import FILE, PROJECT, titles, with_marts

# Made by the publish, so dbt does not know them.
MADE_BY_PUBLISH = {"runs", "rpt_restatements", "rpt_crm_sync"}
PAGES = list(titles())


@pytest.fixture(scope="module")
def exposures():
    found = yaml.safe_load(FILE.read_text())["exposures"]
    return {exposure["name"].removeprefix("page_"): exposure for exposure in found}


def tables_of(page):
    """The tables that DuckDB's own parser finds in the page's queries."""
    with duckdb.connect() as connection:
        return {
            name.split(" AS ")[0].split(".")[-1]
            for sql in QUERIES[page].values()
            for name in connection.get_table_names(PARAMETER.sub("null", sql), qualified=True)
        }


def test_every_page_has_an_exposure_with_owner_and_address(exposures):
    assert list(exposures) == PAGES
    for page, exposure in exposures.items():
        assert exposure["owner"]["name"], page
        assert exposure["url"].endswith(f"/{page}")
        assert titles()[page] in exposure["label"]


@pytest.mark.parametrize("page", [page for page in PAGES if page != "rows"])
def test_marts_of_an_exposure_are_those_that_the_page_reads(page, exposures):
    named = {re.fullmatch(r"ref\('(\w+)'\)", ref)[1] for ref in exposures[page]["depends_on"]}
    assert named == {"dim_labels", *tables_of(page)} - MADE_BY_PUBLISH, "`make pages` writes it"


def test_rows_may_be_of_any_mart(exposures):
    marts = {path.stem for path in (PROJECT / "models" / "marts").rglob("*.sql")}
    assert exposures["rows"]["depends_on"] == [f"ref('{mart}')" for mart in sorted(marts)]


def test_the_list_is_up_to_date_and_follows_the_queries(monkeypatch, tmp_path):
    text = FILE.read_text()
    assert with_marts(text) == text
    for page in PAGES:
        (tmp_path / f"{page}.sql").write_text("-- name: one\nselect 1 from marts.fct_tickets")
    monkeypatch.setattr("tools.exposures.QUERIES", tmp_path)
    again = yaml.safe_load(with_marts(text))["exposures"][0]
    assert again["depends_on"] == ["ref('dim_labels')", "ref('fct_tickets')"]
