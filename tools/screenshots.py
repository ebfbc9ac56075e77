"""`python -m tools.screenshots`: pictures of every page of the dashboard, at two widths."""

import os
import sys
from pathlib import Path

from pipeline.settings import Settings
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
            for name in titles():
                page.set_viewport_size({"width": width, "height": HEIGHT})
                open_page(page, f"{address}/{name}")
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
        written = take(settings.readers_folder, settings.warehouse / FOLDER)
    except ChromiumMissingError as error:
        print(error, file=sys.stderr)
        return 1
    for path in written:
        print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
