"""`python -m pipeline run` from raw files to readers, and every way in which it may end early."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from earlier_version import FAILED_RUN, FORECASTS, KEY, RUN, write_warehouse

from demo_company import generate
from pipeline import snapshot
from pipeline.lock import current_holder
from pipeline.personal_data import pseudonymizer
from pipeline.settings import PROJECT_DIR, Settings
from pipeline.status import status


@dataclass(frozen=True)
class Ended:
    """A command that has ended: its code, its JSON document, and what it said beside."""

    code: int
    result: Mapping[str, Any]
    said: str


@dataclass(frozen=True)
class House:
    """A warehouse, and the raw files of a small company that it is built from."""

    settings: Settings
    raw: Path
    first: Ended

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command on the warehouse."""
        return start(self.settings, *words)

    def run(self, *words: str) -> Ended:
        """Run a command on the warehouse to its end."""
        return ended(self.start(*words, "--json"))

    def raw_with(self, tmp_path: Path, table: str, text: str | None) -> Path:
        """A copy of the raw files with text added to one of them, or, for None, without it."""
        copy = tmp_path / "raw"
        shutil.copytree(self.raw, copy)
        file = copy / f"{table}.csv"
        if text is None:
            file.unlink()
        else:
            file.write_text(file.read_text() + text)
        return copy


def start(settings: Settings, *words: str) -> subprocess.Popen[str]:
    """Start a command of the pipeline."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", *words],
        cwd=PROJECT_DIR,
        env=os.environ
        | {
            "CS_WAREHOUSE_DIR": str(settings.warehouse),
            "DBT_TARGET_PATH": str(settings.target_dir),
            "DBT_LOG_PATH": str(settings.target_dir / "logs"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> Ended:
    """Wait for a command's end."""
    out, err = process.communicate(timeout=600)
    return Ended(process.returncode, json.loads(out), err)


def is_alive(process: str) -> bool:
    """Whether a process runs; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The first run of this version, over a warehouse that the version before wrote.

    The company differs from the published one, so the run accepts restatements.
    """
    home = tmp_path_factory.mktemp("run")
    settings = Settings(warehouse=home / "warehouse", target_dir=home / "target")
    write_warehouse(settings)
    made = generate(seed=5, accounts=12, months=15, out=home / "raw", dirt=False)
    words = ("--json", "--raw-path", str(made.out), "--accept-restatement")
    first = ended(start(settings, "run", *words))
    return House(settings, made.out, first)


@pytest.fixture
def house(whole: House) -> Iterator[House]:
    """The same for tests of what must not move readers: afterwards they see what they saw."""
    if whole.first.code != 0:
        pytest.fail(whole.first.said)
    yield whole
    assert snapshot.published_run(whole.settings) == whole.first.result["run_id"]
    assert status(whole.settings).rows["dim_accounts"] > 0
    assert current_holder(whole.settings.lock_file) is None


def test_a_run_builds_validates_and_publishes(house: House) -> None:
    result = house.first.result
    assert result["outcome"] == "published"
    assert result["raw_source"] == f"files in {house.raw}"
    assert date.fromisoformat(result["as_of_date"]) > date.fromisoformat(
        result["last_complete_month"]
    )
    for stage in ("build: ", "expectations hold", "publish: "):
        assert stage in house.first.said
    assert (house.settings.data_docs / "index.html").exists()
    with duckdb.connect(
        str(house.settings.published / snapshot.DATABASE), read_only=True
    ) as reader:
        mrr = reader.execute("select sum(mrr) from marts.dim_accounts").fetchone()
    assert mrr is not None
    assert mrr[0] > 0
    log = house.settings.forecast_log(is_demo=False).read_text().splitlines()
    months = [line.split(",") for line in log[len(FORECASTS) :] if ",mrr," in line]
    assert len(months) == 12
    assert {made_on for _, made_on, *_ in months} == {result["as_of_date"]}
    assert all(float(forecast) > 0 for *_, forecast in months)


def test_an_upgrade_retains_forecasts_runs_restatements_and_pseudonyms(house: House) -> None:
    settings, result = house.settings, house.first.result
    log = settings.forecast_log(is_demo=False).read_text().splitlines()
    assert tuple(log[: len(FORECASTS)]) == FORECASTS
    contacts = (house.raw / "crm_contacts.csv").read_text().splitlines()
    column = contacts[0].split(",").index("email")
    emails = {row.split(",")[column] for row in contacts[1:]} - {""}
    pseudonym = pseudonymizer(KEY.encode())
    with duckdb.connect(str(settings.published / snapshot.DATABASE), read_only=True) as reader:
        runs = reader.execute("select run_id, outcome from quality.runs order by all").fetchall()
        restated = reader.execute(
            "select month, figure, change from quality.rpt_restatements"
            " where table_name = 'fct_mrr_monthly' and figure = 'closing_mrr' order by month"
        ).fetchall()
        forecasts = reader.execute(
            "select count(*) from marts.rpt_forecast_accuracy where published_on = '2026-06-01'"
        ).fetchone()
        hidden = reader.execute("select email from marts.dim_contacts").fetchall()
        logins = reader.execute("select sum(logins) from marts.fct_usage_monthly").fetchone()
    assert runs == [
        (RUN, "published"),
        (FAILED_RUN, "build_failed"),
        (result["run_id"], "published"),
    ]
    assert (date(2026, 3, 1), "closing_mrr", 1.0) in restated, "recorded by version 1"
    assert (result["replaced_run_id"], result["restated_figures"] > 0) == (RUN, True)
    assert forecasts == (2,)
    assert {pseudonym(email) for email in emails} >= {email for (email,) in hidden if email}
    assert logins is not None
    assert logins[0] < 1_000_000, "the roll-up of version 1 is rebuilt"
    back = house.run("rollback")
    assert (back.code, snapshot.published_run(settings)) == (0, RUN)
    again = house.run("rollback", "--to", result["run_id"])
    assert again.code == 0


def test_every_published_table_and_column_carries_its_description(house: House) -> None:
    described = {}
    for path in (PROJECT_DIR / "models" / "marts").glob("*/_*__models.yml"):
        for model in yaml.safe_load(path.read_text())["models"]:
            described[model["name"],] = " ".join(model["description"].split())
            for column in model["columns"]:
                meta = column.get("config", {}).get("meta", {})
                order = ("unit", "format", "additivity", "labels", "labels_by")
                keys = [key for key in order if key in meta]
                measure = ", ".join(f"{key}: {meta[key]}" for key in keys)
                text = " ".join(column["description"].split())
                described[model["name"], column["name"]] = (
                    f"{text} [{measure}]" if measure else text
                )
    with duckdb.connect(
        str(house.settings.published / snapshot.DATABASE), read_only=True
    ) as reader:
        tables = reader.execute("select table_name, comment from duckdb_tables()").fetchall()
        columns = reader.execute(
            "select table_name, column_name, comment from duckdb_columns() where not internal"
        ).fetchall()
    comments = {tuple(names): comment for *names, comment in [*tables, *columns]}
    for names in [("dq_rejected_rows", name) for name in ("row_data", "detail")]:
        assert names not in comments, "withheld, so that it has no comment"
        del described[names]
    tables_made_here = ("runs", "rpt_restatements", "rpt_crm_sync")
    made_here = {names for names in comments if names[0] in tables_made_here}
    assert all(comments[names] for names in made_here)
    assert {names: comments[names] for names in comments.keys() - made_here} == described


def test_a_preview_names_whom_a_policy_would_move(house: House, tmp_path: Path) -> None:
    bands = PROJECT_DIR / "seeds" / "policy" / "health_status_bands.csv"
    (tmp_path / bands.name).write_text(bands.read_text().replace("stable,60", "stable,79"))
    raw = ("--raw-path", str(house.raw))
    unchanged = house.run("preview", *raw)
    assert unchanged.code == 0, unchanged.said
    assert unchanged.result["accounts"] == []
    changed = house.run("preview", *raw, "--policy-path", str(tmp_path))
    moved = {(a["status_published"], a["status"]) for a in changed.result["accounts"]}
    assert moved == {("stable", "at_risk")}
    assert all(60 <= a["score"] == a["score_published"] < 79 for a in changed.result["accounts"])


def test_what_the_contract_misses_is_bad_input(house: House, tmp_path: Path) -> None:
    found = house.run("run", "--raw-path", str(house.raw_with(tmp_path, "crm_accounts", None)))
    assert found.code == 2
    assert found.result["outcome"] == "bad_input"
    assert "Raw contract: 1 missing" in found.result["message"]
    assert "table crm_accounts" in found.result["message"]


def test_too_many_rejected_rows_are_bad_input(house: House, tmp_path: Path) -> None:
    columns = (house.raw / "crm_accounts.csv").read_text().split("\n", 1)[0].count(",")
    nameless = "".join(f"nameless_{n}{',' * columns}\n" for n in range(30))
    found = house.run("run", "--raw-path", str(house.raw_with(tmp_path, "crm_accounts", nameless)))
    assert found.code == 2
    assert "assert_rejected_rows_within_limit" in found.result["message"]
    assert "30 of" in found.said
    assert "missing:account_name" in found.said


def test_a_var_that_is_no_date_is_a_failed_build(house: House) -> None:
    found = house.run("run", "--raw-path", str(house.raw), "--vars", "{as_of_date: yesterday}")
    assert found.code == 1
    assert found.result["outcome"] == "build_failed"
    assert 'as_of_date is "yesterday", expected auto or a date' in found.result["message"]
    assert house.run("publish").code == 5, "a failed build is not published later either"


def test_a_build_that_breaks_a_law_is_not_published(house: House) -> None:
    with duckdb.connect(str(house.settings.build_file)) as build:
        build.execute("update marts.dim_accounts set mrr = mrr + 1 where mrr > 0")
    found = house.run("validate")
    assert found.code == 3
    sentences = {finding["sentence"] for finding in found.result["findings"]}
    assert any(sentence.startswith("An account's MRR is the closing") for sentence in sentences)
    assert house.run("publish").code == 5


def test_kill_9_in_the_middle_of_a_build_leaves_nothing_running(house: House) -> None:
    process = house.start("run", "--raw-path", str(house.raw))
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        process.kill()
        process.communicate()
        pytest.skip("/proc tells of no children here")
    while not (dbt := children.read_text().split()):
        time.sleep(0.05)
    time.sleep(2)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    until = time.monotonic() + 10
    while is_alive(dbt[0]):
        assert time.monotonic() < until, "dbt outlives the run that started it"
        time.sleep(0.05)
    assert house.run("publish").code == 5
