"""The dashboard while snapshots are published, missing or broken, and where it listens."""

import socket
import time
from pathlib import Path

import pytest
from watching import ERRORS, flaws, pick, watch

from pipeline import snapshot
from pipeline.settings import Settings
from tools.browser import free_port, open_page, served, wait_until_whole

PUBLISHES = 20
FOLLOWS_WITHIN = 60


def shown_run(page):
    """The run that the sidebar names."""
    text = page.locator('[data-testid="stSidebar"]').inner_text()
    return next(name for name in ("first", "second") if f"Run {name}" in text)


def test_the_open_app_survives_publishes_and_follows_them(two_snapshots, window):
    settings = Settings(
        warehouse=two_snapshots, target_dir=two_snapshots, published_dir=two_snapshots
    )
    snapshot.swap(settings, "first")
    seen = watch(window)
    with served(two_snapshots) as address:
        open_page(window, f"{address}/portfolio")
        assert shown_run(window) == "first"
        for publish in range(PUBLISHES):
            run = "second" if publish % 2 == 0 else "first"
            snapshot.swap(settings, run)
            if publish % 4 == 3:
                # A click in between, in the middle of publishes.
                pick(
                    window, "Direction of the latest changes", "Up" if publish % 8 == 3 else "Down"
                )
                wait_until_whole(window)
                assert shown_run(window) == run
            time.sleep(0.3)
        assert flaws(window, seen) == []
        before = shown_run(window)
        snapshot.swap(settings, "second" if before == "first" else "first")
        window.wait_for_function(
            f"""() => !document.querySelector('[data-testid="stSidebar"]')
                .innerText.includes('Run {before}')""",
            timeout=FOLLOWS_WITHIN * 1000,
        )
        wait_until_whole(window)
        assert shown_run(window) != before
        assert flaws(window, seen) == []


@pytest.mark.parametrize("content", [None, b"", b"no database"], ids=["missing", "empty", "broken"])
def test_without_a_good_snapshot_there_is_a_message(tmp_path, window, content):
    if content is not None:
        folder = tmp_path / "snapshots" / "broken"
        folder.mkdir(parents=True)
        (folder / snapshot.DATABASE).write_bytes(content)
        (tmp_path / "published").symlink_to(Path("snapshots") / "broken")
    with served(tmp_path) as address:
        window.goto(f"{address}/portfolio")
        window.wait_for_selector(ERRORS)
        text = window.locator('[data-testid="stMain"]').inner_text()
    assert ("Nothing is published" if content is None else "cannot be read") in text
    assert "make build" in text
    assert "Traceback" not in text
    assert window.locator('[data-testid="stException"]').count() == 0


def answers(host, port):
    """Whether somebody listens on this address."""
    try:
        socket.create_connection((host, int(port)), timeout=5).close()
    except OSError:
        return False
    return True


# Linux routes all of 127.0.0.0/8 to itself: a server on every address answers there too.
@pytest.mark.parametrize("configured", [None, "0.0.0.0"])
def test_server_listens_on_this_machine_alone_unless_configured(published, configured):
    port = str(free_port())
    given = {"CS_DASHBOARD_ADDRESS": configured} if configured else {}
    with served(published, CS_DASHBOARD_PORT=port, **given):
        assert answers("127.0.0.1", port)
        assert answers("127.0.0.2", port) == (configured is not None)
