"""The charts of Account 360: health, drivers, MRR, use, tickets and answers."""

import json

import altair as alt
import pandas as pd

from dashboard import looks

HEIGHT, LOW = 240, 200
MONTH = alt.Axis(
    format="%Y-%m", title=None, labelAngle=0, tickCount=5, labelOverlap=True, labelFlush=True
)
LEGEND = alt.Legend(orient="top", title=None, columns=4)


def health(scores: pd.DataFrame, bands: pd.DataFrame) -> alt.LayerChart:
    """The score over time on the bands of the statuses, which the axis names."""
    shown = scores.dropna(subset=["health_score"]).assign(
        status=lambda frame: [looks.label("health_status", c) for c in frame["health_status"]]
    )
    colour = alt.Color("status:N", scale=looks.colours("health_status"), legend=None)
    scale = alt.Scale(domain=[0, 100], nice=False)
    base = alt.Chart(shown).encode(
        x=alt.X("snapshot_date:T", axis=MONTH),
        y=alt.Y("health_score:Q", scale=scale, axis=_band_axis(bands), title=None),
    )
    layers: list[alt.Chart] = []
    if not bands.empty:
        named = bands.assign(status=[looks.label("health_status", code) for code in bands["code"]])
        y = alt.Y("lowest_value:Q", scale=scale, axis=_band_axis(bands), title=None)
        layers.append(
            alt.Chart(named).mark_rect(opacity=0.16).encode(y=y, y2="highest_value", color=colour)
        )
    layers.append(base.mark_line(color="#52606d", strokeWidth=1.5))
    layers.append(
        base.mark_point(filled=True, size=42, opacity=1).encode(
            color=colour,
            tooltip=[
                alt.Tooltip("snapshot_date:T", format="%Y-%m-%d", title="Date"),
                alt.Tooltip("health_score:Q", format=".1f", title="Health"),
                alt.Tooltip("status:N", title="Status"),
                alt.Tooltip("coverage:Q", format=".0%", title="Coverage"),
            ],
        )
    )
    return alt.layer(*layers).properties(height=HEIGHT)


def _band_axis(bands: pd.DataFrame) -> alt.Axis:
    """Ticks in the middle of each band, with its name and its least and highest score."""
    if bands.empty:
        return alt.Axis()
    middles = {
        (low + high) / 2: [looks.label("health_status", code), f"{low:g} to {high:g}"]
        for code, low, high in bands[["code", "lowest_value", "highest_value"]].itertuples(
            index=False
        )
    }
    cases = "".join(f"datum.value == {at} ? {json.dumps(text)} : " for at, text in middles.items())
    return alt.Axis(values=list(middles), labelExpr=f"{cases}''", ticks=False, grid=False)


def drivers(costs: pd.DataFrame) -> alt.Chart:
    """The points that each metric takes off the score, the most first."""
    named = costs.assign(name=[looks.label("metric", code) for code in costs["metric"]])
    return (
        alt.Chart(named)
        .mark_bar(color=looks.PALETTE[0])
        .encode(
            x=alt.X("points_lost:Q", title="Points lost"),
            y=alt.Y(
                "name:N",
                sort=None,
                title=None,
                axis=alt.Axis(labelLimit=190, labelOverlap=False),
            ),
            tooltip=[
                alt.Tooltip("name:N", title="Metric"),
                alt.Tooltip("shown_value:N", title="Value"),
                alt.Tooltip("metric_score:Q", format=".0f", title="Score of the metric"),
                alt.Tooltip("points_lost:Q", format=".1f", title="Points lost"),
            ],
        )
        .properties(height=26 * len(costs) + 50)
    )


def mrr(months: pd.DataFrame, movements: pd.DataFrame, currency: str) -> alt.LayerChart:
    """MRR at each month's end as a line, with the month's movements as bars."""
    named = movements.assign(
        movement=[looks.label("movement_type", code) for code in movements["movement_type"]]
    )
    x = alt.X("month:T", axis=MONTH)
    title = f"MRR, {currency}"
    bars = (
        alt.Chart(named)
        .mark_bar(width=5)
        .encode(
            x=x,
            y=alt.Y("amount:Q", title=title),
            color=alt.Color(
                "movement:N",
                scale=looks.colours("movement_type", list(movements["movement_type"].unique())),
                legend=LEGEND,
            ),
            tooltip=[
                alt.Tooltip("month:T", format="%Y-%m", title="Month"),
                alt.Tooltip("movement:N", title="Movement"),
                alt.Tooltip("amount:Q", format=",.2f", title="Amount"),
            ],
        )
    )
    line = (
        alt.Chart(months)
        .mark_line(
            color="#1f2933", interpolate="step-after", point={"size": 14, "color": "#1f2933"}
        )
        .encode(
            x=x,
            y=alt.Y("closing_mrr:Q", title=title),
            tooltip=[
                alt.Tooltip("month:T", format="%Y-%m", title="Month"),
                alt.Tooltip("closing_mrr:Q", format=",.2f", title="MRR"),
                alt.Tooltip("seats:Q", format=",.0f", title="Seats"),
            ],
        )
    )
    return alt.layer(line, bars).properties(height=HEIGHT)


def lines(frame: pd.DataFrame, names: dict[str, str], title: str) -> alt.Chart:
    """Columns of months as lines, each with its name."""
    known = [column for column in names if frame[column].notna().any()]
    long = frame.melt("month", known, "measure", "value").dropna(subset=["value"])
    long["measure"] = long["measure"].map(names)
    order = [names[column] for column in known]
    return (
        alt.Chart(long)
        .mark_line(point={"size": 20})
        .encode(
            x=alt.X("month:T", axis=MONTH),
            y=alt.Y("value:Q", title=title),
            color=alt.Color(
                "measure:N",
                scale=alt.Scale(domain=order, range=list(looks.PALETTE[: len(order)])),
                legend=LEGEND,
            ),
            strokeDash=alt.StrokeDash("measure:N", sort=order, legend=None),
            tooltip=[
                alt.Tooltip("month:T", format="%Y-%m", title="Month"),
                alt.Tooltip("measure:N", title="Measure"),
                alt.Tooltip("value:Q", format=",.0f", title="Value"),
            ],
        )
        .properties(height=HEIGHT)
    )


def tickets(months: pd.DataFrame) -> alt.Chart:
    """Tickets opened by month and priority."""
    codes = list(months["priority"].dropna().unique())
    named = months.assign(
        priority_name=[looks.label("ticket_priority", code) for code in months["priority"]]
    )
    return (
        alt.Chart(named)
        .mark_bar(width=6)
        .encode(
            x=alt.X("month:T", axis=MONTH),
            y=alt.Y("tickets:Q", title="Tickets opened", axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "priority_name:N", scale=looks.colours("ticket_priority", codes), legend=LEGEND
            ),
            tooltip=[
                alt.Tooltip("month:T", format="%Y-%m", title="Month"),
                alt.Tooltip("priority_name:N", title="Priority"),
                alt.Tooltip("tickets:Q", title="Tickets"),
            ],
        )
        .properties(height=LOW)
    )


def answers(given: pd.DataFrame, lowest: int, highest: int) -> alt.Chart:
    """The answers to one kind of survey over time, on its whole scale."""
    return (
        alt.Chart(given)
        .mark_point(filled=True, size=60, opacity=0.7, color=looks.PALETTE[0])
        .encode(
            x=alt.X("answered_on:T", axis=MONTH),
            y=alt.Y("score:Q", title=None, scale=alt.Scale(domain=[lowest, highest])),
            tooltip=[
                alt.Tooltip("answered_on:T", format="%Y-%m-%d", title="Date"),
                alt.Tooltip("contact_label:N", title="Who"),
                alt.Tooltip("score:Q", title="Score"),
            ],
        )
        .properties(height=LOW)
    )
