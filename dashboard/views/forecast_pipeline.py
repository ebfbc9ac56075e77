"""The expansion pipeline, and the log of published forecasts with their outcomes."""

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import data, looks

LOGGED = {"mrr": "MRR of a month", "renewed_arr": "ARR renewed in a quarter"}
NO_PIPELINE = (
    "No expansion opportunity is open, and none was closed in this quarter. The pipeline needs "
    "opportunities of your CRM: see docs/bring_your_own_data.md."
)
NO_LOG = (
    "The log is empty. Each publish adds its forecasts, and a figure is compared once its month or "
    "quarter is over."
)


def show_expansion() -> None:
    """Open expansion opportunities by quarter and type."""
    looks.heading("What expansion is in the pipeline?")
    total = data.row("forecast", "expansion_total")
    if total is None:
        st.info(NO_PIPELINE)
        return
    known = data.definitions("rpt_expansion_forecast")
    figures = (
        ("Open pipeline", "open_amount", {"is_open": "true"}),
        ("Expected of it", "expected_open_amount", {"is_open": "true"}),
        ("Overdue", "overdue_amount", {"is_overdue": "true"}),
        ("Won this quarter", "won_amount", {"stage": "closed_won"}),
    )
    for place, (name, column, filters) in zip(st.columns(4), figures, strict=True):
        with place:
            looks.tile(
                name,
                looks.amount(total[column]),
                definition=known[column].text,
                rows=("fct_opportunities", filters),
            )
    found = data.rows("forecast", "expansion")
    found["kind"] = looks.labels("opportunity_type", found["opportunity_type"])
    left, right = st.columns([2, 3])
    with left:
        pipeline(found)
    with right:
        looks.table(
            found.drop(columns=["quarter", "opportunity_type"])[
                ["quarter_name", "kind", *found.columns[3:-1]]
            ],
            "rpt_expansion_forecast",
            names={"quarter_name": "Quarter", "kind": "Type", "expected_open_amount": "Expected"},
            key="expansion",
        )
        looks.rows_link("rpt_expansion_forecast")
    st.caption("Annual amounts of all tiers. Links lead to opportunities of every type and date.")
    looks.definitions("rpt_expansion_forecast", ["open_amount", "expected_open_amount", "win_rate"])


def pipeline(found: pd.DataFrame) -> None:
    """The open amount by type, and the part that is expected."""
    kinds = found["opportunity_type"].unique().tolist()
    scale = looks.colours("opportunity_type", kinds)
    base = alt.Chart(found).encode(
        y=alt.Y("kind:N", title=None, axis=looks.words_axis()),
        yOffset="quarter_name:N",
        tooltip=[
            alt.Tooltip("quarter_name:N", title="Quarter"),
            alt.Tooltip("kind:N", title="Type"),
            alt.Tooltip("open_opportunities:Q", title="Open opportunities"),
            alt.Tooltip("open_amount:Q", title="Open", format=",.0f"),
            alt.Tooltip("expected_open_amount:Q", title="Expected", format=",.0f"),
        ],
    )
    amount_axis = alt.Axis(format="~s")
    room = alt.Scale(domain=[0, 1.3 * max(float(found["open_amount"].max()), 1)], nice=False)
    name = f"Annual amount, {data.view().reporting_currency}"
    open_bars = base.mark_bar(opacity=0.3).encode(
        x=alt.X("open_amount:Q", title=name, axis=amount_axis, scale=room),
        color=alt.Color("kind:N", scale=scale, legend=None),
    )
    expected = base.mark_bar(size=5).encode(
        x=alt.X("expected_open_amount:Q", title=name, axis=amount_axis, scale=room),
        color=alt.Color("kind:N", scale=scale, legend=None),
    )
    names = base.mark_text(align="left", dx=4, fontSize=10, color="#222222").encode(
        x=alt.X("open_amount:Q", scale=room), text="quarter_name:N"
    )
    looks.chart(
        alt.layer(open_bars, expected, names).properties(height=looks.CHART_HEIGHT + 40),
        "Open expansion by type and quarter, with the part that is expected",
    )
    st.caption("Pale bars are open amounts. The dark bar within is expected of it.")


def show_log() -> None:
    """What was published, and what came of it."""
    looks.heading("Did published forecasts come true?")
    if not data.has("rpt_forecast_accuracy"):
        st.info(NO_LOG)
        return
    places = st.columns(4)
    with places[0]:
        figure = looks.choose("logged", "Forecast of", list(LOGGED), words=LOGGED.get)
    found = data.rows("forecast", "log", figure=figure)
    known = found.dropna(subset=["accuracy"])
    if known.empty:
        st.info("No published forecast of this figure has an outcome yet.")
    else:
        accuracy(known)
    looks.table(
        found.drop(columns=["figure", "target", "target_high"]),
        "rpt_forecast_accuracy",
        names={"is_on_target": "On target"},
        empty=NO_LOG,
        key="log",
    )
    looks.rows_link("rpt_forecast_accuracy", {"figure": figure})
    looks.definitions(
        "rpt_forecast_accuracy", ["forecast", "actual", "accuracy", "target", "is_on_target"]
    )


def accuracy(known: pd.DataFrame) -> None:
    """Actual by forecast of each period, on the band of the target."""
    low, high = float(known["target"].iloc[0]), float(known["target_high"].iloc[0])
    around = [*known["accuracy"].astype(float), low, high]
    scale = alt.Scale(domain=[min(around) - 0.02, max(around) + 0.02], nice=False, zero=False)
    known = known.assign(made=[looks.day(at) for at in known["made_on"]])
    made = sorted(known["made"].unique())
    shades = alt.Scale(domain=made, scheme="viridis")
    y = alt.Y("accuracy:Q", title="Actual ÷ forecast", scale=scale, axis=alt.Axis(format=".0%"))
    target = (
        alt.Chart(pd.DataFrame({"low": [low], "high": [high]}))
        .mark_rect(opacity=0.18, color=looks.GOOD)
        .encode(y=alt.Y("low:Q", scale=scale, title="Actual ÷ forecast"), y2="high:Q")
    )
    points = (
        alt.Chart(known)
        .mark_line(point=alt.OverlayMarkDef(size=30))
        .encode(
            x=alt.X("period:T", title=None, axis=alt.Axis(format="%Y-%m", tickCount=6)),
            y=y,
            color=alt.Color("made:N", scale=shades, legend=None),
            tooltip=[
                alt.Tooltip("period:T", title="Period", format="%Y-%m"),
                alt.Tooltip("made:N", title="Made on"),
                alt.Tooltip("forecast:Q", title="Forecast", format=",.0f"),
                alt.Tooltip("actual:Q", title="Actual", format=",.0f"),
                alt.Tooltip("accuracy:Q", title="Actual ÷ forecast", format=".1%"),
            ],
        )
    )
    even = alt.Chart(pd.DataFrame({"even": [1]})).mark_rule(color="#999999", strokeDash=[4, 4])
    looks.chart(
        alt.layer(target, even.encode(y=alt.Y("even:Q", scale=scale)), points).properties(
            height=looks.CHART_HEIGHT
        ),
        "Actual by forecast of each published forecast, on the band of the target",
    )
    st.caption(
        f"One line a day of publishing, from {made[0]} (dark) to {made[-1]} (light). The band is "
        f"the target of {looks.share(low, 0)} to {looks.share(high, 0)}."
    )
