"""A part of the page Portfolio: the hiring plan of the next eighteen months, by scenario."""

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import data, looks

PLAN = "rpt_org_plan"
SCENARIOS = ["p10", "p50", "p90"]
EXPECTED = "p50"


def plan() -> None:
    """Whom to hire, by when, and what the team then costs."""
    looks.heading("Whom do we hire, and when?")
    if not data.has(PLAN):
        st.info("No account pays on this date, so there is nothing to plan for.")
        return
    scenario = looks.choose(
        "scenario",
        "Scenario",
        SCENARIOS,
        default=EXPECTED,
        words=lambda code: looks.label("scenario", code),
        buttons=True,
    )
    totals = data.row("portfolio", "plan_totals", scenario=scenario)
    if totals is None or looks.is_missing(totals["required_csms"]):
        st.info(
            "Too few forecasts of the past are known to say how far this one may be off. "
            "Choose the expected scenario, or load a longer history."
        )
        return
    tiles(totals, str(scenario))
    months = data.rows("portfolio", "plan", scenario=scenario)
    left, right = st.columns(2)
    with left:
        st.markdown("**CSMs required at the end of each month**")
        required_chart(months)
    with right:
        st.markdown("**Hires by the month in which they start**")
        hires_chart(months)
    tiers(str(scenario))
    with st.expander("Every month of the plan"):
        coded = {"investment_tier": "investment_tier", "binding": "binding"}
        shown = looks.labelled(months, coded)
        shown["month"] = [looks.month(value) for value in months["month"]]
        looks.table(shown, PLAN, names={"csm_count": "CSMs", "team_cost": "Cost of the team"})
    with st.container(horizontal=True):
        looks.rows_link(PLAN, {"scenario": scenario})
        looks.definitions(
            PLAN,
            ["scenario", "accounts", "arr", "required_csms", "hires", "cost", "manager_reason"],
        )


def tiles(totals: pd.Series, scenario: str) -> None:
    """The plan in four figures."""
    known = data.definitions(PLAN)
    end = looks.month(totals["last_month"])
    rows = (PLAN, {"scenario": scenario})
    hires, first = totals["hires"], totals["first_hire"]
    start = "no hire is asked for" if looks.is_missing(first) else f"first in {looks.month(first)}"
    figures = (
        (
            "CSMs required today",
            looks.number(totals["required_csms_today"]),
            f"{looks.number(totals['csm_count_today'])} are there",
            "required_csms_today",
        ),
        (
            f"CSMs required in {end}",
            looks.number(totals["required_csms"]),
            "all tiers",
            "all_required_csms",
        ),
        (
            f"Hires until {end}",
            looks.number(hires),
            "unknown without a team in the extracts" if looks.is_missing(hires) else start,
            "hires",
        ),
        (
            f"Cost a year in {end}",
            looks.amount(totals["cost"]),
            f"{looks.amount(totals['cost_today'])} today",
            "all_cost",
        ),
    )
    for column, (words, value, note, name) in zip(st.columns(4), figures, strict=True):
        with column:
            looks.tile(words, value, note=note, definition=known[name].text, rows=rows)


def required_chart(months: pd.DataFrame) -> None:
    """A line per tier."""
    drawn = (
        alt.Chart(looks.labelled(months, {"investment_tier": "investment_tier"}))
        .mark_line(interpolate="step-after", strokeWidth=2.5)
        .encode(
            x=month_axis(),
            y=alt.Y("required_csms:Q", title="CSMs", axis=alt.Axis(tickMinStep=1, format="d")),
            color=tier_colour(months),
            tooltip=[
                alt.Tooltip("investment_tier:N", title="Tier"),
                alt.Tooltip("month:T", title="Month", format="%Y-%m"),
                alt.Tooltip("required_csms:Q", title="CSMs required"),
                alt.Tooltip("csm_count:Q", title="CSMs planned"),
                alt.Tooltip("accounts:Q", title="Accounts", format=",.0f"),
                alt.Tooltip("arr:Q", title="ARR", format=",.0f"),
            ],
        )
        .properties(height=looks.CHART_HEIGHT)
    )
    looks.chart(drawn, "CSMs required by investment tier and month")


def hires_chart(months: pd.DataFrame) -> None:
    """Stacked bars of the hires of each month."""
    hired = months[months["hires"].fillna(0) > 0]
    if hired.empty:
        st.info(
            "Your extracts name no team members, so nobody can say whom to hire."
            if months["hires"].isna().all()
            else "The team is large enough for every month of the plan."
        )
        return
    drawn = (
        alt.Chart(looks.labelled(hired, {"investment_tier": "investment_tier"}))
        .mark_bar(size=14)
        .encode(
            x=month_axis(months),
            y=alt.Y("hires:Q", title="Hires", axis=alt.Axis(tickMinStep=1, format="d")),
            color=tier_colour(months),
            tooltip=[
                alt.Tooltip("investment_tier:N", title="Tier"),
                alt.Tooltip("month:T", title="Month", format="%Y-%m"),
                alt.Tooltip("hires:Q", title="Hires"),
            ],
        )
        .properties(height=looks.CHART_HEIGHT)
    )
    looks.chart(drawn, "Hires by month and investment tier")


def month_axis(months: pd.DataFrame | None = None) -> alt.X:
    """Months, of the whole plan where a chart has only some of them."""
    scale = alt.Undefined
    if months is not None:
        ends = (months["month"].min(), months["month"].max() + pd.offsets.MonthBegin())
        scale = alt.Scale(domain=[end.isoformat() for end in ends])
    axis = alt.Axis(format="%Y-%m", tickCount=6, labelOverlap=True)
    return alt.X("month:T", title=None, axis=axis, scale=scale)


def tier_colour(months: pd.DataFrame) -> alt.Color:
    """The tiers' colours, the same in both charts."""
    tiers_known = months["investment_tier"].unique().tolist()
    return alt.Color(
        "investment_tier:N",
        title=None,
        scale=looks.colours("investment_tier", tiers_known),
        legend=alt.Legend(orient="bottom", columns=2),
    )


def tiers(scenario: str) -> None:
    """Each tier today and at the end of the plan."""
    found = data.rows("portfolio", "plan_tiers", scenario=scenario)
    coded = {
        "investment_tier": "investment_tier",
        "role": "role",
        "binding": "binding",
        "manager_reason": "manager_reason",
        "acquisition_source": "acquisition_source",
    }
    shown = looks.labelled(found, coded)
    said = managers(found)
    if said:
        st.info(said)
    shown["first_hire"] = [looks.month(value) for value in found["first_hire"]]
    looks.table(
        shown,
        PLAN,
        names={
            "csm_count_today": "CSMs today",
            "required_csms_today": "CSMs required today",
            "required_csms": "CSMs required at the end",
            "accounts": "Accounts at the end",
            "arr": "ARR at the end",
            "manager_reason": "Needs a manager",
            "cost_today": "Cost a year today",
            "cost": "Cost a year at the end",
            "acquisition_source": "New customers by",
        },
        height="content",
    )


def managers(tiers: pd.DataFrame) -> str:
    """Which CSMs will be so many that they need a manager, in a sentence or two."""
    large = tiers[tiers["manager_reason"].isin(["tier", "tier_and_function"])]
    said = []
    if not large.empty:
        names = ", ".join(looks.label("investment_tier", code) for code in large["investment_tier"])
        said.append(f"Tiers whose CSMs need a manager: **{names}**.")
    if tiers["manager_reason"].isin(["function", "tier_and_function"]).any():
        said.append("The CSMs of all tiers together need one to lead them.")
    return " ".join(said)
