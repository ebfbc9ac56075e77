"""A `dbt build` as a child process, with what it took."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Taken:
    """Seconds of wall time and of processor, and the most memory that the process held."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int


def build(home: Path, raw: Path | None) -> Taken:
    """Build the demo, or a folder of extracts, parse included, all that it writes under `home`.

    Raises RuntimeError when the build fails; what it said is in the log.
    """
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("CS_RAW_PATH", "CS_POLICY_PATH")
    }
    environment |= {"CS_WAREHOUSE_DIR": str(home), "DBT_LOG_PATH": str(home / "logs")}
    if raw is not None:
        environment["CS_RAW_PATH"] = str(raw)
    command = [sys.executable, "-m", "dbt.cli.main", "build", "--quiet"]
    command += ["--target-path", str(home / "target")]
    home.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()
    with (home / "build.log").open("w") as log:
        child = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    taken = Taken(
        seconds=time.perf_counter() - begun,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        # Kilobytes on Linux, bytes on macOS.
        peak_bytes=usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
    )
    if child.returncode:
        raise RuntimeError(f"dbt build ended with {child.returncode}; see {home / 'build.log'}")
    return taken
