"""The dashboard in Debian's Chromium: a server of one published folder, and its whole pages."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tools.exposures import PROJECT

# Nothing but pages: no sandbox in a container, and no request of the browser's own.
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 120
PAGE_SECONDS = 120
HEIGHT = 900
# A run of the page's script is over, and each chart has its marks.
IS_WHOLE = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const charts = [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')];
    return app && app.dataset.testScriptState === 'notRunning'
        && document.querySelector('[data-testid="stMain"] h1')
        && !document.querySelector('[data-testid="stSkeleton"]')
        && charts.every(chart => chart.querySelector('canvas, svg'));
}"""


class ChromiumMissingError(Exception):
    """No Chromium can be started. The text says how to install one."""


def chromium() -> str:
    """The path of Chromium: CS_CHROMIUM, else that of Debian's package.

    Raises ChromiumMissingError where there is none.
    """
    found = os.environ.get("CS_CHROMIUM") or shutil.which("chromium")
    if not found or not Path(found).exists():
        raise ChromiumMissingError(
            "Chromium is missing. Install it with `apt-get install chromium`, "
            "or set CS_CHROMIUM to the path of yours."
        )
    return found


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def served(published: Path, **environment: str) -> Iterator[str]:
    """Serve a folder of readers, and yield the dashboard's address.

    Raises RuntimeError when the server does not start, with what it said.
    """
    port = environment.get("CS_DASHBOARD_PORT") or str(free_port())
    given = {"CS_PUBLISHED_DIR": str(published), "CS_DASHBOARD_PORT": port} | environment
    server = subprocess.Popen(
        [sys.executable, "-m", "dashboard"],
        cwd=PROJECT,
        env=os.environ | given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(address: str, server: subprocess.Popen) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        if server.poll() is not None:
            said = server.stdout.read() if server.stdout else ""
            raise RuntimeError(f"The dashboard ended with {server.returncode}: {said}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise RuntimeError(f"The dashboard did not answer on {address} within {START_SECONDS} s.")


@contextmanager
def browsing() -> Iterator[Browser]:
    """A headless Chromium. Raises ChromiumMissingError where there is none."""
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        try:
            yield browser
        finally:
            browser.close()


def open_page(page: Page, address: str) -> float:
    """Open an address and wait until the page is whole; returns the seconds that it took."""
    begun = time.monotonic()
    page.goto(address)
    wait_until_whole(page)
    return time.monotonic() - begun


def wait_until_whole(page: Page) -> None:
    """Wait until the script of the page has run and its charts are drawn."""
    page.wait_for_function(IS_WHOLE, timeout=PAGE_SECONDS * 1000)


def show_whole(page: Page) -> None:
    """Make the window as high as the page, since Streamlit scrolls inside of it."""
    high = page.evaluate(
        """() => Math.max(...['stMain', 'stMainBlockContainer'].map(name =>
            document.querySelector(`[data-testid="${name}"]`)?.scrollHeight ?? 0))"""
    )
    width = (page.viewport_size or {"width": 1280})["width"]
    page.set_viewport_size({"width": width, "height": max(int(high), HEIGHT)})
    page.wait_for_timeout(500)
    wait_until_whole(page)
