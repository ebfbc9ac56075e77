"""The cohort triangle: a rate of each cohort by its age."""

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import data, looks
from dashboard.views.revenue_rates import RATES

GRAINS = {"quarter": "Quarter", "month": "Month"}
READABLE_COHORTS = 40


def show_cohorts() -> None:
    """A rate of each cohort by its age."""
    looks.heading("Do newer customers stay longer than older ones?")
    places = st.columns(3)
    with places[0]:
        rate = looks.choose(
            "cohort_rate",
            "Rate",
            [rate.column for rate in RATES],
            words={rate.column: rate.name for rate in RATES}.get,
        )
    with places[1]:
        grain = looks.choose("cohort_grain", "Cohorts by", list(GRAINS), words=GRAINS.get)
    tiers = data.rows("revenue", "cohort_tiers")["segment"]
    with places[2]:
        tier = looks.choose(
            "cohort_tier",
            "Touch tier in the first month",
            ["all", *tiers],
            words=lambda code: looks.label("touch_tier", code),
        )
    found = data.rows("revenue", "cohorts", rate=rate, grain=grain, tier=tier)
    if found.empty:
        st.info(
            "No cohort of these filters has reached an age yet. Accounts of the first month of the "
            "records are in no cohort, since nobody knows when they were won."
        )
        return
    names = found["cohort_name"].unique().tolist()
    looks.chart(heat_map(found, rate, names), f"{looks.name_of(rate)} of cohorts by age in months")
    st.caption(
        "Down: the month or quarter of the first MRR. Across: months since each customer's own "
        "first month. An age that not every member has reached is empty."
        + (" Every third month is shown." if grain == "quarter" else "")
    )
    looks.rows_link(
        "fct_cohort_retention",
        {
            "cohort_grain": grain,
            "segment_type": "all" if tier == "all" else "touch_tier",
            "segment": tier,
        },
    )
    looks.definitions("fct_cohort_retention", ["cohort", "age_months", rate])


def heat_map(found: pd.DataFrame, rate: str, names: list[str]) -> alt.LayerChart:
    """Cohorts down, ages across. Cells have text where there is room for it."""
    row_height = 18 if len(names) <= READABLE_COHORTS else 9
    if rate == "nrr":
        scale = alt.Scale(scheme="purpleorange", reverse=True, domain=[0.5, 1, 1.5], clamp=True)
        dark = "datum.rate < 0.62 || datum.rate > 1.38"
    else:
        scale = alt.Scale(scheme="viridis", domain=[0.4, 1], clamp=True)
        dark = "datum.rate < 0.75"
    base = alt.Chart(found).encode(
        x=alt.X(
            "age_months:O", title="Months since the first month", axis=alt.Axis(labelOverlap=True)
        ),
        y=alt.Y(
            "cohort_name:O",
            sort=names,
            title=None,
            axis=alt.Axis(labelOverlap=len(names) > READABLE_COHORTS),
        ),
        tooltip=[
            alt.Tooltip("cohort_name:N", title="Cohort"),
            alt.Tooltip("age_months:Q", title="Age in months"),
            alt.Tooltip("rate:Q", title=looks.name_of(rate), format=".1%"),
            alt.Tooltip("cohort_accounts:Q", title="Members"),
            alt.Tooltip("retained_accounts:Q", title="Still paying"),
            alt.Tooltip("cohort_mrr:Q", title="First MRR", format=",.0f"),
            alt.Tooltip("retained_mrr:Q", title="MRR at this age", format=",.0f"),
            alt.Tooltip("is_small_sample:N", title="Small sample"),
        ],
    )
    cells = base.mark_rect().encode(
        color=alt.Color(
            "rate:Q",
            title=looks.name_of(rate),
            scale=scale,
            legend=alt.Legend(format=".0%", orient="top", gradientLength=200),
        )
    )
    drawn = [cells]
    if len(names) <= READABLE_COHORTS:
        size = alt.expr("width < 600 ? 0 : 10")
        texts = base.mark_text(fontSize=size).transform_calculate(shown="round(100 * datum.rate)")
        drawn.append(
            texts.encode(
                text="shown:Q",
                color=alt.condition(dark, alt.value("white"), alt.value("#222222")),
            )
        )
    return alt.layer(*drawn).properties(height=row_height * len(names) + 160)
