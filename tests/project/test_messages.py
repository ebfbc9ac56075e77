"""docs/messages.md shows every sentence that users read, as the project writes it now."""

import os

import duckdb
import messages
import pytest
from bad_extracts import Built, Company, company_in
from conftest import PROJECT
from invalid_policy import VIOLATIONS
from pipeline_messages import pipeline_messages

PAGE = PROJECT / "docs" / "messages.md"


def said(built: Built, company: Company, *starts: str) -> list[str]:
    """The lines that a build printed from the first that starts so, without its time of day."""
    lines = [line[10:] if line[2:3] == ":" else line for line in built.output.splitlines()]
    lines = [line.rstrip().replace(str(company.home.parent), "").strip("\n") for line in lines]
    first = next(n for n, line in enumerate(lines) if line.strip().startswith(starts))
    last = next((n for n, line in enumerate(lines) if n > first and not line.strip()), len(lines))
    return [line for line in lines[first:last] if "> in macro" not in line]


def of_vars(company: Company) -> list[str]:
    """What a build says of vars that are no dates, numbers or names."""
    wrong = {"as_of_date": "yesterday", "reporting_currency": "dollars", "late_arrival_days": "two"}
    return said(company.build(**wrong), company, "Vars:")


def of_extracts(company: Company) -> list[str]:
    """What a build says of a folder that lacks tables and columns and holds a broken file."""
    company.raw.mkdir()
    (company.raw / "crm_accounts.csv").write_text("account_id,name\na1,One\n")
    (company.raw / "billing_invoices.csv").write_text("")
    return said(company.build(), company, "Raw contract:")


def of_rows(dirty_build: Built) -> dict[str, list[str]]:
    """What a build reports of rejected rows and unused values: a table each, and each reason."""
    lines = [line[10:].rstrip() for line in dirty_build.output.splitlines() if line[2:3] == ":"]
    tables = [line for line in lines if line.startswith(("ERROR ", "WARNING "))]
    rows = [
        next(line for line in tables if line.startswith(level) and "rows rejected" in line)
        for level in ("ERROR", "WARNING")
    ]
    values = [line for line in tables if "values not used" in line][:3]
    details = dirty_build.query(
        "select split_part(reason, ':', 1), min(reason), min_by(detail, (reason, detail))"
        " from quality.dq_rejected_rows group by 1 order by 1"
    )
    return {
        "Rows are rejected": rows,
        "Values are not used": values,
        "Reasons of rejected rows": [f"{reason}: {detail}" for _, reason, detail in details],
    }


@pytest.fixture(scope="module")
def page(
    marts: duckdb.DuckDBPyConnection, dirty_build: Built, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The page as it should be."""
    folder = tmp_path_factory.mktemp("messages")
    company = company_in(folder)
    errors = {
        "Vars are wrong": of_vars(company),
        "Extracts are incomplete": of_extracts(company),
        **of_rows(dirty_build),
        "Policy files are not consistent": [f"ERROR policy: {line}" for line in sorted(VIOLATIONS)],
        **pipeline_messages(folder / "pipeline"),
    }
    return messages.render(marts, errors)


def test_page_of_messages_is_current(page: str):
    if os.environ.get("CS_WRITE_MESSAGES"):
        PAGE.write_text(page)
    assert PAGE.read_text() == page, "make messages writes the page again"


def test_every_sentence_of_the_marts_is_on_the_page(marts: duckdb.DuckDBPyConnection):
    listed = {f"{table}.{column}" for table, column, _ in messages.SENTENCES}
    listed |= set(messages.ELSEWHERE) | messages.BY_ERRORS
    assert messages.sentence_columns(marts) == listed
