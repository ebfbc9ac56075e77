"""The example of docs/connectors/add_a_source.md, built as it stands there."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import duckdb
from conftest import PROJECT, dbt
from connected import write_tables
from project_copy import ProjectCopy

PAGE = PROJECT / "docs" / "connectors" / "add_a_source.md"
FILE = re.compile(r"^`(models/\S+)`:\n\n```(?:yaml|sql)\n(.*?)^```", re.MULTILINE | re.DOTALL)
VALUES = re.compile(r"^```csv\n(.*?)^```", re.MULTILINE | re.DOTALL)

ACCOUNTS = [
    {"account_id": f"a{number}", "account_name": f"A {number}", "created_at": "2024-01-01"}
    for number in (1, 2)
]
SUBSCRIPTIONS = [
    {"subscription_id": f"s{number}", "account_id": f"a{number}", "started_on": "2024-01-01"}
    for number in (1, 2)
]
OPENED = {"created_at": "2024-05-01T09:00:00Z", "updated_at": "2024-05-02T09:00:00Z"}
TICKETS = [
    OPENED
    | {"id": 1, "company_id": 7, "priority": 4, "stats": '{"resolved_at": "2024-05-02T08:00:00Z"}'},
    OPENED | {"id": 2, "company_id": 8, "priority": 1, "spam": "true"},
    OPENED | {"id": 3, "company_id": 9, "priority": 2},
    OPENED | {"id": 4, "priority": 2},
]
COMPANIES = [
    {"id": 7, "name": "Seven", "custom_account_id": "a1"},
    {"id": 8, "name": "Eight", "custom_account_id": "a2"},
    {"id": 9, "name": "Nine"},
]


def test_the_example_builds_as_it_stands(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    project = ProjectCopy(tmp_path / "project")
    for name, text in FILE.findall(page):
        path = project.home / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    macro = project.home / "macros" / "connectors" / "named_sources.sql"
    known = macro.read_text(encoding="utf-8")
    known = known.replace("'delighted',\n", "'delighted', 'freshdesk',\n")
    known = known.replace(
        "'delighted': [", "'freshdesk': ['support_tickets'],\n        'delighted': ["
    )
    macro.write_text(known, encoding="utf-8")
    rows = csv.reader(VALUES.findall(page)[0].splitlines())
    names = ("system", "field", "value", "means")
    policy = {"source_values": [dict(zip(names, row, strict=True)) for row in rows]}
    tables = {
        "tickets": TICKETS,
        "companies": COMPANIES,
        "satisfaction_ratings": [{"ticket_id": 1, "ratings_default_question": -101}],
    }
    settings = {
        "sources": {"freshdesk": str(write_tables(tmp_path / "freshdesk", tables))},
        "run_date": "2024-07-01",
        "max_rejected_share": 1,
    }
    raw = {"crm_accounts": ACCOUNTS, "billing_subscriptions": SUBSCRIPTIONS}
    build = dbt(
        "build",
        tmp_path,
        *project.options,
        "--select",
        "+base_support__tickets",
        "--exclude-resource-type",
        "unit_test",
        "--vars",
        json.dumps(settings),
        CS_RAW_PATH=str(write_tables(tmp_path / "raw", raw)),
        CS_POLICY_PATH=str(write_tables(tmp_path / "policy", policy)),
    )
    assert build.returncode == 0, build.output
    with duckdb.connect(str(tmp_path / "build.duckdb"), read_only=True) as connection:
        judged = connection.execute(
            "select ticket_id, account_id, priority, csat_score, solved_at is not null, row_status"
            " from staging.base_support__tickets order by ticket_id"
        ).fetchall()
    assert judged == [
        ("1", "a1", "urgent", 2, True, "accepted"),
        ("2", "a2", "low", None, False, "not_taken"),
        ("3", "9", "normal", None, False, "rejected"),
        ("4", None, "normal", None, False, "not_taken"),
    ]
