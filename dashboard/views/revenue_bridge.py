"""The MRR bridge of a month, quarter or year: a waterfall, its drivers, and the periods before."""

from datetime import date

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import data, looks

GRAINS = {"month": "Month", "quarter": "Quarter", "year": "Year"}
MOVEMENTS = ("new", "reactivation", "expansion", "contraction", "churn")
STEP_COLUMNS = ["opening_mrr", *(f"{step}_mrr" for step in MOVEMENTS), "closing_mrr"]
ENDS_COLOUR = "#555555"
PERIODS_SHOWN = 13
# Filter of the bridge, its title, its column in the query `scopes`, and the domain of its labels.
FILTERS = (
    ("industry", "Industry", "industry", ""),
    ("region", "Region", "region", ""),
    ("tier", "Touch tier", "touch_tier", "touch_tier"),
)
NET_NEW = "New, reactivation and expansion less contraction and churn."
FX_EFFECT = (
    "Closing MRR at the exchange rates of the period's end, less closing MRR at the one constant "
    "rate of the bridge."
)


def show_bridge() -> None:
    """The bridge of the period that the reader chooses, for all accounts or some."""
    looks.heading("How did MRR get from the opening to the closing?")
    places = st.columns(5)
    with places[0]:
        grain = looks.choose("grain", "By", list(GRAINS), default="quarter", words=GRAINS.get)
    scope = {}
    found = data.rows("revenue", "scopes")
    for place, (key, title, column, domain) in zip(places[2:], FILTERS, strict=True):
        with place:
            scope[key] = looks.choose(
                key,
                title,
                ["all", *sorted(found[column].dropna().unique())],
                words=lambda code, domain=domain: scope_words(domain, code),
            )
    periods = data.rows("revenue", "bridges", grain=grain, **scope)
    if periods.empty:
        st.info("No account within these filters has had MRR. Choose other filters.")
        return
    names = {looks.day(row.period): row.period_name for row in periods.itertuples()}
    whole = periods.loc[periods["is_complete"], "period"]
    with places[1]:
        chosen = looks.choose(
            "period",
            "Period",
            list(names),
            default=looks.day(whole.iloc[0]) if len(whole) else None,
            words=names.get,
        )
    at = periods[periods["period"] == pd.Timestamp(chosen)].iloc[0]
    months = {"first_month": at.first_month.date(), "last_month": at.last_month.date()}
    tiles(at)
    left, right = st.columns([3, 2])
    with left:
        waterfall(at.period_name, data.rows("revenue", "waterfall", **months, **scope))
        said = "equal" if at.foots else "do not equal"
        st.caption(
            f"Opening and movements {said} the closing to the cent. The axis does not start at 0."
        )
    with right:
        drivers(data.rows("revenue", "drivers", **months, **scope), months)
    trend(data.rows("revenue", "movement_trend", grain=grain, **scope), names)
    looks.table(
        periods.head(PERIODS_SHOWN)[["period_name", *STEP_COLUMNS]],
        "fct_mrr_monthly",
        names={"period_name": "Period"},
        key="bridges",
    )
    if set(scope.values()) != {"all"}:
        st.caption(
            "Industry and region are those of today, and the touch tier is the last that an "
            "account had. Links to rows lead to all accounts."
        )
    looks.definitions("fct_mrr_monthly", STEP_COLUMNS)


def scope_words(domain: str, code: str) -> str:
    """A value of a filter in words."""
    if code == "all":
        return "All"
    return looks.label(domain, code) if domain else code


def tiles(at: pd.Series) -> None:
    """Opening, net new, closing and FX effect of a period."""
    known = data.definitions("fct_mrr_monthly")
    link = ("fct_mrr_monthly", {"month__from": at.first_month, "month__to": at.last_month})
    figures = (
        ("Opening MRR", "opening_mrr", known["opening_mrr"].text),
        ("Net new MRR", "net_new_mrr", NET_NEW),
        ("Closing MRR", "closing_mrr", known["closing_mrr"].text),
        ("FX effect", "fx_effect", FX_EFFECT),
    )
    for place, (name, column, definition) in zip(st.columns(4), figures, strict=True):
        with place:
            looks.tile(name, looks.amount(at[column]), definition=definition, rows=link)


def waterfall(period_name: str, steps: pd.DataFrame) -> None:
    """Bars from the opening through each movement to the closing."""
    steps["name"] = looks.labels("movement_type", steps["step"])
    low, high = float(steps["bar_bottom"].min()), float(steps["bar_top"].max())
    margin = max((high - low) * 0.25, high * 0.004)
    scale = alt.Scale(domain=[max(low - margin, 0), high + margin], nice=False, zero=False)
    colours = looks.colours("movement_type", MOVEMENTS)
    ends = [looks.label("movement_type", step) for step in ("opening", "closing")]
    base = alt.Chart(steps).encode(
        x=alt.X("name:N", sort=None, title=None, axis=alt.Axis(labelAngle=-30, labelOverlap=False)),
        tooltip=[
            alt.Tooltip("name:N", title="Step"),
            alt.Tooltip("amount:Q", title="MRR", format=",.2f"),
        ],
    )
    bars = base.mark_bar(clip=True).encode(
        y=alt.Y("bar_from:Q", scale=scale, title=mrr_title(), axis=alt.Axis(format="~s")),
        y2="bar_to:Q",
        color=alt.Color(
            "name:N",
            legend=None,
            scale=alt.Scale(
                domain=[*ends, *colours.domain], range=[ENDS_COLOUR] * 2 + colours.range
            ),
        ),
    )
    texts = base.mark_text(dy=-7, fontSize=11).encode(
        y=alt.Y("bar_top:Q", scale=scale), text=alt.Text("amount:Q", format=".3~s")
    )
    looks.chart((bars + texts).properties(height=looks.CHART_HEIGHT + 60), f"Bridge, {period_name}")


def drivers(moved: pd.DataFrame, months: dict[str, date]) -> None:
    """What the movements of the period consist of."""
    if moved.empty:
        st.info("No account changed its MRR in this period.")
        return
    moved["cause"] = looks.labels("driver", moved["driver"])
    moved["movement"] = looks.labels("movement_type", moved["movement_type"])
    bars = (
        alt.Chart(moved)
        .mark_bar()
        .encode(
            y=alt.Y("cause:N", sort="-x", title=None, axis=looks.words_axis(130)),
            x=alt.X("amount:Q", title=mrr_title("Change of MRR"), axis=alt.Axis(format="~s")),
            color=alt.Color(
                "movement:N",
                title=None,
                scale=looks.colours("movement_type", MOVEMENTS),
                legend=None,
            ),
            tooltip=[
                alt.Tooltip("movement:N", title="Movement"),
                alt.Tooltip("cause:N", title="Driver"),
                alt.Tooltip("amount:Q", title="Change of MRR", format=",.2f"),
                alt.Tooltip("accounts:Q", title="Accounts"),
            ],
        )
        .properties(height=looks.bars_height(moved["cause"].nunique()))
    )
    looks.chart(bars, "Change of MRR by driver and movement")
    looks.legend(looks.colours("movement_type", MOVEMENTS))
    looks.rows_link(
        "fct_mrr_movements",
        {"month__from": months["first_month"], "month__to": months["last_month"]},
        "Rows by driver",
    )


def trend(moved: pd.DataFrame, names: dict[str, str]) -> None:
    """The movements of the latest periods, stacked."""
    shown = list(names)[: 2 * PERIODS_SHOWN]
    moved["day"] = [looks.day(period) for period in moved["period"]]
    moved = moved[moved["day"].isin(shown)].assign(
        movement=lambda rows: looks.labels("movement_type", rows["movement_type"]),
        name=lambda rows: [names[day] for day in rows["day"]],
    )
    bars = (
        alt.Chart(moved)
        .mark_bar()
        .encode(
            x=alt.X("name:O", title=None, axis=alt.Axis(labelAngle=-45, labelOverlap=True)),
            y=alt.Y("amount:Q", title=mrr_title("Change of MRR"), axis=alt.Axis(format="~s")),
            color=alt.Color(
                "movement:N",
                title=None,
                scale=looks.colours("movement_type", MOVEMENTS),
                legend=None,
            ),
            tooltip=[
                alt.Tooltip("name:N", title="Period"),
                alt.Tooltip("movement:N", title="Movement"),
                alt.Tooltip("amount:Q", title="Change of MRR", format=",.2f"),
            ],
        )
        .properties(height=looks.CHART_HEIGHT)
    )
    looks.chart(bars, "Movements of MRR by period")
    looks.legend(looks.colours("movement_type", MOVEMENTS))


def mrr_title(name: str = "MRR") -> str:
    """An axis title with the currency."""
    return f"{name}, {data.view().reporting_currency}"
