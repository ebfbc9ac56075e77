"""Commands as child processes, with what they took; a `dbt build` above all."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

from demo_company import DEFAULT_END

PROJECT = Path(__file__).resolve().parents[1]
# As docs/scheduling.md advises for a nightly run.
WITHOUT_UNIT_TESTS = ("--exclude-resource-type", "unit_test")
WITHOUT_TESTS = ("--exclude-resource-type", "test", "unit_test")
# Generated extracts hold plans beyond their end: they are read as on the day after it.
AS_THEY_ENDED = {"run_date": str(DEFAULT_END + timedelta(days=1))}

NAMED_INPUT = ("CS_RAW_PATH", "CS_POLICY_PATH", "CS_SOURCES")


@dataclass(frozen=True)
class Taken:
    """Seconds of wall time and of processor, and the most memory that the process held."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int

    def __str__(self) -> str:
        """In one line of fixed widths."""
        return (
            f"{self.seconds:8.1f} s, {self.cpu_seconds:7.1f} s of processor,"
            f" {self.peak_bytes / 2**30:5.2f} GiB at most"
        )


def build(home: Path, raw: Path | None, *options: str) -> Taken:
    """Build the demo, or a folder of extracts, parse included, all that it writes under `home`.

    Raises RuntimeError when the build fails; what it said is in the log.
    """
    return dbt(home, raw, "build", "--quiet", *options)


def dbt(home: Path, raw: Path | None, *arguments: str, target: str = "target") -> Taken:
    """A dbt command that writes under `home` alone, its artifacts into the folder `target`."""
    environment = environment_of(home)
    if raw is not None:
        environment["CS_RAW_PATH"] = str(raw)
        arguments += ("--vars", json.dumps(AS_THEY_ENDED))
    home.mkdir(parents=True, exist_ok=True)
    command = ["dbt.cli.main", *arguments, "--target-path", str(home / target)]
    return measured(command, home / "build.log", environment)


def environment_of(home: Path) -> dict[str, str]:
    """This process's environment, for a dbt that reads the demo and writes under `home` alone."""
    inherited = {k: v for k, v in os.environ.items() if k not in NAMED_INPUT}
    return inherited | {"CS_WAREHOUSE_DIR": str(home), "DBT_LOG_PATH": str(home / "logs")}


def measured(command: Sequence[str], log: Path, environment: dict[str, str] | None = None) -> Taken:
    """Run `python -m` with a command in the project; what it prints goes to the log.

    Raises RuntimeError when it fails.
    """
    # From a fresh process: of a child the system tells at least the most that its parent ever held.
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as fresh:
        return fresh.submit(_run, command, log, environment).result()


def _run(command: Sequence[str], log: Path, environment: dict[str, str] | None) -> Taken:
    begun = time.perf_counter()
    with log.open("w") as output:
        child = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=PROJECT,
            env=environment,
            stdout=output,
            stderr=output,
        )
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    taken = Taken(
        seconds=time.perf_counter() - begun,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        # Kilobytes on Linux, bytes on macOS.
        peak_bytes=usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
    )
    if child.returncode:
        raise RuntimeError(f"{command[0]} ended with {child.returncode}; see {log}")
    return taken
