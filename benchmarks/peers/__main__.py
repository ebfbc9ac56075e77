"""`python -m benchmarks.peers`: makes the marts and says in JSON what each step took."""

import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click
import polars as pl

from benchmarks.peers.extracts import Extracts
from benchmarks.peers.health import fct_health_scores
from benchmarks.peers.retention import fct_retention
from benchmarks.peers.revenue import fct_mrr_monthly, lines_dated, mrr_monthly
from benchmarks.peers.usage import fct_usage_monthly, roll_up

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option("--raw", type=FOLDER, required=True, help="Extracts, clean and in Parquet.")
@click.option("--tiers", type=click.Path(path_type=Path), required=True)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), required=True)
@click.option("--out", type=FOLDER, required=True, help="Folder for a Parquet file of each mart.")
def main(raw: Path, tiers: Path, as_of: date, out: Path) -> None:
    """Make all marts from a folder of extracts; `tiers` is fct_account_segments in Parquet."""
    seconds: dict[str, float] = {}

    def timed(step: str, make: Callable[..., Any], *args: Any) -> Any:
        begun = time.perf_counter()
        made = make(*args)
        if isinstance(made, pl.DataFrame) and step.startswith("fct_"):
            made.write_parquet(out / f"{step}.parquet")
        seconds[step] = time.perf_counter() - begun
        return made

    segments = pl.read_parquet(
        tiers, columns=["account_id", "month", "touch_tier", "investment_tier"]
    )
    extracts = Extracts(raw, as_of.date(), segments)
    out.mkdir(parents=True, exist_ok=True)
    dated = timed("mrr on snapshot dates", lines_dated, extracts)
    monthly = timed("mrr by month", mrr_monthly, extracts, dated)
    timed("fct_mrr_monthly", fct_mrr_monthly, monthly)
    timed("fct_retention", fct_retention, monthly)
    rolled = timed("usage rolled up", roll_up, extracts)
    timed("fct_usage_monthly", fct_usage_monthly, extracts, rolled, dated)
    timed("fct_health_scores", fct_health_scores, extracts, rolled, dated)
    click.echo(json.dumps(seconds))


if __name__ == "__main__":
    main()
