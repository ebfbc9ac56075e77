"""`python -m tools.screenshots`: pictures of every page of the dashboard, at two widths.

With `--docs` it writes the first screens that README shows instead.
"""

import os
import sys
from pathlib import Path

import duckdb

from pipeline.settings import PROJECT_DIR, Settings
from tools.browser import (
    HEIGHT,
    ChromiumMissingError,
    browsing,
    open_page,
    served,
    show_whole,
)
from tools.exposures import titles

WIDTHS = (1280, 390)
FOLDER = "screenshots"
# The pages that README shows.
SHOWN = ("revenue", "account")


def addresses(published: Path) -> dict[str, str]:
    """The address of each page by its name. The page of one account shows the largest."""
    file = published / "published" / "customer_success.duckdb"
    with duckdb.connect(str(file), read_only=True) as connection:
        largest = connection.execute(
            "select account_id from marts.dim_accounts order by arr desc, account_id limit 1"
        ).fetchone()
    found = {name: name for name in titles()}
    if largest:
        found["account"] += f"?account={largest[0]}"
    return found


def take_first_screens(published: Path, folder: Path) -> list[Path]:
    """Write the first screens of the pages that README shows, and return their paths."""
    written = []
    with served(published) as address, browsing() as browser:
        page = browser.new_page(viewport={"width": WIDTHS[0], "height": HEIGHT})
        for name in SHOWN:
            open_page(page, f"{address}/{addresses(published)[name]}")
            page.wait_for_timeout(1000)
            path = folder / f"dashboard-{name}.png"
            page.screenshot(path=str(path))
            written.append(path)
    return written


def take(published: Path, folder: Path) -> list[Path]:
    """Write a picture of each page and width into the folder, and return their paths.

    `published` is the folder that holds the symlink `published`. The sidebar is shut at the small
    width, as it is on a phone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with served(published) as address, browsing() as browser:
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": HEIGHT})
            for name, where in addresses(published).items():
                page.set_viewport_size({"width": width, "height": HEIGHT})
                open_page(page, f"{address}/{where}")
                show_whole(page)
                path = folder / f"{name}-{width}.png"
                page.screenshot(path=str(path))
                written.append(path)
            page.close()
    return written


def main() -> int:
    """Write the pictures of the published warehouse, and name them."""
    settings = Settings.from_environment(os.environ)
    if not settings.published.exists():
        print("Nothing is published yet. Run `make build` first.", file=sys.stderr)
        return 1
    try:
        if sys.argv[1:] == ["--docs"]:
            written = take_first_screens(settings.readers_folder, PROJECT_DIR / "docs")
        else:
            written = take(settings.readers_folder, settings.warehouse / FOLDER)
    except ChromiumMissingError as error:
        print(error, file=sys.stderr)
        return 1
    for path in written:
        print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
