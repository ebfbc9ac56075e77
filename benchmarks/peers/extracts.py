"""What all of the peers read: extracts, policy, and the days on which they look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import polars as pl

POLICY = Path(__file__).resolve().parents[2] / "seeds" / "policy"


def policy(name: str) -> pl.DataFrame:
    """A policy's rows."""
    return pl.read_csv(POLICY / f"{name}.csv", infer_schema_length=None)


@dataclass(frozen=True)
class Extracts:
    """A folder of extracts as it is looked at on a day; `tiers` is fct_account_segments."""

    folder: Path
    as_of: date
    tiers: pl.DataFrame

    def table(self, name: str) -> pl.LazyFrame:
        """An extract in one file."""
        return pl.scan_parquet(self.folder / f"{name}.parquet")

    @cached_property
    def months(self) -> pl.DataFrame:
        """Months from the first subscription's on, each with the day on which it is looked at."""
        first = self.table("billing_subscriptions").select(pl.min("started_on")).collect().item()
        starts = pl.date_range(first.replace(day=1), self.as_of, "1mo", eager=True)
        return pl.DataFrame({"month": starts}).with_columns(
            snapshot_date=pl.min_horizontal(pl.col("month").dt.month_end(), pl.lit(self.as_of)),
            is_complete_month=pl.col("month").dt.month_end() <= self.as_of,
        )

    @cached_property
    def dates(self) -> pl.DataFrame:
        """Snapshot dates: those of the months, and the Sundays of this quarter and the last."""
        since = pl.select(
            pl.lit(self.as_of).dt.truncate("1q").dt.offset_by("-3mo").alias("since")
        ).item()
        days = pl.date_range(since, self.as_of, eager=True).alias("snapshot_date")
        sundays = days.filter(days.dt.weekday() == 7).to_frame()
        dates = pl.concat([self.months.select("snapshot_date"), sundays]).unique()
        return dates.sort("snapshot_date").join_asof(
            self.months.select("snapshot_date", segment_month="month"), on="snapshot_date"
        )
