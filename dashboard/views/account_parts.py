"""Parts of Account 360: health with its drivers and warnings, and revenue with its terms."""

import pandas as pd
import streamlit as st

from dashboard import data, looks, sheets
from dashboard.views import account_base as base
from dashboard.views import account_charts as charts
from dashboard.views.account_base import Subject

DRIVERS_DRAWN = 10
MOVEMENTS_SHOWN = 15
RENEWALS_SHOWN = 10
CONTRACTS_SHOWN = 8


def health(subject: Subject) -> None:
    """The score over time, what costs points now, and the indicators that hold."""
    _score(subject)
    _drivers(subject)
    _indicators(subject)


def _score(subject: Subject) -> None:
    base.part(subject, "Health over time")
    if not subject.scores["health_score"].notna().any():
        st.caption(
            "No health has been measured."
            if subject.has_paid
            else "Health is measured from the first paid day on."
        )
        return
    looks.chart(
        charts.health(subject.scores, data.rows(base.PAGE, "bands")),
        "Health score of the account over time, on bands of the health statuses",
    )
    if (subject.scores["health_status"] == "unscored").any() and not subject.on_paper:
        st.caption("A grey point is a score with too little data for a status.")
    base.foot(
        subject,
        "fct_health_scores",
        ["health_score", "coverage", "health_status"],
        {"is_active_scheme": True},
    )


def _drivers(subject: Subject) -> None:
    costs = subject.rows("drivers") if subject.scored_on else pd.DataFrame()
    if costs.empty:
        return
    day = looks.day(subject.scored_on)
    when = "now" if subject.status == "active" else f"on {day}, the last day with a score"
    base.part(subject, f"What costs points {when}")
    lost = costs[costs["points_lost"] > 0].head(DRIVERS_DRAWN)
    if lost.empty:
        st.caption("No metric costs points.")
        return
    if not subject.on_paper:
        looks.chart(charts.drivers(lost), "Points that each metric takes off the health score")
    shown = lost[["metric", "shown_value", "metric_score", "points_lost"]]
    with st.container() if subject.on_paper else st.expander("Values and scores"):
        sheets.sheet(
            shown.head(5) if subject.on_paper else shown,
            "fct_health_drivers",
            empty="",
            names={"shown_value": "Value", "metric_score": "Score of 100"},
            words={"shown_value": _value},
        )
    base.foot(
        subject,
        "fct_health_drivers",
        ["points_lost", "effective_weight", "metric_score"],
        {"snapshot_date": subject.scored_on},
    )


def _value(value: object) -> str:
    """A word, such as medium, by its label, and a number as it is."""
    known = data.labels("metric_word").get(str(value))
    return known.label.lower() if known else looks.DASH if value is None else str(value)


def _indicators(subject: Subject) -> None:
    if not subject.scored_on:
        return
    base.part(subject, "Leading indicators")
    holding = subject.rows("indicators")
    if sheets.sheet(
        holding[["severity", "indicator", "evidence"]],
        "fct_leading_indicators",
        empty=f"None holds on {looks.day(subject.scored_on)}.",
        sentences=("evidence",),
    ):
        base.foot(
            subject,
            "fct_leading_indicators",
            ["indicator", "severity", "evidence"],
            {"snapshot_date": subject.scored_on},
        )
    signals = subject.rows("expansion_signals")
    if not signals.empty:
        base.part(subject, "Signs of expansion")
        if sheets.sheet(
            signals[["label", "evidence"]],
            "fct_expansion_signals",
            empty="",
            names={"label": "Signal"},
            sentences=("evidence",),
        ):
            base.foot(
                subject, "fct_expansion_signals", ["signal"], {"snapshot_date": subject.scored_on}
            )


def revenue(subject: Subject) -> None:
    """MRR with its movements, contracts and renewals, and what is not paid."""
    _mrr(subject)
    _movements(subject)
    _subscriptions(subject)
    _renewals(subject)
    _invoices(subject)
    _opportunities(subject)


def _mrr(subject: Subject) -> None:
    base.part(subject, "MRR and its movements")
    months = subject.rows("mrr")
    if months.empty:
        st.caption("No month has ended with MRR yet.")
        return
    looks.chart(
        charts.mrr(months, subject.rows("movements_by_month"), data.view().reporting_currency),
        "MRR of the account at the end of each month, with movements as bars",
    )
    if not months["is_complete_month"].all() and not subject.on_paper:
        st.caption("The last month is not over: it counts up to the day of the data.")
    base.foot(subject, "fct_mrr_monthly", ["closing_mrr", "arr", "seats"])


def _movements(subject: Subject) -> None:
    moved = subject.rows("movements")
    if moved.empty:
        return
    base.part(subject, "What moved MRR")
    shown = moved[["month", "movement_type", "driver", "product_name", "amount"]]
    if sheets.sheet(
        shown,
        "fct_mrr_movements",
        empty="",
        names={"movement_type": "Movement", "product_name": "Product"},
        words={
            "month": looks.month,
            "product_name": lambda name: looks.DASH if name in (None, "(none)") else str(name),
            "amount": lambda value: f"{float(value):+,.2f}",
        },
        most=6 if subject.on_paper else MOVEMENTS_SHOWN,
    ):
        base.foot(subject, "fct_mrr_movements", ["movement_type", "driver", "amount"])


def _subscriptions(subject: Subject) -> None:
    base.part(subject, "Contracts and terms")
    if sheets.sheet(
        subject.rows("subscriptions"),
        "dim_subscriptions",
        empty="No contract is recorded.",
        names={"plan_name": "Plan", "term_start_on": "Term from", "term_end_on": "Term until"},
        most=4 if subject.on_paper else CONTRACTS_SHOWN,
    ):
        base.foot(subject, "dim_subscriptions", ["status", "term_end_on", "auto_renew", "mrr"])


def _renewals(subject: Subject) -> None:
    base.part(subject, "Renewals")
    ends = subject.rows("renewals")
    if sheets.sheet(
        ends,
        "fct_renewals",
        empty="No contract of this account has a term that ends.",
        names={
            "renewal_on": "Term ends",
            "current_outlook": "Outlook",
            "risk_level": "Risk",
            "calibrated_probability": "Probability",
            "crm_outlook": "Outlook in the CRM",
            "next_signed_on": "Signed on",
        },
        most=4 if subject.on_paper else RENEWALS_SHOWN,
    ):
        base.foot(
            subject,
            "fct_renewals",
            ["arr_up", "current_outlook", "risk_level", "calibrated_probability", "renewed_arr"],
        )


def _invoices(subject: Subject) -> None:
    base.part(subject, "Invoices past due")
    if sheets.sheet(
        subject.rows("invoices").drop(columns=["invoice_id", "status"]),
        "fct_invoices",
        empty=base.why_none("fct_invoices", "invoices", "No invoice is past due."),
    ):
        base.foot(
            subject, "fct_invoices", ["amount_due", "days_past_due"], {"days_past_due__from": 1}
        )


def _opportunities(subject: Subject) -> None:
    base.part(subject, "Open opportunities")
    if sheets.sheet(
        subject.rows("opportunities"),
        "fct_opportunities",
        empty=base.why_none("fct_opportunities", "opportunities", "No opportunity is open."),
        names={"opportunity_type": "Type", "calibrated_probability": "Probability"},
    ):
        base.foot(
            subject, "fct_opportunities", ["amount", "calibrated_probability"], {"is_open": True}
        )
