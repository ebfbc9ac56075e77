"""`python -m benchmarks.pages`: how long a warm page of the dashboard takes, without a browser."""

import os
import statistics
import time
from pathlib import Path

import click
from streamlit.testing.v1 import AppTest

from benchmarks.builds import PROJECT
from pipeline.settings import Settings
from tools.exposures import titles

RUNS = 4
LIMIT_SECONDS = 120


@click.command()
@click.option("--published-dir", type=click.Path(path_type=Path), help="Folder of `published`.")
def main(published_dir: Path | None) -> None:
    """Run each page of the dashboard over a published warehouse, once cold and then warm."""
    if published_dir is not None:
        os.environ["CS_PUBLISHED_DIR"] = str(published_dir.resolve())
    click.echo(f"published: {Settings.from_environment(os.environ).published.resolve()}")
    for name in titles():
        cold, *warm = seconds(name)
        wall, processor = zip(*warm, strict=True)
        click.echo(
            f"{name:<12} warm {min(wall):5.2f} s at least, {statistics.median(wall):5.2f} s as the"
            f" median, {min(processor):5.2f} s of processor; cold {cold[0]:5.2f} s"
        )


def seconds(name: str) -> list[tuple[float, float]]:
    """Seconds of wall time and of processor of a page's first run, and of those after it.

    Raises RuntimeError for a page with an exception or an error box.
    """
    app = AppTest.from_file(
        str(PROJECT / "dashboard" / "app.py"), default_timeout=LIMIT_SECONDS
    ).run()
    app.switch_page(f"views/{name}.py")
    taken = []
    for _ in range(1 + RUNS):
        begun, used = time.perf_counter(), time.process_time()
        app.run()
        taken.append((time.perf_counter() - begun, time.process_time() - used))
        if app.exception or app.error:
            raise RuntimeError(f"{name}: {[*app.exception, *app.error]}")
    return taken


if __name__ == "__main__":
    main()
