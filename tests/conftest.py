"""What several tests share: one whole build of the demo company, with every test that dbt has."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from benchmarks.builds import PROJECT, environment_of

if TYPE_CHECKING:
    from bad_extracts import Built, Dirt


@dataclass(frozen=True)
class Build:
    """A finished `dbt build`."""

    home: Path
    target: Path
    output: str
    returncode: int

    @property
    def manifest(self) -> dict[str, Any]:
        """The project as dbt parsed it."""
        return json.loads((self.target / "manifest.json").read_text())

    @property
    def results(self) -> list[dict[str, Any]]:
        """What became of each node."""
        return json.loads((self.target / "run_results.json").read_text())["results"]


def dbt(command: str, home: Path, *arguments: str, **environment: str) -> Build:
    """Run a dbt command on the project, all that it writes under `home`."""
    target = home / "target"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "dbt.cli.main",
            "--no-use-colors",
            command,
            "--target-path",
            str(target),
            *arguments,
        ],
        cwd=PROJECT,
        env=environment_of(home) | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return Build(home, target, done.stdout + done.stderr, done.returncode)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The demo company, built and tested as `dbt build` does on a fresh clone."""
    return dbt("build", tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def marts(demo: Build) -> Iterator[duckdb.DuckDBPyConnection]:
    """The demo's build file, to read."""
    with duckdb.connect(str(demo.home / "build.duckdb"), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def dirty() -> dict[str, "Dirt"]:
    """Rows with every fault that the contract knows, by table."""
    from bad_extracts import dirty_tables

    return dirty_tables()


@pytest.fixture(scope="session")
def dirty_build(dirty: dict[str, "Dirt"], tmp_path_factory: pytest.TempPathFactory) -> "Built":
    """A whole build of those rows."""
    from bad_extracts import company_in
    from raw_folder import write_folder

    company = company_in(tmp_path_factory.mktemp("dirty"))
    write_folder(company.raw, {name: [row for _, row in d.rows] for name, d in dirty.items()})
    return company.build()
