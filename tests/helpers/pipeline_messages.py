"""What `python -m pipeline` says when it refuses: each refusal brought about on a small company."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from small_company import ORDINARY, make_build

from benchmarks.builds import PROJECT
from pipeline.lock import held
from pipeline.settings import Settings

# Parts of a message that differ from run to run.
VARYING = (
    (re.compile(r"\d{8}T\d{6}-\d{6}"), "20260101T000000-000001"),
    (re.compile(r"(?m)^\d{4}-\d{2}-\d{2}T[\d:]{8}\+00:00 "), ""),
    (re.compile(r"\d{4}-\d{2}-\d{2}T[\d:]{8}\+00:00"), "2026-01-01T00:00:00"),
    (re.compile(r"\(process \d+ on [^,]+,"), "(process 4711 on host,"),
    # A status names each table of the demo and the time of day.
    (re.compile(r"(?m)^(rows|last run|published) .*\n"), ""),
)


@dataclass(frozen=True)
class Refusal:
    """A command, and what was done to the warehouse before it."""

    title: str
    words: tuple[str, ...]
    before: Callable[[Settings], None] = lambda settings: None


def _no_build(settings: Settings) -> None:
    shutil.rmtree(settings.warehouse)
    settings.warehouse.mkdir(mode=0o700)


def _changed_by_hand(settings: Settings) -> None:
    with settings.build_file.open("ab") as build:
        build.write(b"x")


def _folder_for_symlink(settings: Settings) -> None:
    settings.published.unlink()
    settings.published.mkdir()


def _symlink_to_nothing(settings: Settings) -> None:
    settings.published.unlink()
    settings.published.symlink_to("snapshots/gone")


def _another_ledger(settings: Settings) -> None:
    mrr = list(ORDINARY.mrr["e"])
    mrr[4] += 100
    make_build(settings, ORDINARY.with_mrr(e=mrr), build_id="later")


def _damage(*names: str) -> Callable[[Settings], None]:
    def damage(settings: Settings) -> None:
        for name in names:
            (settings.warehouse / name).write_bytes(b"\xff\xfe\x00")

    return damage


REFUSALS = (
    Refusal("A person is to be erased, and nobody is named", ("erase",)),
    Refusal("--vars is not YAML", ("run", "--vars", "{as_of_date")),
    Refusal("There is no build to publish", ("publish",), _no_build),
    Refusal("The build changed after it was validated", ("publish",), _changed_by_hand),
    Refusal("A publish would change complete months", ("publish",), _another_ledger),
    Refusal("A folder stands where the symlink should be", ("publish",), _folder_for_symlink),
    Refusal("The symlink leads nowhere", ("publish",), _symlink_to_nothing),
    Refusal("There is no earlier snapshot", ("rollback",)),
    Refusal("A snapshot of that name is not there", ("rollback", "--to", "last-week")),
    Refusal("A preview has nothing to compare with", ("preview",), _no_build),
    Refusal(
        "Nothing is published that could go to a CRM",
        ("export", "crm", "--system", "hubspot"),
        _no_build,
    ),
    Refusal("There is no build to fit weights to", ("calibrate",), _no_build),
    Refusal("The list of erased people is damaged", ("run",), _damage("erased.csv")),
    Refusal(
        "Files of the pipeline are damaged",
        ("status",),
        _damage("runs.jsonl", "forecast_log_demo.csv", "pii.key", "build_state.json"),
    ),
)


def pipeline_messages(home: Path) -> dict[str, list[str]]:
    """What each refused command says, and its exit code, by what went wrong."""
    template = Settings(warehouse=home / "template" / "warehouse", target_dir=home / "target")
    make_build(template, ORDINARY)
    _say(template, ("publish",))
    said = {}
    for number, refusal in enumerate(REFUSALS):
        folder = home / str(number)
        shutil.copytree(template.warehouse.parent, folder, symlinks=True)
        settings = Settings(warehouse=folder / "warehouse", target_dir=home / "target")
        refusal.before(settings)
        said[refusal.title] = _say(settings, refusal.words)
    with held(template.lock_file, "run"):
        said["Another run holds the warehouse"] = _say(template, ("publish",))
    return said


def _say(settings: Settings, words: tuple[str, ...]) -> list[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CS_", "DBT_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *words],
        cwd=PROJECT,
        env=environment
        | {
            "CS_WAREHOUSE_DIR": str(settings.warehouse),
            "DBT_TARGET_PATH": str(settings.target_dir),
            "DBT_LOG_PATH": str(settings.warehouse / "logs"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    text = (done.stdout + done.stderr).replace(str(settings.warehouse), "warehouse")
    for pattern, plain in VARYING:
        text = pattern.sub(plain, text)
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    return [f"$ python -m pipeline {' '.join(words)}", *lines, f"exit code {done.returncode}"]
