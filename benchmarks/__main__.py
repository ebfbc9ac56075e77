"""`python -m benchmarks`: what a build takes, where it goes, and what of it is dbt's own."""

import json
import shutil
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import click
import duckdb

from benchmarks.builds import Taken, build
from benchmarks.compiled import Compiled
from benchmarks.domains import Domain, slowest, spent, table_rows
from benchmarks.sizes import SIZES

SLOWEST_SHOWN = 10


@click.command()
@click.option("--size", type=click.Choice(list(SIZES)), default="demo", show_default=True)
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to work in and to keep, its raw data for the next time; else a temporary one.",
)
def main(size: str, home: Path | None) -> None:
    """Measure a build of the demo company, or of a larger one."""
    with ExitStack() as stack:
        if home is None:
            home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="benchmark-")))
        raw = _raw(size, home)
        warehouse = home / "warehouse"
        shutil.rmtree(warehouse, ignore_errors=True)
        click.echo(f"size {size}")
        first = build(warehouse, raw)
        _tell_taken("first build", first)
        results = json.loads((warehouse / "target" / "run_results.json").read_text())["results"]
        kinds = Counter(result["unique_id"].split(".")[0] for result in results)
        told = ", ".join(f"{count} {kind}s" for kind, count in sorted(kinds.items()))
        click.echo(f"  {len(results)} nodes: {told}")
        _tell_domains(spent(warehouse / "target", table_rows(warehouse / "build.duckdb")))
        for name, seconds in slowest(warehouse / "target", SLOWEST_SHOWN):
            click.echo(f"  {seconds:8.2f} s  {name}")
        models = [r["unique_id"].split(".")[2] for r in results if r["unique_id"][:6] == "model."]
        compiled = Compiled(warehouse / "target" / "manifest.json", models)
        _tell_taken("next build, nothing new", build(warehouse, raw))
        alone = _sql_alone(compiled, warehouse)
        ratio = first.seconds / alone
        click.echo(
            f"the first build's SQL alone {alone:7.1f} s; ratio of the build to it {ratio:.1f}"
        )


def _raw(size: str, home: Path) -> Path | None:
    """The raw data to build from, made where they are not there yet; None for the demo."""
    company = SIZES[size]
    if company is None:
        return None
    raw = home / f"raw-{size}"
    if not raw.exists():
        making = home / "making"
        shutil.rmtree(making, ignore_errors=True)
        company.make(making)
        making.rename(raw)
    return raw


def _sql_alone(compiled: Compiled, warehouse: Path) -> float:
    """Seconds that the SQL takes without dbt."""
    with duckdb.connect(str(warehouse / "build.duckdb"), config={"threads": 2}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        begun = time.perf_counter()
        compiled.run(connection)
        return time.perf_counter() - begun


def _tell_taken(what: str, taken: Taken) -> None:
    click.echo(
        f"{what:<26} {taken.seconds:8.1f} s, {taken.cpu_seconds:.1f} s of processor,"
        f" {taken.peak_bytes / 2**30:.2f} GiB at most"
    )


def _tell_domains(domains: dict[str, Domain]) -> None:
    """The seconds of nodes add up to more than the build's: two run side by side."""
    click.echo(f"  {'domain':<14} {'models':>8} {'tests':>8}    rows of its largest tables")
    for name, domain in domains.items():
        largest = ", ".join(f"{table} {rows:,}" for table, rows in domain.largest)
        click.echo(f"  {name:<14} {domain.models:6.1f} s {domain.tests:6.1f} s    {largest}")


if __name__ == "__main__":
    main()
