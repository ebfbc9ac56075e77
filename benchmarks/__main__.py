"""`python -m benchmarks`: a build's wall time, its SQL alone, and their ratio."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import click
import duckdb

from benchmarks.compiled import Compiled

PROJECT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Cost:
    """Seconds of wall time, and how many nodes they went to."""

    first_build: float
    next_build: float
    sql_alone: float
    nodes: dict[str, int]
    slowest: list[tuple[str, float]]


def measure(home: Path) -> Cost:
    """Build the demo twice, the second time with all parsed, then run its SQL alone."""
    first_build = _build(home)
    # Read before the next build, in which an incremental model would compile to its new rows alone.
    results = json.loads((home / "target" / "run_results.json").read_text())["results"]
    kinds = [result["unique_id"].split(".")[0] for result in results]
    models = [r["unique_id"].split(".")[2] for r in results if r["unique_id"].startswith("model.")]
    compiled = Compiled(home / "target" / "manifest.json", models)
    next_build = _build(home)
    with duckdb.connect(str(home / "build.duckdb"), config={"threads": 2}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        begun = time.perf_counter()
        compiled.run(connection)
        sql_alone = time.perf_counter() - begun
    return Cost(
        first_build=first_build,
        next_build=next_build,
        sql_alone=sql_alone,
        nodes={kind: kinds.count(kind) for kind in sorted(set(kinds))},
        slowest=sorted(
            ((r["unique_id"].split(".")[2], r["execution_time"]) for r in results),
            key=lambda pair: -pair[1],
        )[:5],
    )


def _build(home: Path) -> float:
    """Seconds that `dbt build` of the demo takes, parse included."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("CS_RAW_PATH", "CS_POLICY_PATH")
    }
    begun = time.perf_counter()
    subprocess.run(
        [
            str(Path(sys.executable).with_name("dbt")),
            "build",
            "--quiet",
            "--target-path",
            str(home / "target"),
        ],
        cwd=PROJECT,
        env=environment | {"CS_WAREHOUSE_DIR": str(home), "DBT_LOG_PATH": str(home / "logs")},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - begun


@click.command()
@click.option("--size", type=click.Choice(["demo"]), default="demo", show_default=True)
def main(size: str) -> None:
    """Measure a build of the demo company."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as home:
        cost = measure(Path(home))
    nodes = ", ".join(f"{count} {kind}s" for kind, count in cost.nodes.items())
    click.echo(f"size                        {size}")
    click.echo(f"nodes                       {sum(cost.nodes.values())} ({nodes})")
    click.echo(f"dbt build, all parsed       {cost.first_build:6.1f} s")
    click.echo(f"dbt build, the next         {cost.next_build:6.1f} s")
    click.echo(f"its models' SQL alone       {cost.sql_alone:6.1f} s")
    click.echo(f"ratio of the first to SQL   {cost.first_build / cost.sql_alone:6.1f}")
    for name, seconds in cost.slowest:
        click.echo(f"  {name:<40} {seconds:6.2f} s")


if __name__ == "__main__":
    main()
