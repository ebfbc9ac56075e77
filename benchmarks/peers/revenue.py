"""MRR by account: on the snapshot dates, and as a ledger by month. Money is whole cents."""

from __future__ import annotations

from datetime import date

import polars as pl

from benchmarks.peers.extracts import Extracts, policy

MONTHS_OF = {"week": 12 / 52, "month": 1.0, "quarter": 3.0, "half_year": 6.0, "year": 12.0}
MONTHS_OF |= {"two_years": 24.0, "three_years": 36.0}
NEVER = date(9999, 12, 31)
CURRENCY = "USD"


def to_cents(amount: pl.Expr) -> pl.Expr:
    """An amount in cents, half a cent away from zero, by its first eight decimals."""
    return ((amount * 1e8).round(0).cast(pl.Int64) + 500_000) // 1_000_000


def lines(extracts: Extracts) -> pl.LazyFrame:
    """What recurs: items, and subscriptions without any (or until their first)."""
    service = (
        extracts.table("billing_subscriptions")
        .filter(
            pl.col("trial_ends_on").is_not_null()
            | ~pl.coalesce("is_trial", pl.col("status") == "trialing", pl.lit(False))
        )
        .select(
            "subscription_id",
            "account_id",
            pl.col("seats").alias("whole_seats"),
            pl.col("currency").fill_null(CURRENCY),
            "mrr_amount",
            service_from=pl.max_horizontal("started_on", "trial_ends_on"),
            service_to=pl.col("ended_on").fill_null(NEVER),
        )
    )
    amount = pl.col("quantity") * pl.col("unit_amount")
    discounted = amount * (1 - pl.col("discount_percent").fill_null(0) / 100)
    items = extracts.table("billing_subscription_items").select(
        "subscription_id",
        pl.col("currency").alias("item_currency"),
        seats=pl.when(pl.col("unit").fill_null("seat") == "seat").then("quantity"),
        monthly=(discounted - pl.col("discount_amount").fill_null(0))
        / pl.col("billing_interval").replace_strict(MONTHS_OF, return_dtype=pl.Float64)
        / pl.col("billing_interval_count").fill_null(1),
        item_from="effective_from",
        item_to=pl.coalesce(
            "effective_to",
            pl.col("effective_from")
            .shift(-1)
            .over("subscription_id", "item_id", order_by="effective_from"),
            pl.lit(NEVER),
        ),
    )
    of_items = items.join(service, on="subscription_id").select(
        "account_id",
        "subscription_id",
        pl.coalesce("item_currency", "currency").alias("currency"),
        "seats",
        "monthly",
        line_from=pl.max_horizontal("item_from", "service_from"),
        line_to=pl.min_horizontal("item_to", "service_to"),
    )
    itemized = items.group_by("subscription_id").agg(pl.min("item_from"))
    whole = service.join(itemized, on="subscription_id", how="left").select(
        "account_id",
        "subscription_id",
        currency=pl.when(pl.col("mrr_amount").is_null())
        .then(pl.lit(CURRENCY))
        .otherwise("currency"),
        seats=pl.col("whole_seats").cast(pl.Float64),
        monthly=pl.col("mrr_amount").fill_null(0),
        line_from="service_from",
        line_to=pl.min_horizontal("service_to", "item_from"),
    )
    return pl.concat([of_items, whole]).filter(pl.col("line_from") < pl.col("line_to"))


def rates(extracts: Extracts) -> pl.LazyFrame:
    """The constant rate of each currency, and by month that of the month's end."""
    quoted = extracts.table("billing_exchange_rates").sort("rate_on")
    new_year = extracts.as_of.replace(month=1, day=1)

    def latest(on: pl.Expr) -> pl.Expr:
        rate = pl.col("rate_to_reporting")
        return pl.coalesce(rate.filter(pl.col("rate_on") <= on).last(), rate.first())

    constant = quoted.group_by("currency").agg(latest(pl.lit(new_year)).alias("constant_rate"))
    by_month = (
        quoted.join(extracts.months.lazy(), how="cross")
        .group_by("currency", "month", maintain_order=True)
        .agg(latest(pl.col("snapshot_date").first()).alias("rate"))
    )
    own = extracts.months.lazy().select(
        pl.lit(CURRENCY).alias("currency"), "month", rate=pl.lit(1.0), constant_rate=pl.lit(1.0)
    )
    return pl.concat([by_month.join(constant, on="currency"), own])


def lines_dated(extracts: Extracts) -> pl.DataFrame:
    """Lines in force on the snapshot dates, summed by account."""
    paused = (
        extracts.table("billing_subscription_pauses")
        .join_where(
            extracts.dates.lazy(),
            pl.col("paused_from") <= pl.col("snapshot_date"),
            pl.col("resumed_on").fill_null(NEVER) > pl.col("snapshot_date"),
        )
        .select("subscription_id", "snapshot_date", is_paused=pl.lit(True))
        .unique()
    )
    return (
        lines(extracts)
        .join_where(
            extracts.dates.lazy(),
            pl.col("line_from") <= pl.col("snapshot_date"),
            pl.col("line_to") > pl.col("snapshot_date"),
        )
        .with_columns(month=pl.col("snapshot_date").dt.truncate("1mo"))
        .join(rates(extracts), on=["currency", "month"])
        .join(paused, on=["subscription_id", "snapshot_date"], how="left")
        .select(
            "account_id",
            "snapshot_date",
            "segment_month",
            "seats",
            contract_mrr=to_cents(pl.col("monthly") * pl.col("constant_rate")),
            reported_mrr=to_cents(pl.col("monthly") * pl.col("rate")),
            counts=pl.col("is_paused").is_null().cast(pl.Int64),
        )
        .group_by("account_id", "snapshot_date", "segment_month")
        .agg(
            pl.sum("seats", "contract_mrr"),
            mrr=(pl.col("contract_mrr") * pl.col("counts")).sum(),
            reported_mrr=(pl.col("reported_mrr") * pl.col("counts")).sum(),
        )
        .collect(engine="streaming")
    )


def mrr_monthly(extracts: Extracts, dated: pl.DataFrame) -> pl.DataFrame:
    """The ledger, and beyond it the months in which only a contract stands."""
    of_months = dated.lazy().join(extracts.months.lazy(), on="snapshot_date")
    with_mrr = pl.col("month").filter(pl.col("mrr") > 0)
    with_contract = pl.col("month").filter(pl.col("contract_mrr") > 0)
    spans = of_months.group_by("account_id").agg(
        first_month=with_mrr.min(),
        last_ledger_month=with_mrr.max().dt.offset_by("1mo"),
        last_month=with_contract.max().dt.offset_by("1mo"),
    )
    cuts = policy("arr_tier_cuts").filter(pl.col("scheme") == "touch").sort("min_arr")
    return (
        spans.join_where(
            extracts.months.lazy(),
            pl.col("month") >= pl.col("first_month"),
            pl.col("month") <= pl.col("last_month"),
        )
        .join(of_months.drop("is_complete_month"), on=["account_id", "month"], how="left")
        .with_columns(pl.col("mrr", "contract_mrr", "reported_mrr", "seats").fill_null(0))
        .with_columns(
            opening_mrr=pl.col("mrr").shift(1).over("account_id", order_by="month").fill_null(0),
            arr=12 * pl.col("mrr"),
        )
        .sort("arr")
        .join_asof(
            cuts.lazy().select(arr=100 * pl.col("min_arr").cast(pl.Int64), arr_tier="tier"),
            on="arr",
        )
        .with_columns(arr_tier=pl.when(pl.col("mrr") > 0).then("arr_tier"))
        .join(extracts.tiers.lazy(), on=["account_id", "month"], how="left")
        .collect(engine="streaming")
    )


def fct_mrr_monthly(monthly: pl.DataFrame) -> pl.DataFrame:
    """The ledger with its movements."""
    mrr, opening = pl.col("mrr"), pl.col("opening_mrr")
    begins = pl.col("month") == pl.col("first_month")
    moved = {
        "new_mrr": begins,
        "reactivation_mrr": ~begins & (opening == 0) & (mrr > 0),
        "expansion_mrr": (opening > 0) & (mrr > opening),
        "contraction_mrr": (mrr > 0) & (mrr < opening),
        "churn_mrr": (opening > 0) & (mrr == 0),
    }
    change = (mrr - opening).abs()
    money = [
        opening.alias("opening_mrr"),
        *(pl.when(rule).then(change).otherwise(0).alias(name) for name, rule in moved.items()),
        mrr.alias("closing_mrr"),
        pl.col("reported_mrr").alias("reported_closing_mrr"),
        pl.col("arr"),
    ]
    return (
        monthly.lazy()
        .filter(pl.col("month") <= pl.col("last_ledger_month"))
        .select(
            "account_id",
            "month",
            *((column / 100).round(2) for column in money),
            pl.col("seats"),
            "arr_tier",
            "touch_tier",
            "investment_tier",
            is_active=mrr > 0,
            is_paused=pl.col("contract_mrr") > mrr,
            is_complete_month="is_complete_month",
        )
        .collect(engine="streaming")
    )
