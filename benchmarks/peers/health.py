"""Scores of the scheme in use: metrics of an account on a date, their bands, and weights."""

from __future__ import annotations

import polars as pl

from benchmarks.peers.extracts import Extracts, policy
from benchmarks.peers.usage import RollUps, core_features, feeds, licensed_users, windows

SCHEME = "tiered"
KEY = ["snapshot_date", "account_id"]
WINDOW_DAYS = dict(policy("health_metrics").select("metric", "window_days").iter_rows())


def _within(day: str, days: int) -> pl.Expr:
    ends = pl.col("snapshot_date")
    return (pl.col(day) <= ends) & (pl.col(day) > ends - pl.duration(days=days))


def _ratio(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    return pl.when(whole != 0).then(part / whole)


def _of_usage(extracts: Extracts, rolled: RollUps, customers: pl.LazyFrame) -> pl.LazyFrame:
    rows = customers.join(feeds(extracts, rolled), on="account_id").filter(
        pl.col("snapshot_date") >= pl.col("feed_from")
    )
    for part in [licensed_users(extracts), *windows(extracts, rolled)]:
        rows = rows.join(part, on=KEY, how="left")
    core_count = core_features(extracts).select(core_features=pl.len())
    rows = rows.join(core_count, how="cross").with_columns(
        pl.col(
            "licensed_users",
            "logins",
            "feature_events",
            "previous_feature_events",
            "active_users",
            "previous_active_users",
            "core_features_used",
        )
        .fill_null(0)
        .cast(pl.Float64)
    )
    active, seats, events = pl.col("active_users"), pl.col("seats"), pl.col("feature_events")
    before, events_before = pl.col("previous_active_users"), pl.col("previous_feature_events")
    return rows.select(
        *KEY,
        logins_per_user=_ratio(pl.col("logins"), pl.col("licensed_users")),
        feature_adoption=pl.col("core_features_used") / pl.col("core_features"),
        active_user_ratio=_ratio(active, seats).clip(upper_bound=1),
        seat_utilization=_ratio(active, seats),
        usage_depth=pl.when(active > 0).then(events / active).otherwise(0),
        user_growth=_ratio(active - before, before),
        usage_growth=_ratio(events - events_before, events_before),
    )


def _of_contacts(extracts: Extracts, customers: pl.LazyFrame) -> pl.LazyFrame:
    contacts = extracts.table("crm_contacts").select(
        "account_id",
        "relationship_strength",
        made=pl.col("created_at").dt.date(),
        gone=pl.col("departed_on").fill_null(pl.date(9999, 12, 31)),
    )
    strength = pl.col("relationship_strength")
    met = (
        customers.join(contacts, on="account_id")
        .filter(
            (pl.col("made") <= pl.col("snapshot_date")) & (pl.col("gone") > pl.col("snapshot_date"))
        )
        .group_by(KEY)
        .agg(relationship_strength=strength.mean(), multi_threading=(strength >= 3).sum())
    )
    return customers.join(met, on=KEY, how="left").select(
        *KEY, "relationship_strength", pl.col("multi_threading").fill_null(0)
    )


def _of_answers(extracts: Extracts, customers: pl.LazyFrame) -> list[pl.LazyFrame]:
    surveys = extracts.table("feedback_survey_responses").select(
        "account_id", "contact_id", "response_id", "survey_type", "score", at="responded_at"
    )
    tickets = (
        extracts.table("support_tickets")
        .filter(pl.col("csat_score").is_not_null())
        .select("account_id", score="csat_score", at=pl.max_horizontal("created_at", "solved_at"))
    )
    nps = surveys.filter(pl.col("survey_type") == "nps").with_columns(
        on=pl.col("at").dt.date(), who=pl.coalesce("contact_id", "response_id")
    )
    csat = surveys.filter(pl.col("survey_type") == "csat").select("account_id", "score", "at")
    csat = pl.concat([csat, tickets]).with_columns(on=pl.col("at").dt.date())
    return [
        customers.join(nps, on="account_id")
        .filter(_within("on", WINDOW_DAYS["nps"]))
        .group_by(*KEY, "who")
        .agg(pl.col("score").sort_by("at", "response_id").last())
        .group_by(KEY)
        .agg(nps=pl.mean("score")),
        customers.join(csat, on="account_id")
        .filter(_within("on", WINDOW_DAYS["csat"]))
        .group_by(KEY)
        .agg(csat=pl.mean("score")),
    ]


def _of_pulses(extracts: Extracts, customers: pl.LazyFrame) -> list[pl.LazyFrame]:
    pulses = extracts.table("crm_pulses").with_columns(on=pl.col("recorded_at").dt.date())
    of_customers = customers.join(pulses, on="account_id")
    return [
        of_customers.filter(_within("on", WINDOW_DAYS[figure]), pl.col(figure).is_not_null())
        .group_by(KEY)
        .agg(pl.col(figure).sort_by("recorded_at").last())
        for figure in ("csm_sentiment", "renewal_sentiment")
    ]


def _of_tickets(extracts: Extracts, customers: pl.LazyFrame) -> pl.LazyFrame:
    tickets = extracts.table("support_tickets").select(
        "account_id",
        "is_escalated",
        created_on=pl.col("created_at").dt.date(),
        solved_on=pl.col("solved_at").dt.date(),
        hours=(pl.col("solved_at") - pl.col("created_at")).dt.total_seconds() / 3600,
    )
    trend, escalation = WINDOW_DAYS["ticket_trend"], WINDOW_DAYS["escalation_rate"]
    recent, both = (_within("created_on", days).sum() for days in (trend, 2 * trend))
    created = _within("created_on", escalation)
    return (
        customers.join(tickets, on="account_id")
        .filter(pl.col("created_on") <= pl.col("snapshot_date"))
        .group_by(KEY)
        .agg(
            ticket_trend=pl.when(both > 0).then((recent + 1) / (both - recent + 1)),
            escalation_rate=_ratio((created & pl.col("is_escalated")).sum(), created.sum()),
            resolution_hours=pl.col("hours")
            .filter(_within("solved_on", WINDOW_DAYS["resolution_hours"]))
            .mean(),
        )
    )


def _of_invoices(extracts: Extracts, customers: pl.LazyFrame) -> pl.LazyFrame:
    status = pl.col("status").fill_null("open")
    owed = (
        extracts.table("billing_invoices")
        .filter(
            ~status.is_in(["draft", "void", "uncollectible"]),
            pl.col("paid_on").is_not_null() | (status != "paid"),
        )
        .select(
            "account_id",
            "issued_on",
            due_on=pl.coalesce("due_on", "issued_on"),
            paid_on=pl.col("paid_on").fill_null(pl.date(9999, 12, 31)),
        )
    )
    late = (
        customers.join(owed, on="account_id")
        .filter(
            (pl.col("issued_on") <= pl.col("snapshot_date"))
            & (pl.col("paid_on") > pl.col("snapshot_date"))
        )
        .group_by(KEY)
        .agg(payment_status=(pl.col("snapshot_date") - pl.col("due_on")).dt.total_days().max())
    )
    return customers.join(late, on=KEY, how="left").select(
        *KEY, pl.col("payment_status").fill_null(0).clip(0)
    )


def metrics(extracts: Extracts, rolled: RollUps, dated: pl.DataFrame) -> pl.DataFrame:
    """The scheme's metrics, a column each, by date and account."""
    customers = dated.lazy().filter(pl.col("mrr") > 0).select(*KEY, "seats")
    parts = [
        _of_usage(extracts, rolled, customers),
        _of_contacts(extracts, customers),
        *_of_answers(extracts, customers),
        *_of_pulses(extracts, customers),
        _of_tickets(extracts, customers),
        _of_invoices(extracts, customers),
    ]
    rows = customers.select(KEY)
    for part in parts:
        rows = rows.join(part, on=KEY, how="left")
    return rows.collect(engine="streaming")


def _score(metric: str) -> pl.Expr:
    bands = policy("health_metric_bands").filter(pl.col("metric") == metric)
    if bands["value_text"].is_not_null().any():
        words = dict(bands.select("value_text", "score").iter_rows())
        return pl.col(metric).replace_strict(words, default=None, return_dtype=pl.Float64)
    value = pl.col(metric).cast(pl.Float64)
    score = pl.when(value.is_null()).then(None)
    for least, points in (
        bands.select("min_value", "score").sort("min_value", descending=True).rows()
    ):
        score = score.when(value >= least).then(pl.lit(float(points)))
    return score


def fct_health_scores(extracts: Extracts, rolled: RollUps, dated: pl.DataFrame) -> pl.DataFrame:
    """Score and coverage of the scheme in use."""
    scores = metrics(extracts, rolled, dated).lazy()
    of_metrics = policy("health_metric_weights").filter(pl.col("scheme") == SCHEME)
    of_tiers = policy("health_weights").filter(pl.col("scheme") == SCHEME)
    tiers = dated.lazy().join(
        extracts.tiers.lazy(),
        left_on=["account_id", "segment_month"],
        right_on=["account_id", "month"],
        how="left",
    )
    scores = scores.join(
        tiers.select(*KEY, pl.col("touch_tier").fill_null("(none)")), on=KEY
    ).with_columns(_score(metric).alias(metric) for metric in of_metrics["metric"])
    components = of_metrics["component"].unique(maintain_order=True)
    weighted, covered, present = [], [], []
    for component in components:
        pairs = (
            of_metrics.filter(pl.col("component") == component).select("metric", "weight").rows()
        )
        weights = of_tiers.filter(pl.col("component") == component)
        weight = pl.col("touch_tier").replace_strict(
            dict(weights.select("touch_tier", "weight").iter_rows()), return_dtype=pl.Float64
        )
        points = pl.sum_horizontal(
            pl.when(pl.col(metric).is_not_null()).then(share).otherwise(0)
            for metric, share in pairs
        )
        score = pl.sum_horizontal(pl.col(metric) * share for metric, share in pairs) / points
        is_there = points > 0
        weighted.append(pl.when(is_there).then(weight * score).otherwise(0))
        covered.append(weight * points / sum(share for _, share in pairs))
        present.append(pl.when(is_there).then(weight).otherwise(0))
    return scores.select(
        *KEY,
        health_score=_ratio(pl.sum_horizontal(weighted), pl.sum_horizontal(present)).round(9),
        coverage=pl.sum_horizontal(covered).round(9),
    ).collect(engine="streaming")
