"""Parts of the page Executive: renewals of the quarter, health over time, the largest leaks."""

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import data, looks
from dashboard.views import executive_rows, mix

# The parts of the ARR that is up for renewal, in their order.
OUTLOOK = {
    "secured": ("Secured", "#0072b2"),
    "open": ("Open, not at risk", "#56b4e9"),
    "at_risk": ("Open and at risk", "#e69f00"),
    "lost": ("Lost", "#d55e00"),
}
FORECAST = "rpt_renewal_forecast"
# The columns of the quarter's ARR, with what a tile says below each.
PARTS = {
    "secured_arr": "Renewed or signed",
    "open_arr": "ARR still open, less that at risk",
    "at_risk_arr": "",
    "lost_arr": "Ended, under notice or reduced",
}


def segment(tier: str) -> dict[str, object]:
    """The segment of a touch tier, as marts with segments name it."""
    return {"segment_type": "all" if tier == "all" else "touch_tier", "segment": tier}


def renewals(tier: str) -> None:
    """What is up for renewal in this quarter, and how it stands."""
    as_of = data.view().as_of_date
    quarter = pd.Timestamp(as_of).to_period("Q")
    looks.heading(f"What of this quarter's renewals is safe? ({quarter.year} Q{quarter.quarter})")
    found = data.row("executive", "renewals", tier=tier, as_of=as_of)
    if found is None:
        st.info(
            "No term ends in this quarter. Subscriptions with a term come from "
            "billing_contract_terms or term_months: see docs/bring_your_own_data.md."
        )
    else:
        outlook_tiles(found, tier)
    ahead = data.rows("executive", "renewals_by_quarter", tier=tier, as_of=as_of)
    if not ahead.empty:
        outlook_chart(ahead)
        with st.container(horizontal=True):
            looks.rows_link(FORECAST, {"touch_tier": tier})
            looks.definitions(
                FORECAST, ["arr_up", "secured_arr", "open_arr", "at_risk_arr", "lost_arr"]
            )
            looks.page_link("forecast", "Forecast")
    watch = data.rows("executive", "renewals_to_watch", tier=tier, as_of=as_of)
    if found is not None:
        shown = looks.labelled(watch, {"health_status": "health_status"})
        shown["outlook"] = [OUTLOOK[code][0] for code in watch["outlook"]]
        looks.table(
            shown,
            "fct_renewals",
            names={
                "renewal_on": "Renewal",
                "open_arr": "Open ARR at risk",
                "calibrated_probability": "Probability",
            },
            empty="No renewal of this quarter is at risk or lost.",
            height="content" if len(watch) < 13 else 320,
        )


def outlook_tiles(found: pd.Series, tier: str) -> None:
    """ARR of the quarter's renewals: all of it, then its parts."""
    known = data.definitions(FORECAST)
    bounds = executive_rows.of_quarter(data.view().as_of_date)
    of_tier = {} if tier == "all" else {"touch_tier": tier}
    tiles = (
        ("Secured", "secured_arr", {"secured_arr__from": 0.01}),
        ("Open, not at risk", "open_arr", {"current_outlook": "open", "is_at_risk": False}),
        ("Open and at risk", "at_risk_arr", {"is_at_risk": True}),
        ("Lost", "lost_arr", {"lost_arr__from": 0.01}),
    )
    st.markdown(
        f"{looks.number(found['renewals'])} contracts with {looks.amount(found['arr_up'])} of ARR "
        f"are up for renewal. We expect to renew {looks.amount(found['outlook_arr'])}: what is "
        "secured, and the open part by its probability."
    )
    with st.container(horizontal=True):
        looks.rows_link("fct_renewals", {**bounds, **of_tier})
        looks.definitions(FORECAST, ["renewals", "arr_up", "outlook_arr", "expected_open_arr"])
    accounts = found["at_risk_accounts"]
    said = f"{looks.number(accounts)} {'account' if accounts == 1 else 'accounts'}"
    if not found["scored_renewals"]:
        said = "Only requests to cancel count, since no account has a health score"
    notes = PARTS | {"at_risk_arr": said}
    for column, (words, name, filters) in zip(st.columns(len(tiles)), tiles, strict=True):
        with column:
            looks.tile(
                words,
                looks.amount(found[name]),
                note=notes[name],
                definition=known[name].text if name in known else None,
                rows=("fct_renewals", {**bounds, **of_tier, **filters}),
            )


def outlook_chart(ahead: pd.DataFrame) -> None:
    """A bar per quarter, split by outlook."""
    shown = ahead.assign(part=[OUTLOOK[code][0] for code in ahead["part"]])
    words = [word for word, _ in OUTLOOK.values()]
    currency = data.view().reporting_currency
    drawn = (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            x=alt.X("arr:Q", title=f"ARR, {currency}", axis=alt.Axis(format="~s", tickCount=5)),
            y=alt.Y("shown_quarter:O", title=None, axis=alt.Axis(labelOverlap=False)),
            color=alt.Color(
                "part:N",
                title=None,
                scale=alt.Scale(domain=words, range=[colour for _, colour in OUTLOOK.values()]),
                legend=alt.Legend(orient="bottom", columns=2),
            ),
            order=alt.Order("part_order:Q"),
            tooltip=[
                alt.Tooltip("shown_quarter:O", title="Quarter"),
                alt.Tooltip("part:N", title="Outlook"),
                alt.Tooltip("arr:Q", title="ARR", format=",.0f"),
                alt.Tooltip("share_of_arr_up:Q", title="Share of ARR up", format=".1%"),
            ],
        )
        .properties(height=300)
    )
    looks.chart(drawn, "ARR up for renewal by quarter and outlook, from the quarter before on")


def health(tier: str) -> None:
    """How health spreads over customers, month by month, and who moved last."""
    looks.heading("Does the health of our customers get better?")
    measure = looks.choose(
        "measure",
        "Share of",
        list(mix.MEASURES),
        default="arr",
        words=lambda code: mix.MEASURES[code][0],
        buttons=True,
    )
    found = data.rows("executive", "health_mix", tier=tier, as_of=data.view().as_of_date)
    if found.empty:
        st.info("No account of this tier paid at a month's end of the last two years.")
        return
    if not mix.is_scored(found):
        st.info(mix.UNSCORED)
        return
    mix.chart(found, measure)
    with st.container(horizontal=True):
        looks.rows_link("rpt_health_mix", segment(tier))
        looks.definitions("rpt_health_mix", ["health_status", "accounts", "arr"])
    moves = data.rows("executive", "moves", tier=tier)
    if moves.empty:
        return
    month_end = moves["month_end"].iloc[0]
    st.markdown(f"**Moves between statuses in the month to {looks.day(month_end)}**")
    domains = {"previous_status": "health_status", "health_status": "health_status"}
    looks.table(
        looks.labelled(moves.drop(columns=["month_end", "reporting_currency"]), domains),
        "rpt_health_moves",
        names={"previous_status": "From", "health_status": "To"},
        height="content" if len(moves) < 13 else 320,
    )
    looks.rows_link("rpt_health_moves", {"month_end": month_end, **segment(tier)})


def leaks(tier: str) -> None:
    """The causes that took most MRR in twelve months."""
    looks.heading("Where does revenue leak most?")
    found = data.rows("executive", "leaks", tier=tier)
    if found.empty:
        st.info(
            "No MRR was lost in the twelve months to the end of the last whole quarter, "
            "or there are no twelve complete months yet."
        )
        return
    shown = found.assign(
        cause=[cause(line.reason_category, line.driver) for line in found.itertuples()],
        tier=[looks.label(line.tier_scheme, line.tier) for line in found.itertuples()],
    )
    shown["leak"] = [f"{line.cause}|{line.tier}" for line in shown.itertuples()]
    drawn = (
        alt.Chart(shown)
        .mark_bar(color=looks.BAD)
        .encode(
            x=alt.X(
                "lost_mrr:Q",
                title=f"MRR lost in 12 months, {data.view().reporting_currency}",
                axis=alt.Axis(format="~s", tickCount=5),
            ),
            y=alt.Y(
                "leak:N",
                sort=alt.EncodingSortField("rank"),
                title=None,
                axis=alt.Axis(
                    labelLimit=150, labelOverlap=False, labelExpr="split(datum.label, '|')"
                ),
            ),
            tooltip=[
                alt.Tooltip("cause:N", title="Cause"),
                alt.Tooltip("tier:N", title="Tier"),
                alt.Tooltip("lost_mrr:Q", title="MRR lost", format=",.0f"),
                alt.Tooltip("share_of_lost:Q", title="Share of all lost", format=".1%"),
                alt.Tooltip("accounts:Q", title="Accounts"),
            ],
        )
        .properties(height=60 + 36 * len(shown))
    )
    looks.chart(drawn, "MRR lost in twelve months by cause and tier, the largest first")
    looks.table(
        shown[["rank", "cause", "tier", "lost_mrr", "share_of_lost", "accounts"]],
        "rpt_leakage_points",
        height="content",
    )
    quarter = found["quarter"].iloc[0]
    with st.container(horizontal=True):
        looks.rows_link("rpt_leakage_points", {"quarter": quarter, **segment(tier)})
        looks.definitions("rpt_leakage_points", ["lost_mrr", "reason_category", "driver", "tier"])
        looks.page_link("revenue", "Revenue and retention")


def cause(reason_category: str, driver: object) -> str:
    """A leak's reason, and its driver where the account still pays."""
    reason = looks.label("reason_category", reason_category)
    if looks.is_missing(driver):
        return reason
    return f"{reason}: {looks.label('driver', driver).lower()}"
