"""Erasing a person: gone from all that runs have written, with no number moved, and for good."""

import csv
import io
import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from demo_company import generate
from pipeline import erased, snapshot
from pipeline.settings import PROJECT_DIR, Settings

CONTACT = "con-ada-0007"
NAME = "Ada Quillfeather"
EMAIL = "ada.quillfeather@example.com"
USER = "usr-zoe-0042"
NAMESAKE = "con-max-0008"
WORDS = (CONTACT, NAME, EMAIL)
PERSONAL = ("contact_id", "user_id", "full_name", "email", "department")
COMMENTS = "from duckdb_columns() select table_name, column_name, comment where comment is not null"
BAD_RUN = '{"run_id": 5, "command": "run", "started_at": "x", "finished_at": "x"}\n'


@dataclass(frozen=True)
class Ended:
    """A command that has ended."""

    code: int
    out: str
    said: str


@dataclass(frozen=True)
class House:
    """A warehouse, the extract that it is built from, and the marts at each stage of the story."""

    settings: Settings
    raw: Path

    def run(self, *words: str, **environment: str) -> Ended:
        """Run a command of the pipeline to its end."""
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", *words],
            cwd=PROJECT_DIR,
            env=os.environ
            | {
                "CS_WAREHOUSE_DIR": str(self.settings.warehouse),
                "CS_RAW_PATH": str(self.raw),
                "DBT_TARGET_PATH": str(self.settings.target_dir),
                "DBT_LOG_PATH": str(self.settings.target_dir / "logs"),
                # What is asked here is what the tables hold.
                "DBT_EXCLUDE_RESOURCE_TYPES": "unit_test test",
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr + done.stdout)

    def files(self) -> Iterator[Path]:
        """All that runs have written."""
        for folder in (self.settings.warehouse, self.settings.target_dir):
            yield from (path for path in folder.rglob("*") if path.is_file())

    def holding(self, *words: str) -> dict[str, list[str]]:
        """The files in whose bytes a word stands, and the tables in whose rows it does."""
        found: dict[str, list[str]] = {}
        for path in self.files():
            content = path.read_bytes()
            held = [word for word in words if word.encode() in content]
            if path.suffix in (".duckdb", ".parquet"):
                held += [word for word in words if word in rows_of(path)]
            if held:
                found[str(path.relative_to(self.settings.warehouse.parent))] = held
        return found

    def marts(self) -> dict[str, list[tuple]]:
        """The rows of every mart of the build, without the columns that are a person's."""
        return numbers(self.settings.build_file)


def tables_of(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return connection.execute(
        "select schema_name, table_name from duckdb_tables() where not internal order by all"
    ).fetchall()


def rows_of(path: Path) -> str:
    """Every value of a database or a Parquet file, read back as text."""
    if path.suffix == ".parquet":
        return str(duckdb.sql(f"from read_parquet('{path}')").fetchall())
    with duckdb.connect(str(path), read_only=True) as connection:
        return "".join(
            str(connection.execute(f'from "{schema}"."{name}"').fetchall())
            for schema, name in tables_of(connection)
        )


def numbers(path: Path) -> dict[str, list[tuple]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute(
            "select table_schema, table_name, list(column_name order by ordinal_position) "
            "from information_schema.columns where table_schema in ('marts', 'quality') "
            "and not list_contains(?, column_name) "
            "and table_name not in ('dq_rejected_rows') group by all order by all",
            [[*PERSONAL]],
        ).fetchall()
        return {
            name: connection.execute(
                f'select {", ".join(columns)} from {schema}."{name}" order by all'
            ).fetchall()
            for schema, name, columns in names
        }


def assert_same(marts: dict[str, list[tuple]], before: dict[str, list[tuple]]) -> None:
    """Fail where a mart has moved, but for counts of the rows that this story adds."""
    for name in set(before) - {"dq_reconciliation", "rpt_forecast_accuracy"}:
        assert len(marts[name]) == len(before[name]), name
        for row, row_before in zip(marts[name], before[name], strict=True):
            assert all(map(is_same, row, row_before)), (name, row, row_before)


def is_same(value: object, before: object) -> bool:
    """Whether two values agree: sums of floats depend on the order in which DuckDB adds them."""
    if isinstance(value, float) and isinstance(before, float):
        return math.isclose(value, before, rel_tol=1e-9, abs_tol=1e-9)
    return value == before


def add(raw: Path, table: str, *rows: dict[str, str]) -> None:
    """Add rows to a table of an extract, which may then have further columns."""
    path = raw / f"{table}.csv"
    held = list(csv.DictReader(io.StringIO(path.read_text()))) if path.exists() else []
    names = list(dict.fromkeys(name for row in [*held, *rows] for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows([*held, *rows])
    path.write_text(text.getvalue())


def person_in(raw: Path) -> None:
    """Let the person be wherever an extract can hold one."""
    account = next(csv.DictReader(io.StringIO((raw / "crm_accounts.csv").read_text())))[
        "account_id"
    ]
    here = {"account_id": account}
    ada = {"contact_id": CONTACT, "full_name": NAME, "email": EMAIL, "department": "Finance"}
    since = {"created_at": "2024-03-01 09:00:00"}
    # Contacts of one instant are numbered by id, which an erasure replaces.
    later = {"created_at": "2024-03-02 09:00:00"}
    add(
        raw,
        "crm_contacts",
        here | ada | since | {"stakeholder_type": "champion", "seniority": "vp"},
        here | ada | since | {"stakeholder_type": "champion", "seniority": "c_level"},
        {"account_id": "nobody", "contact_id": "con-other", "full_name": NAME, "email": EMAIL},
        here | later | {"contact_id": NAMESAKE, "full_name": NAME, "email": "max@example.com"},
    )
    add(
        raw,
        "crm_activities",
        here
        | {"activity_id": "act-1", "contact_id": CONTACT, "activity_type": "qbr"}
        | {"scheduled_at": "2024-05-01 09:00:00", "status": "completed"},
        {"account_id": "nobody", "activity_id": "act-2", "contact_id": CONTACT}
        | {"activity_type": "qbr", "status": "completed"},
    )
    notes = (f"Met {NAME}, she may leave", f"write to <{EMAIL}>", "All is well")
    add(
        raw,
        "crm_signals",
        *(
            here
            | {"signal_id": f"sig-{n}", "occurred_at": "2024-06-01 09:00:00"}
            | {"signal_type": "pricing_complaint", "note": note}
            for n, note in enumerate(notes)
        ),
    )
    add(raw, "crm_accounts", {"account_id": "nameless", "billing_email": EMAIL})
    add(
        raw,
        "feedback_survey_responses",
        here
        | {"response_id": "res-1", "contact_id": CONTACT, "survey_type": "nps", "score": "3"}
        | {"responded_at": "2024-06-02 09:00:00"},
    )
    add(
        raw,
        "product_users",
        *(here | since | {"user_id": user, "department": "Ops"} for user in (EMAIL, USER)),
    )
    add(
        raw,
        "product_usage_daily",
        *(
            {"account_id": where, "usage_on": day, "user_id": user}
            | {"feature_key": "login", "event_count": "2"}
            for where in (account, "nobody")
            for user in (EMAIL, USER)
            for day in ("2024-06-03", "2024-06-04", "2024-07-01")
        ),
    )
    add(
        raw,
        "support_tickets",
        here
        | {"ticket_id": "tic-1", "user_id": USER, "created_at": "2024-06-05 09:00:00"}
        | {"priority": "high"},
    )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A small company with two snapshots: one shows personal data, one hides them."""
    home = tmp_path_factory.mktemp("erase")
    settings = Settings(warehouse=home / "warehouse", target_dir=home / "warehouse" / "target")
    made = generate(seed=5, accounts=8, months=12, out=home / "raw", dirt=False)
    usage = made.out / "product_usage_daily"
    duckdb.sql(f"copy (from '{usage}.parquet') to '{usage}.csv'")
    usage.with_suffix(".parquet").unlink()
    person_in(made.out)
    found = House(settings, made.out)
    plain = found.run("run", CS_PUBLISH_PII="1")
    assert plain.code == 0, plain.said
    hidden = found.run("publish")
    assert hidden.code == 0, hidden.said
    return found


def test_an_erased_person_is_gone_and_stays_gone(house: House) -> None:
    settings = house.settings
    log = settings.target_dir / "logs" / "dbt.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(f"a test failed for {EMAIL} and {NAME}\n")
    in_cron = settings.warehouse / "run.log"
    in_cron.write_text(f"2026-01-01 {CONTACT} is a duplicate\nanother line\n")
    before = house.marts()
    held = house.holding(*WORDS)
    for part in ("build.duckdb", "customer_success.duckdb", "dim_contacts.parquet", "run.log"):
        assert any(path.endswith(part) for path in held), part
    readers = duckdb.connect(str(settings.published / snapshot.DATABASE), read_only=True)
    counted = readers.execute("select count(*) from marts.dim_contacts").fetchone()
    commented = readers.execute(COMMENTS).fetchall()
    assert len(commented) > 500

    done = house.run("erase", "--contact", CONTACT, "--json")
    assert done.code == 0, done.said
    # A reader goes on with the old file; closed here, as DuckDB would hand it to the next one.
    assert readers.execute("select count(*) from marts.dim_contacts").fetchone() == counted
    readers.close()
    with duckdb.connect(str(settings.published / snapshot.DATABASE), read_only=True) as reader:
        assert reader.execute(COMMENTS).fetchall() == commented
    result = json.loads(done.out)
    assert (result["command"], result["outcome"]) == ("erase", "erased")
    assert not any(word in done.said for word in WORDS)
    # A namesake who is another contact keeps the name; nothing else holds it.
    left = house.holding(*WORDS)
    assert {word for words in left.values() for word in words} <= {NAME}
    assert not [path for path in left if path.endswith((".log", ".jsonl", "html"))], left
    assert house.marts() == before

    by_user = house.run("erase", "--user", USER, "--json")
    namesake = house.run("erase", "--contact", NAMESAKE, "--json")
    assert (by_user.code, namesake.code) == (0, 0), by_user.said + namesake.said
    assert house.holding(*WORDS, USER) == {}
    assert house.marts() == before
    published = house.run("publish")
    assert published.code == 0, f"an erased build is still the validated one: {published.said}"

    # The next extract brings them all back, and the files of the pipeline are damaged meanwhile.
    with settings.runs_file.open("a") as runs:
        runs.write(BAD_RUN)
    settings.state_file.write_text('{"build_id": 1}')
    settings.forecast_log(is_demo=False).write_bytes(b"\xff\xfe\x00 no log")
    add(
        house.raw,
        "crm_signals",
        {"account_id": "nobody", "signal_id": "sig-9", "note": f"{NAME} asks"},
    )
    again = house.run("run")
    assert again.code == 0, again.said
    assert house.holding(*WORDS, USER) == {}
    assert_same(house.marts(), before)
    for file in ("runs.jsonl", "build_state.json", "forecast_log.csv"):
        assert again.said.count(f"{settings.warehouse / file} ") == 1, (file, again.said)

    full = house.run("run", "--full-refresh")
    assert full.code == 0, full.said
    assert house.holding(*WORDS, USER) == {}
    assert_same(house.marts(), before)


def test_a_build_without_the_list_is_refused(house: House) -> None:
    content = house.settings.erased_file.read_text()
    try:
        for damaged in (content[:-30], "", "a,b\n", None):
            house.settings.erased_file.unlink(missing_ok=True)
            if damaged is not None:
                house.settings.erased_file.write_text(damaged)
            done = house.run("run")
            assert done.code == 2, done.said
            assert str(house.settings.erased_file) in done.said
            assert "Restore it from a backup" in done.said
    finally:
        house.settings.erased_file.write_text(content)


def test_what_the_list_says_of_a_person() -> None:
    listed = erased.ErasedList("0" * 64).adding([("contact", "c 1")])
    assert listed.pseudonym("contact", "c 1") != listed.pseudonym("user", "c 1")
    assert erased.mention(" Ada  (Quillfeather). ") == "ada quillfeather"
    assert erased.mention("<A.B@x.com>,") == "a.b@x.com"
    assert erased.mention("a b c d e") is None
    assert erased.mention("") is None
