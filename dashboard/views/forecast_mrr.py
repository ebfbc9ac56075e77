"""The forecast of MRR with its intervals, beside its past errors and two baselines."""

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import data, looks

FIGURES = {"mrr": "MRR", "grr": "GRR", "nrr": "NRR"}
METHODS = ("model", "carry_forward", "trailing_rates")
ACTUAL_COLOUR, TOTAL_COLOUR, EXISTING_COLOUR = "#222222", "#0072b2", "#009e73"
NO_BACKTEST = (
    "No past forecast of this horizon has an outcome yet. A forecast is made from each month-end "
    "with a year of records before it."
)
NO_INTERVAL = "The interval is empty while too few past errors are known."


def show_mrr(tier: str, horizon: int) -> None:
    """The forecast of a touch tier, and how forecasts so many months ahead did."""
    looks.heading("What MRR do we expect, and may I believe it?")
    found = data.rows("forecast", "forecast", tier=tier)
    at = found[found["horizon"] == horizon]
    if at.empty:
        st.info("This touch tier has no forecast for that month.")
        return
    tiles(at.iloc[0], tier)
    left, right = st.columns([3, 2])
    with left:
        fan(data.rows("forecast", "history", tier=tier), found)
    with right:
        errors(data.rows("forecast", "errors", tier=tier), horizon)
    backtest(tier, horizon)
    looks.definitions(
        "fct_mrr_forecast",
        [
            *("p50", "p10", "p90", "new_business_p50", "total_p50", "interval_coverage"),
            *("mape", "carry_forward_mape", "trailing_rates_mape", "beats_baselines"),
        ],
    )


def tiles(at: pd.Series, tier: str) -> None:
    """MRR today and then, the past error, and whether intervals held."""
    known = data.definitions("fct_mrr_forecast")
    link = ("fct_mrr_forecast", {"touch_tier": tier, "forecast_month": at.forecast_month})
    then = looks.month(at.forecast_month)
    figures = (
        ("MRR today", looks.amount(at.starting_mrr), "starting_mrr"),
        (f"Expected, {then}", looks.amount(at.total_p50), "total_p50"),
        ("Of today's customers", looks.amount(at.p50), "p50"),
        ("Mean past error", looks.share(at.mape), "mape"),
    )
    for place, (name, value, column) in zip(st.columns(4), figures, strict=True):
        with place:
            looks.tile(name, value, definition=known[column].text, rows=link)
    st.caption(" ".join(sentences(at)))


def sentences(at: pd.Series) -> list[str]:
    """What the tiles leave out, in words."""
    said = []
    if looks.is_missing(at.total_p10):
        said.append(NO_INTERVAL)
    else:
        said.append(
            f"All customers: {looks.amount(at.total_p10)} to {looks.amount(at.total_p90)}, which "
            "should hold four times in five."
        )
    if not looks.is_missing(at.interval_coverage):
        said.append(
            "Past intervals, each for the customers of its day, held "
            f"{looks.share(at.interval_coverage, 0)} of {at.interval_tests:,.0f} outcomes."
        )
    if looks.is_missing(at.beats_baselines):
        said.append("No past forecast can be compared with the baselines yet.")
    else:
        verdict = "less than both" if at.beats_baselines else "not less than both"
        said.append(
            f"The past error is {verdict} baselines: {looks.share(at.carry_forward_mape)} if the "
            f"last MRR continues, {looks.share(at.trailing_rates_mape)} if the last rates do. "
            f"{at.past_forecasts:,.0f} past forecasts, {at.independent_origins:,.0f} of them "
            "share no month."
        )
    return said


def fan(history: pd.DataFrame, found: pd.DataFrame) -> None:
    """Actual MRR, then today's customers and all customers with their intervals."""
    names = ["Actual", "All customers expected", "Today's customers expected"]
    colour = alt.Scale(domain=names, range=[ACTUAL_COLOUR, TOTAL_COLOUR, EXISTING_COLOUR])
    month_axis = alt.X("month:T", title=None, axis=alt.Axis(format="%Y-%m", tickCount=6))
    y_scale = alt.Scale(zero=False)

    def line(frame: pd.DataFrame, column: str, name: str, dash: list[int]) -> alt.Chart:
        return (
            alt.Chart(frame.assign(line=name))
            .mark_line(strokeDash=dash, point=alt.OverlayMarkDef(size=18))
            .encode(
                x=month_axis,
                y=alt.Y(f"{column}:Q", title=title(), scale=y_scale, axis=alt.Axis(format="~s")),
                color=alt.Color("line:N", scale=colour, legend=None),
                tooltip=[
                    alt.Tooltip("month:T", title="Month", format="%Y-%m"),
                    alt.Tooltip("line:N", title="Line"),
                    alt.Tooltip(f"{column}:Q", title="MRR", format=",.0f"),
                ],
            )
        )

    def band(low: str, high: str, fill: str) -> alt.Chart:
        return (
            alt.Chart(ahead.dropna(subset=[low, high]))
            .mark_area(opacity=0.18, color=fill)
            .encode(x=month_axis, y=alt.Y(f"{low}:Q", title=title(), scale=y_scale), y2=f"{high}:Q")
        )

    ahead = found.rename(columns={"forecast_month": "month"})
    bands = [
        band(low, high, fill)
        for low, high, fill in (
            ("total_p10", "total_p90", TOTAL_COLOUR),
            ("p10", "p90", EXISTING_COLOUR),
        )
        if found[low].notna().any()
    ]
    looks.chart(
        alt.layer(
            *bands,
            line(history, "mrr", names[0], [1, 0]),
            line(ahead, "total_p50", names[1], [6, 3]),
            line(ahead, "p50", names[2], [2, 2]),
        ).properties(height=looks.CHART_HEIGHT + 40, title="MRR by month, with p10 to p90"),
        "Actual and expected MRR by month with intervals",
    )
    looks.legend(colour)
    looks.rows_link("fct_mrr_forecast", {"touch_tier": found["touch_tier"].iloc[0]})


def errors(found: pd.DataFrame, horizon: int) -> None:
    """The mean past error by horizon, of the model and both baselines."""
    if found.empty:
        st.info(NO_BACKTEST)
        return
    found["name"] = looks.labels("forecast_method", found["method"])
    scale = looks.colours("forecast_method", METHODS)
    base = alt.Chart(found).encode(
        x=alt.X("horizon:Q", title="Months ahead", axis=alt.Axis(values=[1, 3, 6, 9, 12])),
        y=alt.Y("mape:Q", title="Mean absolute error", axis=alt.Axis(format=".1%")),
        color=alt.Color("name:N", scale=scale, legend=None),
        shape=alt.Shape("name:N", legend=None),
        tooltip=[
            alt.Tooltip("horizon:Q", title="Months ahead"),
            alt.Tooltip("name:N", title="Method"),
            alt.Tooltip("mape:Q", title="Mean absolute error", format=".2%"),
            alt.Tooltip("past_forecasts:Q", title="Past forecasts"),
            alt.Tooltip("independent_origins:Q", title="That share no month"),
        ],
    )
    chosen = alt.Chart(pd.DataFrame({"horizon": [horizon]})).mark_rule(color="#bbbbbb")
    looks.chart(
        alt.layer(
            chosen.encode(x="horizon:Q"), base.mark_line(), base.mark_point(filled=True, size=40)
        ).properties(height=looks.CHART_HEIGHT + 40, title="Past error by months ahead"),
        "Mean absolute error by months ahead: model and two baselines",
    )
    looks.legend(scale)


def backtest(tier: str, horizon: int) -> None:
    """What was forecast so many months before, and what came."""
    places = st.columns(4)
    with places[0]:
        figure = looks.choose("figure", "Backtest of", list(FIGURES), words=FIGURES.get)
    found = data.rows("forecast", "backtest", tier=tier, figure=figure, horizon=horizon)
    if found.empty:
        st.info(NO_BACKTEST)
        return
    found["name"] = looks.labels("forecast_method", found["method"])
    value_format, axis_format = (",.0f", "~s") if figure == "mrr" else (".1%", ".1%")
    scale = looks.colours("forecast_method", METHODS)
    x = alt.X("forecast_month:T", title=None, axis=alt.Axis(format="%Y-%m", tickCount=6))
    axis = alt.Axis(format=axis_format)
    unit = f", {data.view().reporting_currency}" if figure == "mrr" else ""
    name = f"Actual less forecast{unit}"
    model = found[found["method"] == "model"]
    band = (
        alt.Chart(model.dropna(subset=["low", "high"]))
        .mark_area(opacity=0.2, color=scale.range[0])
        .encode(x=x, y=alt.Y("low:Q", title=name, axis=axis), y2="high:Q")
    )
    lines = (
        alt.Chart(found)
        .mark_line(strokeWidth=1.8, point=alt.OverlayMarkDef(size=16))
        .encode(
            x=x,
            y=alt.Y("error:Q", title=name, axis=axis),
            color=alt.Color("name:N", scale=scale, legend=None),
            tooltip=[
                alt.Tooltip("forecast_month:T", title="Month", format="%Y-%m"),
                alt.Tooltip("made_on:T", title="Made on", format="%Y-%m-%d"),
                alt.Tooltip("name:N", title="Method"),
                alt.Tooltip("forecast:Q", title="Forecast", format=value_format),
                alt.Tooltip("actual:Q", title="Actual", format=value_format),
                alt.Tooltip("error:Q", title="Actual less forecast", format=value_format),
                alt.Tooltip("ape:Q", title="Absolute error", format=".1%"),
            ],
        )
    )
    even = alt.Chart(pd.DataFrame({"even": [0]})).mark_rule(color="#222222")
    months = "1 month" if horizon == 1 else f"{horizon} months"
    looks.chart(
        alt.layer(
            *([band] if model["low"].notna().any() else []), even.encode(y="even:Q"), lines
        ).properties(height=looks.CHART_HEIGHT, title=f"{FIGURES[figure]} against the forecast"),
        f"Backtest of {FIGURES[figure]}: actual less forecast made {months} before",
    )
    looks.legend(scale)
    st.caption(
        f"Each point is a forecast made {months} before with the data of that day, for the "
        "customers of that day. At 0 it came true. The area is the model's p10 to p90 by the "
        "errors known then: an interval held where the model's line lies in it."
    )
    looks.rows_link(
        "rpt_forecast_backtest",
        {"touch_tier": tier, "figure": figure, "horizon_months": horizon},
    )


def title() -> str:
    """The title of an axis of MRR."""
    return f"MRR, {data.view().reporting_currency}"
