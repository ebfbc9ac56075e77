"""What several tests share: one whole build of the demo company, with every test that dbt has."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from benchmarks.builds import PROJECT, environment_of

if TYPE_CHECKING:
    from bad_extracts import Built, Dirt
    from streamlit.testing.v1 import AppTest

PAGE_SECONDS = 60


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


@pytest.fixture(scope="session")
def published_demo(demo: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for readers of the demo company."""
    from published_company import publish

    home = tmp_path_factory.mktemp("published_demo")
    shutil.copy2(demo.home / "build.duckdb", home)
    return publish(home, demo.target, home / "readers", "demo")


@pytest.fixture(scope="session")
def published_few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for readers of a company without surveys, contacts and CSMs."""
    from published_company import built, few_feeds

    home = tmp_path_factory.mktemp("few")
    return built(home / "warehouse", few_feeds(home / "raw"))


@pytest.fixture(scope="session")
def published_two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for readers of a company of two tables."""
    from published_company import built, two_tables

    home = tmp_path_factory.mktemp("two")
    return built(home / "warehouse", two_tables(home / "raw"))


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Callable[..., "AppTest"]:
    """Run a page of the dashboard over a published folder, with filters of the URL."""
    from streamlit.testing.v1 import AppTest

    def run(published: Path, name: str, **parameters: str) -> AppTest:
        monkeypatch.setenv("CS_PUBLISHED_DIR", str(published))
        app = AppTest.from_file(str(PROJECT / "dashboard" / "app.py"), default_timeout=PAGE_SECONDS)
        app.run().switch_page(f"views/{name}.py")
        for key, value in parameters.items():
            app.query_params[key] = value
        return app.run()

    return run
