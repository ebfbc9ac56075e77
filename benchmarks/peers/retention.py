"""Retention of fixed bases over 1, 3 and 12 months, of all and by tier."""

from __future__ import annotations

import polars as pl

WINDOWS = (1, 3, 12)
SEGMENT_TYPES = ("all", "arr_tier", "touch_tier", "investment_tier")


def fct_retention(monthly: pl.DataFrame) -> pl.DataFrame:
    """By window, its last month and segment; a month in which nobody paid has no row."""
    months = monthly.lazy().with_columns(pl.lit("all").alias("all"))
    closing = months.select(
        "account_id",
        "month",
        ending="mrr",
        is_paused=(pl.col("mrr") == 0) & (pl.col("contract_mrr") > 0),
    )
    last_month = monthly.filter("is_complete_month")["month"].max()
    bases = pl.concat(
        months.filter(pl.col("mrr") > 0)
        .with_columns(
            window_months=pl.lit(window, pl.Int32),
            month=pl.col("month").dt.offset_by(f"{window}mo"),
        )
        .filter(pl.col("month") <= last_month)
        for window in WINDOWS
    )
    start, end = pl.col("mrr"), pl.col("ending")
    lost = pl.when(end == 0).then(start).otherwise(0)
    return (
        bases.join(closing, on=["account_id", "month"], how="left")
        .with_columns(end.fill_null(0), pl.col("is_paused").fill_null(False))
        .unpivot(
            on=SEGMENT_TYPES,
            index=["window_months", "month", "mrr", "ending", "is_paused"],
            variable_name="segment_type",
            value_name="segment",
        )
        .with_columns(pl.col("segment").fill_null("(none)"))
        .group_by("window_months", "month", "segment_type", "segment")
        .agg(
            starting_mrr=start.sum(),
            churn_mrr=lost.sum(),
            contraction_mrr=pl.when(end > 0).then((start - end).clip(0)).otherwise(0).sum(),
            expansion_mrr=(end - start).clip(0).sum(),
            ending_mrr=end.sum(),
            starting_accounts=pl.len().cast(pl.Int64),
            retained_accounts=(end > 0).sum().cast(pl.Int64),
            paused_accounts=pl.col("is_paused").sum().cast(pl.Int64),
        )
        .with_columns(
            grr=(pl.col("starting_mrr") - pl.col("churn_mrr") - pl.col("contraction_mrr"))
            / pl.col("starting_mrr"),
            nrr=pl.col("ending_mrr") / pl.col("starting_mrr"),
            logo_retention=pl.col("retained_accounts") / pl.col("starting_accounts"),
        )
        .with_columns((pl.col("^(start|churn|contr|expan|ending).*_mrr$") / 100).round(2))
        .collect(engine="streaming")
    )
