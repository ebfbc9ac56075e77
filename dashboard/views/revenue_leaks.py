"""Where MRR leaks: by reason, tier and cohort, and the churned accounts behind it."""

from datetime import date

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import data, looks
from dashboard.views.revenue_rates import Segment

# Paul Tol's muted colours, which colour-blind readers can tell apart, in the policy's order.
REASON_COLOURS = (
    *("#332288", "#cc6677", "#117733", "#882255", "#44aa99"),
    *("#aa4499", "#999933", "#bbbbbb", "#ddcc77", "#88ccee"),
)
NO_LEAKS = "{segment} lost no MRR in the 12 months to the end of this quarter."
NO_QUARTER = (
    "No quarter has a window of 12 months yet. Leakage needs 13 complete months of subscriptions."
)


def show_leaks(segment: Segment) -> None:
    """The losses of the 12 months to a quarter's end, of the segment that the rates show."""
    looks.heading("Where does MRR leak, and who left?")
    quarters = {
        looks.day(at): f"{at:%Y}-Q{at.quarter}"
        for at in data.rows("revenue", "quarters")["quarter"]
    }
    if not quarters:
        st.info(NO_QUARTER)
        return
    places = st.columns(4)
    with places[0]:
        chosen = looks.choose("quarter", "12 months to", list(quarters), words=quarters.get)
    quarter = date.fromisoformat(chosen)
    found = data.rows("revenue", "leaks", quarter=quarter, **segment.filters)
    with places[1]:
        reason = looks.choose(
            "reason",
            "Reason",
            ["all", *found["reason_category"].unique()],
            words=lambda code: "All" if code == "all" else looks.label("reason_category", code),
        )
    at = data.row("revenue", "decomposition", quarter=quarter, **segment.filters)
    if at is None:
        st.info(f"{segment.name} had no customer 12 months before the end of this quarter.")
        return
    st.markdown(looks.literal(at.headline))
    if not looks.is_missing(at.note):
        st.markdown(looks.literal(at.note))
    tiles(at, quarter, segment)
    if found.empty:
        st.info(NO_LEAKS.format(segment=segment.name))
        return
    left, right = st.columns(2)
    with left:
        looks.chart(by_reason_and_tier(found), "MRR lost by reason and tier")
        looks.legend(tier_scale(found))
    with right:
        past = data.rows("revenue", "leak_trend", quarter=quarter, **segment.filters)
        looks.chart(by_quarter(past), "MRR lost in the 12 months to each quarter, by reason")
        looks.legend(reason_scale(past))
    left, right = st.columns(2)
    with left:
        causes(quarter, segment, reason)
    with right:
        cohorts(quarter)
    lost_accounts(at.month.date(), segment, reason)


def tiles(at: pd.Series, quarter: date, segment: Segment) -> None:
    """What was lost, and how much of it could have been prevented."""
    known = data.definitions("rpt_retention_decomposition")
    retention = data.definitions("fct_retention")
    to_quarter = ("rpt_retention_decomposition", {"quarter": quarter, **segment.filters})
    to_window = (
        "fct_retention",
        {"window_months": 12, "month": at.month, **segment.filters},
    )
    figures = (
        ("MRR lost to churn", looks.amount(at.churn_mrr), retention["churn_mrr"], to_window),
        (
            "To contraction",
            looks.amount(at.contraction_mrr),
            retention["contraction_mrr"],
            to_window,
        ),
        (
            "Churned customers",
            looks.number(at.churned_accounts),
            known["churned_accounts"],
            to_quarter,
        ),
        (
            "Preventable share",
            looks.share(at.preventable_share, 0),
            known["preventable_share"],
            to_quarter,
        ),
    )
    for place, (name, value, definition, link) in zip(st.columns(4), figures, strict=True):
        with place:
            looks.tile(name, value, definition=definition.text, rows=link)
    if at.unknown_reason_accounts:
        st.caption(
            f"{at.unknown_reason_accounts:,.0f} of the churned customers have no known reason. "
            "Record it in the CRM, and map its codes in churn_reason_map.csv."
        )


def by_reason_and_tier(found: pd.DataFrame) -> alt.Chart:
    """Lost MRR by reason, one colour a tier."""
    scheme = found["tier_scheme"].iloc[0]
    shown = found.assign(
        reason=looks.labels("reason_category", found["reason_category"]),
        tier_name=looks.labels(scheme, found["tier"]),
    )
    return (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            y=alt.Y("reason:N", sort="-x", title=None, axis=looks.words_axis(140)),
            x=alt.X("lost_mrr:Q", title=lost_title(), axis=alt.Axis(format="~s")),
            color=alt.Color(
                "tier_name:N",
                title=None,
                scale=tier_scale(found),
                legend=None,
            ),
            tooltip=[
                alt.Tooltip("reason:N", title="Reason"),
                alt.Tooltip("tier_name:N", title="Tier at the start"),
                alt.Tooltip("lost_mrr:Q", title="MRR lost", format=",.2f"),
                alt.Tooltip("share_of_lost:Q", title="Share of all lost", format=".1%"),
            ],
        )
        .properties(height=looks.bars_height(shown["reason"].nunique()), title="By reason and tier")
    )


def by_quarter(found: pd.DataFrame) -> alt.Chart:
    """Lost MRR of the latest quarters, one colour a reason."""
    shown = found.assign(reason=looks.labels("reason_category", found["reason_category"]))
    return (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            x=alt.X("quarter_name:O", title=None, axis=alt.Axis(labelAngle=-45)),
            y=alt.Y("lost_mrr:Q", title=lost_title(), axis=alt.Axis(format="~s")),
            color=alt.Color(
                "reason:N",
                title=None,
                scale=reason_scale(found),
                legend=None,
            ),
            tooltip=[
                alt.Tooltip("quarter_name:N", title="12 months to"),
                alt.Tooltip("reason:N", title="Reason"),
                alt.Tooltip("lost_mrr:Q", title="MRR lost", format=",.2f"),
            ],
        )
        .properties(height=looks.CHART_HEIGHT + 40, title="12 months to each quarter, by reason")
    )


def causes(quarter: date, segment: Segment, reason: str) -> None:
    """The leaks in the order of their loss."""
    st.markdown("**The largest leaks**")
    found = data.rows("revenue", "leak_drivers", quarter=quarter, reason=reason, **segment.filters)
    scheme = data.rows("revenue", "leaks", quarter=quarter, **segment.filters)["tier_scheme"]
    found["reason_category"] = looks.labels("reason_category", found["reason_category"])
    found["driver"] = looks.labels("driver", found["driver"])
    found["tier"] = looks.labels(scheme.iloc[0], found["tier"])
    looks.table(
        found.drop(columns="rank"),
        "rpt_leakage_points",
        names={"reason_category": "Reason", "lost_mrr": "MRR lost", "share_of_lost": "Share"},
        key="causes",
    )
    looks.rows_link("rpt_leakage_points", {"quarter": quarter, **segment.filters})


def cohorts(quarter: date) -> None:
    """The largest leaks of the cohorts that leak most."""
    found = data.rows("revenue", "leaks_by_cohort", quarter=quarter)
    if found.empty:
        st.info("Every cohort retained so much of its MRR that none is listed by its leaks.")
        return
    shown = found.assign(reason=looks.labels("reason_category", found["reason_category"]))
    drawn = (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            y=alt.Y("cohort_name:O", title=None, axis=looks.words_axis()),
            x=alt.X("lost_mrr:Q", title=lost_title(), axis=alt.Axis(format="~s")),
            color=alt.Color(
                "reason:N",
                title=None,
                scale=reason_scale(found),
                legend=None,
            ),
            tooltip=[
                alt.Tooltip("cohort_name:N", title="Cohort"),
                alt.Tooltip("reason:N", title="Reason"),
                alt.Tooltip("lost_mrr:Q", title="MRR lost", format=",.2f"),
                alt.Tooltip("grr:Q", title="GRR of the cohort", format=".1%"),
            ],
        )
        .properties(
            height=looks.bars_height(shown["cohort_name"].nunique()),
            title="Cohorts that leak, by reason",
        )
    )
    looks.chart(drawn, "The largest leaks of the cohorts that leak most, by reason")
    looks.legend(reason_scale(found))
    st.caption(
        "All accounts, by the quarter of their first MRR. Only cohorts with a low GRR, and only "
        "their three largest leaks."
    )
    looks.rows_link(
        "rpt_leakage_points",
        {"quarter": quarter, "segment_type": "cohort_quarter"},
        "Rows of the cohorts",
    )


def lost_accounts(month: date, segment: Segment, reason: str) -> None:
    """The accounts of the base that pay nothing at its end."""
    st.markdown(f"**Who left** {looks.DASH} {segment.name}, 12 months to {looks.month(month)}")
    found = data.rows("revenue", "lost_accounts", month=month, reason=reason, **segment.filters)
    found["reason_category"] = looks.labels("reason_category", found["reason_category"])
    for column, domain in (
        ("arr_tier_at_start", "arr_tier"),
        ("touch_tier_at_start", "touch_tier"),
    ):
        found[column] = looks.labels(domain, found[column])
    looks.table(
        found,
        ("fct_churn_events", "fct_retention_bases"),
        names={
            "reason_category": "Reason",
            "starting_mrr": "MRR lost",
            "is_preventable": "Preventable",
            "health_score_90d_before": "Health 90 days before",
            "had_leading_indicator": "Indicator before",
            "is_reactivated_later": "Came back",
        },
        empty="No customer of the base left."
        if reason == "all"
        else "No customer left for this reason. Those that pay less are above, among the customers "
        "behind the rates.",
        key="lost",
    )
    looks.rows_link(
        "fct_retention_bases",
        {"window_months": 12, "month": month, "is_retained": "false"},
        "Rows of all that left",
    )
    looks.definitions("fct_churn_events", ["reason_category", "is_preventable", "churned_on"])


def tier_scale(found: pd.DataFrame) -> alt.Scale:
    """The colours of the tiers of a chart."""
    return looks.colours(found["tier_scheme"].iloc[0], found["tier"].unique().tolist())


def reason_scale(found: pd.DataFrame) -> alt.Scale:
    """The colours of the reasons of a chart: a reason has the same one in every chart."""
    known = [*data.labels("reason_category")]
    present = set(found["reason_category"])
    codes = [code for code in known if code in present] + sorted(present - set(known))
    places = [known.index(code) if code in known else -1 for code in codes]
    return alt.Scale(
        domain=[looks.label("reason_category", code) for code in codes],
        range=[REASON_COLOURS[place % len(REASON_COLOURS)] for place in places],
    )


def lost_title() -> str:
    """The title of an axis of lost MRR."""
    return f"MRR lost, {data.view().reporting_currency}"
