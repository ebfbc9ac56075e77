"""Retention rates over time with their bands, the accounts behind a rate, and cohorts."""

from dataclasses import dataclass
from datetime import date

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import data, looks

WINDOWS = {"12": "12 months", "3": "3 months", "1": "1 month"}
ROOM_FOR_A_WORD = 0.07  # of the chart's height
SHOWN_CHANGE = 0.0005  # rounds to a tenth of a point
VERDICTS = ("healthy", "concerning", "critical")


@dataclass(frozen=True)
class Rate:
    """A retention rate: its column, name, and the prefix of the columns that judge it."""

    column: str
    name: str
    judged_as: str


RATES = (
    Rate("nrr", "NRR", "nrr"),
    Rate("grr", "GRR", "grr"),
    Rate("logo_retention", "Logo retention", "logo"),
)
TIERS_AT_START = {"touch_tier_at_start": "touch_tier", "arr_tier_at_start": "arr_tier"}
NO_WINDOW = (
    "No window of {window} is over, or nobody paid at its start. A window needs complete months "
    "of subscriptions before and after."
)


@dataclass(frozen=True)
class Segment:
    """The accounts that the retention part of the page shows."""

    segment_type: str
    segment: str
    name: str

    @property
    def filters(self) -> dict[str, str]:
        """The segment as parameters of a query and as filters of a link."""
        return {"segment_type": self.segment_type, "segment": self.segment}


def show_rates() -> Segment | None:
    """NRR, GRR and logo retention of a segment, and the accounts behind them.

    Returns the segment, None where nothing is measured yet.
    """
    looks.heading("What do we retain, and is it healthy?")
    known = data.rows("revenue", "segments")
    if known.empty:
        st.info(NO_WINDOW.format(window="any length"))
        return None
    places = st.columns(4)
    with places[0]:
        window = looks.choose("window", "Window", list(WINDOWS), words=WINDOWS.get)
    with places[1]:
        segment_type = looks.choose(
            "segment_type",
            "Segments by",
            [kind for kind in data.labels("segment_type") if kind in set(known["segment_type"])],
            default="all",
            words=lambda kind: looks.label("segment_type", kind),
        )
    of_type = known[known["segment_type"] == segment_type]
    names = dict(zip(of_type["segment"], of_type["segment_name"], strict=True))
    with places[2]:
        chosen = looks.choose("segment", "Segment", list(names), words=names.get)
    segment = Segment(segment_type, chosen, names[chosen])
    months = [looks.month(at) for at in data.rows("revenue", "months", window=int(window))["month"]]
    with places[3]:
        month = looks.choose("month", "Window ends with", months)
    if month is None:
        st.info(NO_WINDOW.format(window=WINDOWS[window]))
        return segment
    end = date.fromisoformat(f"{month}-01")
    rates = data.rows("revenue", "rates", window=int(window), month=end, **segment.filters)
    if rates.empty:
        st.info(NO_WINDOW.format(window=WINDOWS[window]))
        return segment
    rates_at(rates[rates["month"] == pd.Timestamp(end)], int(window), segment, end)
    for place, rate in zip(st.columns(3), RATES, strict=True):
        with place:
            looks.chart(over_time(rates, rate), f"{rate.name} of {segment.name} by month")
    say_bands(rates, window)
    looks.definitions(
        "fct_retention",
        [
            *(rate.column for rate in RATES),
            *(f"{rate.judged_as}_{edge}" for rate in RATES for edge in ("target", "acceptable")),
            "is_leaky_bucket",
        ],
    )
    by_segment(int(window), segment, end)
    accounts_behind(int(window), segment, end)
    return segment


def rates_at(found: pd.DataFrame, window: int, segment: Segment, end: date) -> None:
    """The three rates at the end of the chosen window."""
    if found.empty:
        st.info(
            f"{segment.name} had no customer at the start of this window. Choose another month."
        )
        return
    at = found.iloc[0]
    known = data.definitions("fct_retention")
    link = {"window_months": window, "month": end, **segment.filters}
    for place, rate in zip(st.columns(3), RATES, strict=True):
        change = at[f"{rate.column}_change"]
        has_change = not looks.is_missing(change) and abs(change) >= SHOWN_CHANGE
        with place:
            looks.tile(
                f"{rate.name}{verdict_words(at[f'{rate.judged_as}_verdict'])}",
                looks.share(at[rate.column]),
                change=f"{100 * change:+.1f} points" if has_change else None,
                is_better=bool(change > 0) if has_change else None,
                since=f"since {looks.month(at.previous_month)}" if has_change else None,
                definition=known[rate.column].text,
                rows=("fct_retention", link),
            )
    st.caption(
        f"{segment.name}. Customers at the start of the window: {at.starting_accounts:,.0f}, "
        f"with {looks.amount(at.starting_mrr)} of MRR."
        + (" The base is too small to be judged." if at.is_small_sample else "")
    )


def verdict_words(verdict: object) -> str:
    """A verdict behind the name of a rate, empty without one."""
    return "" if looks.is_missing(verdict) else f": {looks.label('verdict', verdict).lower()}"


def over_time(rates: pd.DataFrame, rate: Rate) -> alt.LayerChart:
    """A rate by month on the bands of its verdicts."""
    values = rates[rate.column].astype(float)
    edges = rates[[f"{rate.judged_as}_{edge}" for edge in ("target", "acceptable")]].iloc[-1]
    healthy, acceptable = (float(edge) if not looks.is_missing(edge) else None for edge in edges)
    around = [*values, *(edge for edge in (healthy, acceptable) if edge is not None)]
    low, high = min(around) - 0.02, max(around) + 0.02
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    y = alt.Y(f"{rate.column}:Q", title=rate.name, scale=scale, axis=alt.Axis(format=".0%"))
    line = (
        alt.Chart(rates)
        .mark_line(color="#222222", point=alt.OverlayMarkDef(size=14, color="#222222"))
        .encode(
            x=alt.X("month:T", title=None, axis=alt.Axis(format="%Y-%m", tickCount=4)),
            y=y,
            tooltip=[
                alt.Tooltip("month:T", title="Window ends with", format="%Y-%m"),
                alt.Tooltip(f"{rate.column}:Q", title=rate.name, format=".1%"),
                alt.Tooltip(f"{rate.judged_as}_verdict:N", title="Verdict"),
                alt.Tooltip("starting_accounts:Q", title="Customers at the start"),
            ],
        )
    )
    if healthy is None or acceptable is None:
        return alt.layer(line).properties(height=looks.CHART_HEIGHT)
    bands = pd.DataFrame(
        {
            "verdict": [looks.label("verdict", verdict) for verdict in VERDICTS],
            "from": [healthy, acceptable, low],
            "to": [high, healthy, acceptable],
        }
    )
    base = alt.Chart(bands)
    areas = base.mark_rect(opacity=0.22).encode(
        y=alt.Y("from:Q", scale=scale, title=rate.name),
        y2="to:Q",
        color=alt.Color("verdict:N", scale=looks.colours("verdict", VERDICTS), legend=None),
    )
    named = alt.Chart(bands[bands["to"] - bands["from"] >= ROOM_FOR_A_WORD * (high - low)])
    words = [
        named.mark_text(
            align="left", baseline="top", dx=4, dy=3, fontSize=11, stroke=halo, strokeWidth=width
        ).encode(x=alt.value(0), y=alt.Y("to:Q", scale=scale), text="verdict:N")
        for halo, width in (("white", 3), (None, 0))
    ]
    return alt.layer(areas, line, *words).properties(height=looks.CHART_HEIGHT)


def say_bands(rates: pd.DataFrame, window: str) -> None:
    """The bands in words, or why there are none."""
    if window != "12":
        st.caption("Only windows of 12 months are judged, so that these charts have no bands.")
        return
    edges = rates.iloc[-1]
    said = [
        f"{rate.name} is healthy from {looks.share(edges[f'{rate.judged_as}_target'], 0)} and "
        f"critical below {looks.share(edges[f'{rate.judged_as}_acceptable'], 0)}."
        for rate in RATES
        if not looks.is_missing(edges[f"{rate.judged_as}_target"])
    ]
    missing = [rate.name for rate in RATES if looks.is_missing(edges[f"{rate.judged_as}_target"])]
    if missing:
        said.append(f"No policy has bands for {' and '.join(missing)} of this segment.")
    st.caption(" ".join(said))


def by_segment(window: int, segment: Segment, end: date) -> None:
    """All segments of the chosen kind side by side."""
    if segment.segment_type == "all":
        return
    found = data.rows(
        "revenue",
        "rates_by_segment",
        window=window,
        segment_type=segment.segment_type,
        month=end,
    )
    for rate in RATES:
        column = f"{rate.judged_as}_verdict"
        found[column] = looks.labels("verdict", found[column])
    looks.table(
        found.drop(columns=["segment"]),
        "fct_retention",
        names={
            "segment_label": looks.label("segment_type", segment.segment_type),
            "is_leaky_bucket": "Leaky bucket",
            "is_small_sample": "Small sample",
        },
        key="rates_by_segment",
    )


def accounts_behind(window: int, segment: Segment, end: date) -> None:
    """The accounts of the base behind the chosen rates."""
    st.markdown(f"**The customers behind these rates** {looks.DASH} {segment.name}")
    losers = looks.toggle("losers", "Only those that lost MRR")
    found = data.rows(
        "revenue", "bases", window=window, month=end, losers=losers, **segment.filters
    )
    for column, domain in TIERS_AT_START.items():
        found[column] = looks.labels(domain, found[column])
    looks.table(
        found,
        "fct_retention_bases",
        names={"is_retained": "Retained", "is_paused_at_end": "Paused at the end"},
        empty="No customer of this base lost MRR." if losers else "The base is empty.",
        key="bases",
    )
    looks.rows_link(
        "fct_retention_bases",
        {"window_months": window, "month": end},
        "Rows of all customers of this window",
    )
