"""`python -m benchmarks`: what a build takes, where it goes, and what else could be had for it."""

import json
import shutil
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import click
import duckdb

from benchmarks import reading
from benchmarks.beside import has_polars, has_spark, run_bare, run_polars, run_spark
from benchmarks.builds import WITHOUT_TESTS, WITHOUT_UNIT_TESTS, build, dbt
from benchmarks.compiled import Compiled
from benchmarks.days import lay_out_day_before, lay_out_last_day
from benchmarks.domains import Domain, by_layer, slowest, spent, table_rows
from benchmarks.sizes import SIZES
from pipeline.settings import Settings

SLOWEST_SHOWN = 10
SETTINGS = {
    "threads": 2,
    "memory_limit": Settings.memory_limit,
    "preserve_insertion_order": False,
}


@click.command()
@click.option("--size", type=click.Choice(list(SIZES)), default="demo", show_default=True)
@click.option("--events", type=click.IntRange(min=1), help="So many, not the size's number.")
@click.option("--months", type=click.IntRange(min=2), help="So many, not the size's number.")
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to work in and to keep, its raw data for the next time; else a temporary one.",
)
def main(size: str, events: int | None, months: int | None, home: Path | None) -> None:
    """Measure a build of the demo company, or of a larger one and what stands beside it."""
    with ExitStack() as stack:
        if home is None:
            home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="benchmark-")))
        raw = _raw(size, events, months, home)
        extracts = None
        if raw is not None:
            extracts = home / "extracts"
            lay_out_day_before(raw, extracts)
        warehouse = home / "warehouse"
        build_file, target = warehouse / "build.duckdb", warehouse / "target"
        shutil.rmtree(warehouse, ignore_errors=True)
        click.echo(f"size {size}")

        first = build(warehouse, extracts)
        click.echo(f"full build                {first}")
        results = json.loads((target / "run_results.json").read_text())["results"]
        models = [r["unique_id"].split(".")[2] for r in results if r["unique_id"][:6] == "model."]
        _tell_nodes(target, build_file)
        everything = Compiled(target / "manifest.json", models)
        _tell_reading(home, extracts, warehouse)
        if extracts is not None:
            _tell_rows(build_file)
            _tell_beside(home, extracts, warehouse)
            lay_out_last_day(raw, extracts)
            daily = build(warehouse, extracts, *WITHOUT_UNIT_TESTS)
            click.echo(f"daily run, the last day   {daily}")
            click.echo(f"  {daily.seconds / first.seconds:.0%} of the full build; no unit tests")
            _tell_layers(target)
            _tell_slowest(target)
        if raw is not None and SIZES[size].is_for_local_spark:
            _tell_spark(home, raw)
        alone = _sql_alone(everything, build_file)
        ratio = first.seconds / alone
        click.echo(f"the full build's SQL alone {alone:.1f} s; the build is {ratio:.1f} of it")


def _raw(size: str, events: int | None, months: int | None, home: Path) -> Path | None:
    """The raw data to build from, made where they are not there yet; None for the demo."""
    company = SIZES[size]
    if company is None:
        return None
    company = replace(company, events=events or company.events, months=months or company.months)
    raw = home / f"raw-{size}-{company.events}-{company.months}"
    if not raw.exists():
        making = home / "making"
        shutil.rmtree(making, ignore_errors=True)
        begun = time.perf_counter()
        company.make(making)
        making.rename(raw)
        click.echo(f"raw data made in {time.perf_counter() - begun:.0f} s")
    return raw


def _sql_alone(compiled: Compiled, build_file: Path) -> float:
    """Seconds that SQL takes without dbt, on a copy, since the daily run continues the build."""
    copy = build_file.with_name("alone.duckdb")
    shutil.copy(build_file, copy)
    # Under the name that the SQL calls it by.
    with duckdb.connect(config=SETTINGS) as connection:
        connection.execute(f"attach '{copy}' as {build_file.stem}")
        connection.execute(f"use {build_file.stem}")
        connection.execute("set TimeZone = 'UTC'")
        begun = time.perf_counter()
        compiled.run(connection)
        seconds = time.perf_counter() - begun
    copy.unlink()
    return seconds


def _tell_nodes(target: Path, build_file: Path) -> None:
    results = json.loads((target / "run_results.json").read_text())["results"]
    kinds = Counter(result["unique_id"].split(".")[0] for result in results)
    click.echo(
        f"  {len(results)} nodes: "
        + ", ".join(f"{count} {kind}s" for kind, count in sorted(kinds.items()))
    )
    # The seconds of nodes add up to more than the build's: two run side by side.
    _tell_layers(target)
    _tell_domains(spent(target, table_rows(build_file)))
    _tell_slowest(target)


def _tell_slowest(target: Path) -> None:
    for name, seconds in slowest(target, SLOWEST_SHOWN):
        click.echo(f"  {seconds:8.2f} s  {name}")


def _tell_layers(target: Path) -> None:
    layers = by_layer(target).items()
    click.echo("  " + ", ".join(f"{layer} {seconds:.1f} s" for layer, seconds in layers))


def _tell_domains(domains: dict[str, Domain]) -> None:
    click.echo(f"  {'domain':<14} {'models':>8} {'tests':>8}    rows of its largest tables")
    for name, domain in domains.items():
        largest = ", ".join(f"{table} {rows:,}" for table, rows in domain.largest)
        click.echo(f"  {name:<14} {domain.models:6.1f} s {domain.tests:6.1f} s    {largest}")


def _tell_rows(build_file: Path) -> None:
    with duckdb.connect(str(build_file), read_only=True) as connection:
        raw_rows, accounts = connection.sql(
            "select (select sum(raw_rows) from staging.base_product__rows_counted),"
            " (select count(*) from marts.dim_accounts)"
        ).fetchall()[0]
    click.echo(f"{raw_rows:,} events of {accounts:,} accounts")


def _tell_beside(home: Path, raw: Path, warehouse: Path) -> None:
    build_file, manifest = warehouse / "build.duckdb", warehouse / "target" / "manifest.json"
    bare = run_bare(home, raw, build_file)
    click.echo(f"bare DuckDB's roll-up     {bare}")
    roll_up = Compiled(manifest, ["base_product__usage_rolled_up"])
    click.echo(f"  the warehouse's, with what it rests on {_sql_alone(roll_up, build_file):.1f} s")
    if has_polars():
        click.echo(f"the same roll-up in Polars {run_polars(home, raw, build_file)}")
    else:
        click.echo("Polars is not installed (requirements-bench.txt): nothing to compare with.")


def _tell_spark(home: Path, raw: Path) -> None:
    if not has_spark():
        click.echo("Spark is not installed (requirements-spark.txt): nothing to compare with.")
        return
    models = home / "models"
    shutil.rmtree(models, ignore_errors=True)
    spark, duck = run_spark(home, raw), build(models, raw, *WITHOUT_TESTS)
    click.echo(
        f"dbt on local Spark        {spark['build']:8.1f} s, and {spark['load']:.1f} s to load;"
        f" the same models on DuckDB {duck.seconds:.1f} s"
    )


def _tell_reading(home: Path, raw: Path | None, warehouse: Path) -> None:
    snapshot = home / "snapshot"
    shutil.rmtree(snapshot, ignore_errors=True)
    begun = time.perf_counter()
    reading.publish(warehouse / "build.duckdb", snapshot)
    seconds = time.perf_counter() - begun
    sizes = {
        "raw data": _bytes(raw) if raw else 0,
        "build file": (warehouse / "build.duckdb").stat().st_size,
        "snapshot's database": (snapshot / reading.snapshot.DATABASE).stat().st_size,
        "its Parquet files": sum(file.stat().st_size for file in snapshot.glob("*.parquet")),
    }
    click.echo(f"published in {seconds:.1f} s")
    click.echo(
        "on disk: " + ", ".join(f"{name} {size / 2**20:,.0f} MiB" for name, size in sizes.items())
    )
    select = ("--select", "resource_type:analysis")
    dbt(warehouse, raw, "compile", "--quiet", *select, target="analyses")
    for kind, queries in {
        "analyses": reading.analyses(warehouse / "analyses"),
        "filters": reading.filters(snapshot),
    }.items():
        waits = reading.waits(snapshot, queries)
        slow = waits.slowest
        click.echo(
            f"{len(queries)} {kind}: p50 {waits.percentile(50):.0f} ms,"
            f" p95 {waits.percentile(95):.0f} ms; slowest {slow} with p50"
            f" {waits.percentile(50, slow):.0f} ms, p95 {waits.percentile(95, slow):.0f} ms"
        )


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


if __name__ == "__main__":
    main()
