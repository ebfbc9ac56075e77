"""The rows that go back to the CRM, and the CSV that its importer takes."""

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from small_company import ORDINARY, Company
from test_publish import published
from test_publish_restatement import publish

from pipeline import snapshot
from pipeline.crm_export import COLUMNS, export_crm
from pipeline.outcomes import PublishFailed
from pipeline.settings import PROJECT_DIR, Settings

AS_OF = date(2025, 4, 15)
RECORDS = "select account_id, crm_record_id from marts.rpt_crm_sync order by account_id"
CHANGED = "select account_id from marts.rpt_crm_sync where is_changed order by account_id"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A warehouse in which ORDINARY is published."""
    found = Settings(warehouse=tmp_path / "warehouse", target_dir=tmp_path / "target")
    publish(found, ORDINARY)
    return found


def with_sql(*statements: str) -> Company:
    """ORDINARY after changes to its marts."""
    return replace(ORDINARY, extra_sql=statements)


def setting(value: str, account: str = "a") -> str:
    """SQL that sets a column of an account."""
    return f"update marts.dim_accounts set {value} where account_id = '{account}'"


def written(settings: Settings, system: str, *, every_row: bool = True) -> list[dict[str, str]]:
    """The rows of an export, as an importer reads them."""
    text = export_crm(settings, system, "-", every_row=every_row).text
    return list(csv.DictReader(io.StringIO(text)))


def cli(settings: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command on the warehouse."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *words],
        cwd=PROJECT_DIR,
        env=os.environ | {"CS_WAREHOUSE_DIR": str(settings.warehouse)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_account_has_a_row_with_what_its_marts_say(settings: Settings) -> None:
    publish(
        settings,
        with_sql(
            setting("health_score = 41.26, health_status = 'at_risk'"),
            "insert into marts.rpt_csm_worklist (account_id, action, due_on)"
            " values ('a', 'Call them', '2025-04-20')",
            "insert into marts.fct_leading_indicators (snapshot_date, account_id, indicator) values"
            " ('2025-04-15', 'a', 'cancel_request'), ('2025-04-15', 'a', 'payment_late'),"
            " ('2025-03-31', 'c', 'cancel_request'), ('2025-04-15', 'd', 'payment_late')",
        ),
    )
    columns = (
        "account_id, account_name, csm_id, account_status, health_score, health_status,"
        " touch_tier, renewal_risk_level, next_renewal_on, has_cancel_request, next_step,"
        " next_step_due_on, as_of_date"
    )
    found = {
        row[0]: row[1:] for row in published(settings, f"select {columns} from marts.rpt_crm_sync")
    }
    assert list(found) == sorted(ORDINARY.mrr)
    renewal = date(2025, 6, 1)
    assert found["a"] == (
        *("Account a", "m1", "active", 41.26, "at_risk", "low_touch", "none", renewal, True),
        *("Call them", date(2025, 4, 20), AS_OF),
    )
    assert found["b"] == (
        *("Account b", "m1", "churned", None, None, None, None, None, False, None, None, AS_OF),
    )
    assert found["c"][8] is False, "it asked on another date"
    assert found["d"][8] is False, "another indicator"


def test_the_first_publish_changes_every_row_and_the_same_data_none(settings: Settings) -> None:
    assert published(settings, CHANGED) == [(account,) for account in sorted(ORDINARY.mrr)]
    publish(settings, ORDINARY)
    assert published(settings, CHANGED) == []


def test_a_row_is_changed_when_the_export_would_write_another_value(settings: Settings) -> None:
    changes = {
        "status": "health_status = 'at_risk'",
        "no status": "health_status = null",
        "tier": "touch_tier = 'high_touch'",
        "risk": "renewal_risk_level = 'high'",
        "no risk": "renewal_risk_level = null",
        "left": "status = 'churned'",
        "digit": "health_score = 70.06",
        "no score": "health_score = null",
        "same digit": "health_score = 70.04",
        "name": "account_name = 'Renamed'",
        "renewal": "next_renewal_on = '2030-07-01'",
        "step": "mrr = mrr",
        "day": "mrr = mrr",
    }
    steps = "insert into marts.rpt_csm_worklist (account_id, action, due_on) values "
    company = replace(
        ORDINARY.with_mrr(**{name: [10] * 16 for name in changes}),
        extra_sql=(steps + "('step', 'Call', '2025-04-20'), ('day', 'Call', '2025-04-20')",),
    )
    after = (
        steps + "('step', 'Write', '2025-04-20'), ('day', 'Call', '2025-04-21')",
        *(setting(value, name) for name, value in changes.items()),
    )
    publish(settings, company, accepts=True)
    publish(settings, replace(company, extra_sql=after))
    not_written = {"same digit", "name", "renewal"}
    assert {account for (account,) in published(settings, CHANGED)} == changes.keys() - not_written
    publish(settings, replace(company, extra_sql=after))
    assert published(settings, CHANGED) == []


def test_a_new_account_is_changed(settings: Settings) -> None:
    publish(settings, ORDINARY.with_mrr(g=[0] * 16))
    assert published(settings, CHANGED) == [("g",)]


def test_own_data_after_the_demo_change_every_row(settings: Settings) -> None:
    publish(settings, ORDINARY, raw_source="files in /extracts", accepts=True)
    assert len(published(settings, CHANGED)) == len(ORDINARY.mrr)


def test_every_row_is_changed_after_a_version_without_the_table(settings: Settings) -> None:
    file = settings.published.resolve() / snapshot.DATABASE
    file.chmod(0o600)
    with duckdb.connect(str(file)) as connection:
        connection.execute("drop table marts.rpt_crm_sync")
    with pytest.raises(PublishFailed, match="of an earlier version"):
        export_crm(settings, "hubspot", "-", every_row=True)
    publish(settings, ORDINARY)
    assert published(settings, CHANGED) == [(account,) for account in sorted(ORDINARY.mrr)]


def test_the_table_is_described_and_in_parquet(settings: Settings) -> None:
    comments = published(
        settings,
        "select comment from duckdb_columns() where table_name = 'rpt_crm_sync' union all"
        " select comment from duckdb_tables() where table_name = 'rpt_crm_sync'",
    )
    assert len(comments) == 16
    assert all(comment for (comment,) in comments)
    rows = published(settings, "from marts.rpt_crm_sync order by account_id")
    parquet = settings.published / "rpt_crm_sync.parquet"
    assert duckdb.sql(f"from '{parquet}' order by account_id").fetchall() == rows


def test_a_billing_customer_without_a_record_is_not_exported(settings: Settings) -> None:
    assert ("c", "c") in published(settings, RECORDS), "without connectors ids are the CRM's own"
    links = (
        "create table quality.dq_account_links as select * from (values ('b', 'unlinked', 'b'),"
        " ('c', 'own_account', 'c'), ('d', 'stated_id', 'd'), ('x', 'domain', 'e'),"
        " ('y', 'unlinked', 'none')) as links (source_id, link_rule, account_id)"
    )
    publish(settings, with_sql(links))
    records = {account: record for account, record in published(settings, RECORDS)}
    assert records == {account: account for account in "adef"} | {"b": None, "c": None}
    found = export_crm(settings, "hubspot", "-", every_row=True)
    lines = csv.DictReader(io.StringIO(found.text))
    assert [row["CS Account Id"] for row in lines] == ["a", "d", "e", "f"]
    assert (found.rows, found.accounts, found.unknown) == (4, 6, 2)
    assert "the CRM has no record of them: 2" in "".join(found.lines())


def test_salesforce_gets_api_names_and_its_word_for_nothing(settings: Settings) -> None:
    rows = {row["CS_Account_Id__c"]: row for row in written(settings, "salesforce")}
    assert list(rows) == sorted(ORDINARY.mrr)
    assert rows["a"] == {
        "CS_Account_Id__c": "a",
        "CS_Account_Status__c": "active",
        "CS_Health_Score__c": "70.0",
        "CS_Health_Status__c": "stable",
        "CS_Touch_Tier__c": "low_touch",
        "CS_Renewal_Risk__c": "none",
        "CS_Next_Step__c": "#N/A",
        "CS_Next_Step_Due__c": "#N/A",
        "CS_As_Of_Date__c": "2025-04-15",
    }
    assert rows["b"]["CS_Health_Score__c"] == "#N/A"


def test_hubspot_gets_names_of_properties_and_empty_cells(settings: Settings) -> None:
    rows = {row["CS Account Id"]: row for row in written(settings, "hubspot")}
    assert rows["a"]["CS Renewal Risk"] == "none"
    assert rows["a"]["CS Next Step"] == ""
    assert rows["b"]["CS Health Status"] == ""
    assert len(rows["a"]) == len(COLUMNS)


def test_an_export_writes_changed_rows_unless_all_are_asked_for(settings: Settings) -> None:
    publish(settings, with_sql(setting("touch_tier = 'high_touch'", "c")))
    assert [row["CS Account Id"] for row in written(settings, "hubspot", every_row=False)] == ["c"]
    assert len(written(settings, "hubspot")) == len(ORDINARY.mrr)


def test_no_cell_is_a_formula(settings: Settings) -> None:
    starts = ["=", "+", "-", "@", "\t", "\r"]
    steps = {f"n{n}": f'{start}HYPERLINK("x"), "go"' for n, start in enumerate(starts)}
    ids = tuple(f"{start}id" for start in starts)
    company = ORDINARY.with_mrr(**{name: [10] * 16 for name in (*steps, *ids)})
    values = ", ".join(f"('{account}', '{step}')" for account, step in steps.items())
    insert = f"insert into marts.rpt_csm_worklist (account_id, action) values {values}"
    also = "insert into marts.rpt_csm_worklist (account_id, action) values ('c', 'Ask =why')"
    publish(settings, replace(company, extra_sql=(insert, also)), accepts=True)
    found = export_crm(settings, "hubspot", "-", every_row=True)
    lines = csv.DictReader(io.StringIO(found.text, newline=""))
    rows = {row["CS Account Id"]: row["CS Next Step"] for row in lines}
    assert {account: rows[account] for account in steps} == {
        account: f"'{step}" for account, step in steps.items()
    }
    assert rows["c"] == "Ask =why"
    assert sorted(found.left_out) == sorted(ids), "with an apostrophe they would match no account"
    assert rows.keys() == {*ORDINARY.mrr, *steps}
    assert "formula" in "".join(found.lines())


def test_the_command_writes_to_stdout_or_to_a_file(settings: Settings, tmp_path: Path) -> None:
    said = cli(settings, "export", "crm", "--system", "salesforce")
    assert said.returncode == 0
    assert said.stdout == export_crm(settings, "salesforce", "-", every_row=False).text
    assert "6 of 6 accounts written" in said.stderr
    target = tmp_path / "changed.csv"
    words = ("export", "crm", "--system", "hubspot", "--out", str(target), "--id-header")
    found = json.loads(cli(settings, *words, "Record ID", "--json").stdout)
    assert (found["rows"], found["accounts"], found["out"]) == (6, 6, str(target))
    assert target.read_text().startswith("Record ID,CS Account Status,")
    publish(settings, ORDINARY)
    assert "0 of 6 accounts written" in cli(settings, *words, "Record ID").stdout
    assert len(target.read_text().splitlines()) == 1, "the header alone"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--system", "hubspot", "--json"), 64, "--json needs --out FILE"),
        (("--system", "sugar"), 64, "'sugar' is not one of"),
        (("--system", "hubspot", "--out", "/nowhere/x.csv"), 5, "/nowhere"),
    ],
)
def test_an_export_that_cannot_be_written_says_why(
    settings: Settings, words: tuple[str, ...], code: int, said: str
) -> None:
    ended = cli(settings, "export", "crm", *words)
    assert (ended.returncode, ended.stdout) == (code, "")
    assert said in ended.stderr


def test_nothing_is_exported_before_the_first_publish(tmp_path: Path) -> None:
    empty = Settings(warehouse=tmp_path / "none", target_dir=tmp_path / "target")
    ended = cli(empty, "export", "crm", "--system", "hubspot")
    assert (ended.returncode, ended.stdout) == (5, "")
    assert "Nothing is published yet" in ended.stderr
