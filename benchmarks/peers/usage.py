"""Use by account: rolled up from events a part at a time, then by month and in 30-day windows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from benchmarks.peers.extracts import Extracts

WINDOW_DAYS = 30
IS_LOGIN = pl.col("event_name") == "login"
BIT = pl.lit(1, pl.Int32).mul(2 ** (pl.col("usage_on").dt.day().cast(pl.Int32) - 1)).cast(pl.Int32)


@dataclass(frozen=True)
class RollUps:
    """Totals by account and day; days as bits by user and month, and by feature and month."""

    days: pl.DataFrame
    users: pl.DataFrame
    features: pl.DataFrame


def roll_up(extracts: Extracts) -> RollUps:
    """One part after the other: a repeated event lies in the part of its day, with one content."""
    parts = sorted((extracts.folder / "product_events").glob("*.parquet"))
    rolled = [list(_part(pl.scan_parquet(part))) for part in parts]
    return RollUps(*(pl.concat(tables) for tables in zip(*rolled, strict=True)))


def _part(events: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    once = (
        events.select(
            "event_id",
            "account_id",
            "user_id",
            "event_name",
            "duration_seconds",
            usage_on=pl.col("occurred_at").dt.date(),
        )
        .unique(["event_id", "usage_on"])
        .with_columns(month=pl.col("usage_on").dt.truncate("1mo"), bit=BIT)
    )
    yield from pl.collect_all(
        [
            once.group_by("account_id", "month", "usage_on").agg(
                logins=IS_LOGIN.sum().cast(pl.Int64),
                feature_events=(~IS_LOGIN).sum().cast(pl.Int64),
                duration_seconds=pl.sum("duration_seconds").cast(pl.Int64),
            ),
            once.group_by("account_id", "month", "user_id").agg(bits=pl.col("bit").bitwise_or()),
            once.filter(~IS_LOGIN)
            .group_by("account_id", "month", "event_name")
            .agg(bits=pl.col("bit").bitwise_or()),
        ],
        engine="streaming",
    )


def licensed_users(extracts: Extracts) -> pl.LazyFrame:
    """Users that exist and are not deactivated, by snapshot date and account."""
    users = extracts.table("product_users").select(
        "account_id",
        made=pl.col("created_at").dt.date(),
        gone=pl.col("deactivated_at").dt.date().fill_null(pl.date(9999, 12, 31)),
    )
    return (
        users.join_where(
            extracts.dates.lazy(),
            pl.col("made") <= pl.col("snapshot_date"),
            pl.col("gone") > pl.col("snapshot_date"),
        )
        .group_by("snapshot_date", "account_id")
        .agg(licensed_users=pl.len().cast(pl.Int64))
    )


def feeds(extracts: Extracts, rolled: RollUps) -> pl.LazyFrame:
    """The day from which on an account's silence is data."""
    signs = [
        rolled.days.lazy().select("account_id", feed_from="usage_on"),
        extracts.table("product_users").select(
            "account_id", feed_from=pl.col("created_at").dt.date()
        ),
    ]
    return pl.concat(signs).group_by("account_id").agg(pl.min("feed_from"))


def fct_usage_monthly(extracts: Extracts, rolled: RollUps, dated: pl.DataFrame) -> pl.DataFrame:
    """Months with use, or in which an account with a feed paid."""
    key = ["account_id", "month"]
    of_months = dated.lazy().join(extracts.months.lazy(), on="snapshot_date")
    days = (
        rolled.days.lazy()
        .group_by(key)
        .agg(
            pl.sum("logins", "feature_events", "duration_seconds"),
            active_days=pl.len().cast(pl.Int32),
        )
    )
    paid = (
        of_months.filter(pl.col("mrr") > 0)
        .join(feeds(extracts, rolled), on="account_id")
        .filter(pl.col("snapshot_date") >= pl.col("feed_from"))
    )
    account_months = pl.concat([paid.select(key), days.select(key)]).unique()
    users = rolled.users.lazy().group_by(key).agg(active_users=pl.len().cast(pl.Int64))
    features = rolled.features.lazy().group_by(key).agg(features_used=pl.len().cast(pl.Int64))
    return (
        account_months.join(extracts.months.lazy(), on="month")
        .join(days, on=key, how="left")
        .join(users, on=key, how="left")
        .join(features, on=key, how="left")
        .join(of_months.select(*key, "seats"), on=key, how="left")
        .join(licensed_users(extracts), on=["account_id", "snapshot_date"], how="left")
        .select(
            *key,
            pl.col(
                "licensed_users",
                "seats",
                "active_users",
                "logins",
                "feature_events",
                "features_used",
                "active_days",
            ).fill_null(0),
            hours_in_product=pl.col("duration_seconds").fill_null(0) / 3600,
        )
        .collect(engine="streaming")
    )


def core_features(extracts: Extracts) -> pl.LazyFrame:
    """Features whose use counts as adoption."""
    features = extracts.table("product_features")
    return features.filter("is_core", pl.col("feature_key") != "login")


def windows(extracts: Extracts, rolled: RollUps) -> list[pl.LazyFrame]:
    """By snapshot date and account: totals, active users, and core features of its windows."""
    back = pl.LazyFrame({"back": range(2 * WINDOW_DAYS)})
    days = (
        extracts.dates.lazy()
        .join(back, how="cross")
        .select(
            "snapshot_date",
            usage_on=pl.col("snapshot_date") - pl.duration(days="back"),
            is_current=pl.col("back") < WINDOW_DAYS,
        )
        .with_columns(month=pl.col("usage_on").dt.truncate("1mo"), bit=BIT)
    )
    now, before = pl.col("is_current"), ~pl.col("is_current")
    masks = days.group_by("snapshot_date", "month").agg(
        current=pl.col("bit").filter(now).sum(), previous=pl.col("bit").filter(before).sum()
    )
    key = ["snapshot_date", "account_id"]
    totals = (
        rolled.days.lazy()
        .join(days.select("snapshot_date", "usage_on", "is_current"), on="usage_on")
        .group_by(key)
        .agg(
            logins=pl.col("logins").filter(now).sum(),
            feature_events=pl.col("feature_events").filter(now).sum(),
            previous_feature_events=pl.col("feature_events").filter(before).sum(),
        )
    )
    seen = [(pl.col("bits") & pl.col(part)) > 0 for part in ("current", "previous")]
    users = (
        rolled.users.lazy()
        .join(masks, on="month")
        .group_by(*key, "user_id")
        .agg(current=seen[0].any(), previous=seen[1].any())
        .group_by(key)
        .agg(active_users=pl.sum("current"), previous_active_users=pl.sum("previous"))
    )
    features = (
        rolled.features.lazy()
        .join(core_features(extracts).select(event_name="feature_key"), on="event_name")
        .join(masks, on="month")
        .filter(seen[0])
        .group_by(key)
        .agg(core_features_used=pl.n_unique("event_name"))
    )
    return [totals, users, features]
