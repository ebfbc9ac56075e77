"""A company of all systems of the first round, through the pipeline and in either CRM."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import dbt
from connected import connected
from linked_company import RULES, Linked, linked_company

from pipeline.settings import PROJECT_DIR

DAYS = {"as_of_date": "2025-06-30", "run_date": "2025-07-01", "reporting_currency": "USD"}
SETTINGS = DAYS | {"max_rejected_share": 1}
LINKS = "select source_id, link_rule from connectors.con_account_links where source = 'stripe'"
MRR = "select month, sum(closing_mrr) from marts.fct_mrr_monthly group by month order by month"


@dataclass(frozen=True)
class Run:
    """A company that went through the pipeline: how it ended, and its build."""

    company: Linked
    home: Path
    code: int
    outcome: dict[str, Any]
    said: str

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query on the build."""
        with duckdb.connect(str(self.home / "build.duckdb"), read_only=True) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The company with Salesforce, after `python -m pipeline run`."""
    home = tmp_path_factory.mktemp("company")
    company = linked_company(home / "left", "salesforce")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pipeline", "run", "--json"),
            *("--sources", ",".join(f"{name}={at}" for name, at in company.sources.items())),
            *("--raw-path", str(company.raw), "--policy-path", str(company.policy)),
            *("--vars", json.dumps(SETTINGS)),
        ],
        cwd=PROJECT_DIR,
        env=os.environ
        | {"CS_WAREHOUSE_DIR": str(home / "wh"), "DBT_TARGET_PATH": str(home / "target")},
        capture_output=True,
        text=True,
        check=False,
    )
    return Run(company, home / "wh", done.returncode, json.loads(done.stdout), done.stderr)


def test_it_is_published(ran: Run) -> None:
    assert (ran.code, ran.outcome["outcome"]) == (0, "published"), ran.said
    assert (ran.home / "published" / "customer_success.duckdb").exists()


def test_no_row_is_lost(ran: Run) -> None:
    found = ran.rows(
        "select source_system || '_' || table_name, raw_rows, difference"
        " from quality.dq_reconciliation"
    )
    assert [row for row in found if row[2] != 0] == []
    rows = {name: count for name, count, _ in found}
    read = {
        "crm_accounts",
        "crm_opportunities",
        "billing_subscriptions",
        "billing_subscription_items",
        "billing_invoices",
        "support_tickets",
        "product_events",
        "feedback_survey_responses",
    }
    assert {name for name in read if not rows.get(name)} == set()


def test_each_customer_is_linked_by_its_rule(ran: Run) -> None:
    assert dict(ran.rows(LINKS)) == ran.company.rules
    rules = "select distinct link_rule from quality.dq_account_links"
    assert {rule for (rule,) in ran.rows(rules)} == set(RULES)


def test_a_shared_domain_links_nothing_and_says_so(ran: Run) -> None:
    found = ran.rows(
        "select reason like 'Several accounts share %', account_id = source_id"
        " from quality.dq_account_links"
        " where source_system = 'stripe' and link_rule = 'unlinked'"
    )
    assert Counter(shared for shared, _ in found).keys() == {True, False}
    assert {own for _, own in found} == {True}


def test_mrr_does_not_depend_on_the_crm(ran: Run, tmp_path: Path) -> None:
    company = linked_company(tmp_path / "left", "hubspot")
    with (company.raw / "billing_exchange_rates.csv").open(newline="") as file:
        rates = list(csv.DictReader(file))
    with (company.policy / "account_links.csv").open(newline="") as file:
        links = list(csv.DictReader(file))
    built = connected(
        tmp_path / "build",
        company.sources,
        raw={"billing_exchange_rates": rates},
        policy={"account_links": links},
        select="+fct_mrr_monthly",
        **DAYS,
    )
    assert built.code == 0, built.output
    assert dict(built.rows(LINKS)) == company.rules == ran.company.rules
    assert sum(mrr for _, mrr in ran.rows(MRR)) > 0
    assert built.rows(MRR) == ran.rows(MRR)


def test_unit_tests_of_connectors_pass_on_its_build(ran: Run, tmp_path: Path) -> None:
    tested = dbt(
        *("test", tmp_path, "--select", "path:models/connectors,test_type:unit", "--quiet"),
        *("--vars", json.dumps(SETTINGS | {"sources": ran.company.sources})),
        CS_WAREHOUSE_DIR=str(ran.home),
        CS_RAW_PATH=str(ran.company.raw),
        CS_POLICY_PATH=str(ran.company.policy),
    )
    assert tested.returncode == 0, tested.output
    assert [node for node in tested.results if node["unique_id"].startswith("unit_test.")]
