"""`python -m benchmarks.in_polars`: events to the compact roll-up in nothing but Polars.

It reads the extracts as clean and typed: no contract, no verdicts on rows, no second usage table.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import polars as pl

IS_LOGIN = pl.col("feature_key") == "login"
DAY_BIT = pl.lit(1, pl.Int32).mul(2 ** (pl.col("usage_on").dt.day().cast(pl.Int32) - 1))
# Each roll-up by what it adds to month and account.
ROLL_UPS = {"account_days": "usage_on", "user_months": "user_id", "feature_months": "feature_key"}


def roll_up(events: Path) -> pl.DataFrame:
    """Roll up one part after the other: copies of an event lie in the part of its day."""
    parts = sorted(events.glob("*.parquet"))
    tables = (table for part in parts for table in _part(pl.scan_parquet(part)))
    return pl.concat(tables, how="diagonal")


def _part(events: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    once = (
        events.select(
            "event_id",
            "account_id",
            "user_id",
            "duration_seconds",
            feature_key="event_name",
            usage_on=pl.col("occurred_at").dt.date(),
        )
        .unique(["event_id", "usage_on"])
        .with_columns(month=pl.col("usage_on").dt.truncate("1mo"), bit=DAY_BIT.cast(pl.Int32))
    )
    duration = pl.col("duration_seconds")
    sums = {
        "accepted_rows": pl.len().cast(pl.Int64),
        "logins": IS_LOGIN.sum().cast(pl.Int64),
        "feature_events": (~IS_LOGIN).sum().cast(pl.Int64),
        # In SQL the sum of nothing is null.
        "duration_seconds": pl.when(duration.count() > 0).then(duration.sum()).cast(pl.Int64),
        "day_bits": pl.col("bit").bitwise_or(),
    }
    rolled = [
        once.group_by("month", "account_id", by).agg(**sums).with_columns(rollup=pl.lit(name))
        for name, by in ROLL_UPS.items()
    ]
    yield from pl.collect_all(rolled, engine="streaming")


@click.command()
@click.option("--raw", type=click.Path(path_type=Path), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A new Parquet file.")
def main(raw: Path, out: Path) -> None:
    """Roll up the events of a folder of extracts into a Parquet file."""
    roll_up(raw / "product_events").write_parquet(out)


if __name__ == "__main__":
    main()
