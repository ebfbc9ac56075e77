"""Renewals by quarter with their calibration and history, and the open ones by expected loss."""

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import data, looks

OUTLOOKS = ("secured", "open", "lost")
CALIBRATED, POLICY = "Calibrated forecast", "Forecast by policy"
MARKS = alt.Scale(domain=[CALIBRATED, POLICY], range=["#222222", "#e69f00"])
CAME = alt.Scale(domain=["Forecast (diamond)", "Renewed (circle)"], range=["#222222", "#0072b2"])
SHOWN = [
    "quarter_name",
    *("renewals", "arr_up", "secured_arr", "open_arr", "expected_open_arr", "lost_arr"),
    *("outlook_arr", "forecast_calibrated", "actual_arr", "accuracy"),
]
NO_RENEWALS = (
    "No subscription has a term that ends near the day of the data. Renewals need contract terms, "
    "or term_months of subscriptions: see docs/bring_your_own_data.md."
)


def show_renewals(tier: str) -> None:
    """The renewals of a touch tier by quarter, and whether past forecasts came true."""
    looks.heading("What will renew?")
    as_of_date = data.view().as_of_date
    found = data.rows("forecast", "renewals", tier=tier, as_of_date=as_of_date)
    if found.empty:
        st.info(NO_RENEWALS)
        return
    names = {looks.day(row.quarter): row.quarter_name for row in found.itertuples()}
    today = looks.day(pd.Timestamp(as_of_date).to_period("Q").start_time)
    places = st.columns(4)
    with places[0]:
        chosen = looks.choose("quarter", "Quarter", list(names), default=today, words=names.get)
    at = found[found["quarter"] == pd.Timestamp(chosen)].iloc[0]
    tiles(at, tier)
    left, right = st.columns([3, 2])
    with left:
        by_quarter(data.rows("forecast", "outlooks", tier=tier, as_of_date=as_of_date), found, tier)
    with right:
        calibration(data.rows("forecast", "calibration", tier=tier), tier)
    left, right = st.columns([2, 3])
    with left:
        sundays(tier, at)
    with right:
        looks.table(
            found[SHOWN],
            "rpt_renewal_forecast",
            names={"quarter_name": "Quarter", "expected_open_arr": "Expected of open"},
            key="renewals",
        )
        looks.definitions("rpt_renewal_forecast", [*SHOWN[1:], "forecast_policy", "at_risk_arr"])
    open_renewals(tier)


def tiles(at: pd.Series, tier: str) -> None:
    """A quarter's renewals: what is up, secured, open and at risk, and the outlook."""
    known = data.definitions("rpt_renewal_forecast")
    link = ("rpt_renewal_forecast", {"quarter": at.quarter, "touch_tier": tier})
    columns = ("arr_up", "secured_arr", "open_arr", "lost_arr", "at_risk_arr", "outlook_arr")
    titles = ("ARR up", "Secured", "Open", "Lost", "At risk", "Outlook")
    for start in (0, 3):
        pairs = list(zip(titles, columns, strict=True))[start : start + 3]
        for place, (name, column) in zip(st.columns(3), pairs, strict=True):
            with place:
                looks.tile(
                    f"{name}, {at.quarter_name}",
                    looks.amount(at[column]),
                    definition=known[column].text,
                    rows=link,
                )


def by_quarter(outlooks: pd.DataFrame, found: pd.DataFrame, tier: str) -> None:
    """ARR up by outlook, with both forecasts as ticks."""
    outlooks["outlook"] = looks.labels("current_outlook", outlooks["current_outlook"])
    scale = looks.colours("current_outlook", OUTLOOKS)
    x = alt.X(
        "quarter_name:O",
        sort=found["quarter_name"].tolist(),
        title=None,
        axis=alt.Axis(labelAngle=-45, labelOverlap=False),
    )
    y_title = f"ARR up, {data.view().reporting_currency}"
    bars = (
        alt.Chart(outlooks)
        .mark_bar()
        .encode(
            x=x,
            y=alt.Y("arr:Q", title=y_title, axis=alt.Axis(format="~s")),
            color=alt.Color("outlook:N", scale=scale, legend=None),
            order=alt.Order("place:Q"),
            tooltip=[
                alt.Tooltip("quarter_name:N", title="Quarter"),
                alt.Tooltip("outlook:N", title="Outlook"),
                alt.Tooltip("arr:Q", title="ARR", format=",.0f"),
            ],
        )
    )
    ticks = [
        alt.Chart(found)
        .mark_tick(thickness=3, size=size, color=colour)
        .encode(
            x=x,
            y=alt.Y(f"{column}:Q", title=y_title),
            tooltip=[
                alt.Tooltip("quarter_name:N", title="Quarter"),
                alt.Tooltip(f"{column}:Q", title=name, format=",.0f"),
            ],
        )
        for column, name, colour, size in (
            ("forecast_policy", POLICY, MARKS.range[1], 14),
            ("forecast_calibrated", CALIBRATED, MARKS.range[0], 24),
        )
    ]
    looks.chart(
        alt.layer(bars, *ticks).properties(
            height=looks.CHART_HEIGHT + 40, title="Renewals by quarter"
        ),
        "ARR up for renewal by quarter: secured, open and lost, with two forecasts",
    )
    looks.legend(
        alt.Scale(
            domain=[*scale.domain, *(f"{name} (line)" for name in MARKS.domain)],
            range=[*scale.range, *MARKS.range],
        )
    )
    looks.rows_link("rpt_renewal_forecast", {"touch_tier": tier})


def calibration(found: pd.DataFrame, tier: str) -> None:
    """Forecast against actual share of renewals, by band of the forecast."""
    bands = found.dropna(subset=["min_probability"])
    if bands.empty:
        st.info("No renewal is decided yet, so that no forecast can be compared with its outcome.")
        return
    bands = bands.assign(band=looks.labels("probability_band", bands["probability_band"]))
    order = bands["band"].tolist()
    base = alt.Chart(bands).encode(
        y=alt.Y("band:N", sort=order, title=None, axis=looks.words_axis()),
        tooltip=[
            alt.Tooltip("band:N", title="Band of the forecast"),
            alt.Tooltip("renewals:Q", title="Decided renewals"),
            alt.Tooltip("renewed:Q", title="Renewed"),
            alt.Tooltip("forecast_rate:Q", title="Forecast share", format=".1%"),
            alt.Tooltip("actual_rate:Q", title="Renewed share", format=".1%"),
        ],
    )
    x = {
        "title": "Share renewed",
        "scale": alt.Scale(domain=[0, 1.12], nice=False),
        "axis": alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1]),
    }
    rules = base.mark_rule(color="#999999").encode(
        x=alt.X("forecast_rate:Q", **x), x2="actual_rate:Q"
    )
    forecast = base.mark_point(shape="diamond", size=90, filled=False, color=CAME.range[0])
    actual = base.mark_point(size=90, filled=True, opacity=1, color=CAME.range[1])
    numbers = base.mark_text(align="right", fontSize=11, color="#222222").encode(
        x=alt.value("width"), text="renewals:Q"
    )
    looks.chart(
        alt.layer(
            rules,
            actual.encode(x=alt.X("actual_rate:Q", **x)),
            forecast.encode(x=alt.X("forecast_rate:Q", **x)),
            numbers,
        ).properties(height=looks.CHART_HEIGHT + 40, title="Did past probabilities come true?"),
        "Forecast and actual share of renewals by band of the forecast",
    )
    looks.legend(CAME)
    total = found[found["min_probability"].isna()].iloc[0]
    st.caption(
        "The number is the decided renewals of the band. Over all: forecast "
        f"{looks.share(total.forecast_rate)}, renewed {looks.share(total.actual_rate)}. Brier "
        f"score {looks.number(total.brier_score, 3)} (less is better), against "
        f"{looks.number(total.base_brier_score, 3)} for the past share and "
        f"{looks.number(total.policy_brier_score, 3)} for the policy."
    )
    looks.rows_link("rpt_renewal_calibration", {"touch_tier": tier})


def sundays(tier: str, at: pd.Series) -> None:
    """How the outlook of a quarter developed."""
    found = data.rows("forecast", "sundays", tier=tier, quarter=at.quarter.date())
    if found.empty:
        st.info(
            f"The history by Sunday holds this quarter and the next as each was seen. It has no "
            f"Sunday that saw {at.quarter_name}."
        )
        return
    names = {"arr_up": "Up", "outlook_arr": "Outlook", "secured_arr": "Secured"}
    scale = alt.Scale(domain=list(names.values()), range=["#999999", "#222222", "#0072b2"])
    long = found.melt("snapshot_date", list(names), "column", "arr")
    long["line"] = long["column"].map(names)
    lines = (
        alt.Chart(long)
        .mark_line(point=alt.OverlayMarkDef(size=20))
        .encode(
            x=alt.X("snapshot_date:T", title=None, axis=alt.Axis(format="%m-%d", tickCount=6)),
            y=alt.Y(
                "arr:Q",
                title=f"ARR, {data.view().reporting_currency}",
                axis=alt.Axis(format="~s"),
            ),
            color=alt.Color("line:N", scale=scale, legend=None),
            tooltip=[
                alt.Tooltip("snapshot_date:T", title="Sunday", format="%Y-%m-%d"),
                alt.Tooltip("line:N", title="Line"),
                alt.Tooltip("arr:Q", title="ARR", format=",.0f"),
            ],
        )
        .properties(height=looks.CHART_HEIGHT + 20, title=f"{at.quarter_name} as seen each Sunday")
    )
    looks.chart(lines, f"Renewals of {at.quarter_name} as seen each Sunday")
    looks.legend(scale)
    looks.rows_link("rpt_renewal_forecast_history", {"quarter": at.quarter, "touch_tier": tier})


def open_renewals(tier: str) -> None:
    """The open renewals in the order of the ARR that is expected to be lost."""
    looks.heading("Which open renewals may cost most?")
    due = data.rows("forecast", "due_quarters")
    if due.empty:
        st.info("No renewal is open.")
        return
    quarters = {"all": "All"} | dict(zip(due["quarter"], due["quarter_name"], strict=True))
    owners = data.rows("forecast", "owners")
    csms = {"all": "All"} | {row.csm_id: row.csm_name for row in owners.itertuples()}
    places = st.columns(4)
    with places[0]:
        chosen = looks.choose("due", "Due in", list(quarters), words=quarters.get)
    with places[1]:
        csm = looks.choose("csm", "CSM", list(csms), words=csms.get)
    found = data.rows("forecast", "open_renewals", tier=tier, csm=csm, due=chosen)
    for column, domain in (
        ("health_status", "health_status"),
        ("risk_level", "risk_level"),
        ("touch_tier", "touch_tier"),
        ("crm_outlook", "current_outlook"),
    ):
        found[column] = looks.labels(domain, found[column])
    looks.table(
        found,
        ("fct_renewals", "dim_accounts"),
        names={
            "expected_loss_arr": "Expected loss",
            "calibrated_probability": "Probability",
            "is_at_risk": "At risk",
            "crm_outlook": "In the CRM",
        },
        empty="No open renewal meets these filters.",
        key="open_renewals",
    )
    filters = {"current_outlook": "open"} | ({} if tier == "all" else {"touch_tier": tier})
    looks.rows_link("fct_renewals", filters, "Rows of all open renewals")
    looks.definitions(
        "fct_renewals", ["open_arr", "calibrated_probability", "expected_loss_arr", "is_at_risk"]
    )
