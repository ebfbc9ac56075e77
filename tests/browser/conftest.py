"""A browser, and the dashboard over the demo. Without Chromium the run says how to install it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page

from pipeline.settings import Settings
from pipeline.snapshot import DATABASE
from tools.browser import HEIGHT, ChromiumMissingError, browsing, served


def is_demo(folder: Path) -> bool:
    """Whether the demo is published in a folder of readers."""
    path = folder / "published" / DATABASE
    if not path.is_file():
        return False
    with duckdb.connect(str(path), read_only=True) as connection:
        [(source,)] = connection.execute(
            "select raw_source from quality.runs order by started_at desc limit 1"
        ).fetchall()
    return source == "demo"


@pytest.fixture(scope="session")
def published(request: pytest.FixtureRequest) -> Path:
    """The demo as `make build` published it, else one that is built here."""
    folder = Settings.from_environment(os.environ).readers_folder
    return folder if is_demo(folder) else request.getfixturevalue("published_demo")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    try:
        with browsing() as found:
            yield found
    except ChromiumMissingError as error:
        pytest.exit(str(error), returncode=1)


@pytest.fixture(scope="session")
def address(published: Path) -> Iterator[str]:
    """The dashboard over the demo."""
    with served(published) as found:
        yield found


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """A window of the usual width."""
    page = browser.new_page(viewport={"width": 1280, "height": HEIGHT})
    yield page
    page.close()


@pytest.fixture
def two_snapshots(published: Path, tmp_path: Path) -> Path:
    """A folder of readers with the runs `first` and `second`, neither published yet."""
    for run_id in ("first", "second"):
        folder = tmp_path / "snapshots" / run_id
        shutil.copytree((published / "published").resolve(), folder)
        path = folder / DATABASE
        path.chmod(0o600)
        with duckdb.connect(str(path)) as connection:
            latest = "(select max(started_at) from quality.runs)"
            connection.execute(
                f"update quality.runs set run_id = ? where started_at = {latest}", [run_id]
            )
    return tmp_path
