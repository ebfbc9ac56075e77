"""`python -m pipeline sources`: what loaders left, in the words of the check before a build."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import dbt
from connected import write_tables

from pipeline.settings import PROJECT_DIR
from pipeline.sources import NO_SOURCES, Object, Sources, System

SYNCED = "2025-06-30 10:00:00+00:00"
TICKETS = [
    {
        "id": str(number),
        "organization_id": "7",
        "status": "open",
        "created_at": "2025-06-01 09:00:00",
        "_fivetran_synced": SYNCED,
    }
    for number in range(3)
]
OWN = {
    "crm_accounts": [{"account_id": "a", "account_name": "A", "created_at": "2024-01-01"}],
    "billing_subscriptions": [
        {
            "subscription_id": "s",
            "account_id": "a",
            "started_on": "2024-01-01",
            "mrr_amount": "10",
            "currency": "USD",
        }
    ],
}


def sources(home: Path, *words: str) -> tuple[int, dict, str]:
    """The exit code, the JSON document and the messages of the command."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "sources", "--json", *words],
        cwd=PROJECT_DIR,
        env=os.environ
        | {"CS_WAREHOUSE_DIR": str(home / "warehouse"), "DBT_TARGET_PATH": str(home / "target")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, json.loads(done.stdout), done.stderr


def test_without_a_named_source_the_command_says_so(tmp_path: Path) -> None:
    code, found, _ = sources(tmp_path)
    assert (code, found["systems"], found["message"]) == (0, [], NO_SOURCES)
    assert list(Sources().lines()) == [NO_SOURCES]
    assert not (tmp_path / "warehouse").exists()


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict, str]:
    """The report on a system with one object, beside the company's own tables."""
    home = tmp_path_factory.mktemp("reported")
    place = write_tables(home / "zendesk", {"tickets": TICKETS})
    raw = write_tables(home / "raw", OWN)
    return sources(home, "--sources", f"zendesk={place}", "--raw-path", str(raw))


def test_objects_are_found_counted_and_dated(reported: tuple[int, dict, str]) -> None:
    code, found, said = reported
    assert code == 0, said
    (system,) = found["systems"]
    assert system["newest_loaded_at"] == "2025-06-30T10:00:00"
    by_name = {each["object"]: each for each in system["objects"]}
    assert by_name["ticket"]["table"] == "tickets"
    assert by_name["ticket"]["rows"] == 3
    assert by_name["ticket_comment"]["table"] is None
    assert by_name["ticket_comment"]["words"] in found["warnings"]
    assert found["missing"] == []


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, tuple[int, dict, str]]:
    """The report on a system without a required column."""
    home = tmp_path_factory.mktemp("broken")
    rows = [{key: row[key] for key in row if key != "created_at"} for row in TICKETS]
    place = write_tables(home / "zendesk", {"tickets": rows})
    raw = write_tables(home / "raw", OWN)
    return home, place, sources(home, "--sources", f"zendesk={place}", "--raw-path", str(raw))


def test_what_is_missing_is_one_message_and_exit_code_2(broken) -> None:
    _, _, (code, found, said) = broken
    assert code == 2
    assert found["outcome"] == "bad_input"
    (missing,) = found["missing"]
    assert missing.startswith("zendesk.ticket (table tickets) has no column created_at")
    assert missing in found["message"]
    assert "1 of" in said  # the report comes first


def test_the_check_before_a_build_says_the_same(broken) -> None:
    home, place, (_, found, _) = broken
    given = json.dumps({"sources": {"zendesk": str(place)}, "raw_path": str(home / "raw")})
    checked = dbt("run-operation", home, "check_sources", "--vars", given)
    assert checked.returncode != 0
    for words in [*found["warnings"], *found["missing"]]:
        assert words in checked.output
    assert f"Sources: zendesk in {place}: 1 object found: ticket (table tickets)" in checked.output


def test_lines_of_a_report() -> None:
    objects = (
        Object("subscription", "subs", True, "subscription (table subs)", 4, "2025-06-30T10:00:00"),
        Object("tier", None, False, "stripe has no tier: tiered prices have no amount"),
        Object("customer", None, True, "stripe has no customer"),
    )
    report = Sources(
        (System("stripe", "raw_stripe", objects),),
        ("stripe has no tier: tiered prices have no amount", "hubspot is not read."),
        ("stripe has no customer",),
    )
    first, *rest = report.lines()
    assert first.startswith("stripe       raw_stripe: 1 of 3 objects, 4 rows, newest row ")
    assert rest == [
        "  found      subscription (table subs): 4 rows",
        "  absent     stripe has no tier: tiered prices have no amount",
        "  missing    stripe has no customer",
        "warning      hubspot is not read.",
    ]


def test_a_place_without_any_object_is_one_line() -> None:
    """A wrong folder would otherwise be a list of all that a system may have."""
    objects = tuple(
        Object(name, None, required, f"zendesk has no {name}")
        for name, required in (("ticket", True), ("user", False))
    )
    (line,) = Sources((System("zendesk", "/data/none", objects),)).lines()
    assert "/data/none: none of its 2 objects is there." in line
