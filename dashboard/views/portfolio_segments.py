"""Parts of the page Portfolio: segments with their cost, changes of tier, accounts to review."""

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import data, looks

SEGMENT_COLUMNS = [
    "tier",
    "accounts",
    "arr",
    "share_of_arr",
    "cost_to_serve_rate",
    "cost_target",
    "cost_verdict",
    "accounts_per_csm",
    "accounts_target",
    "accounts_verdict",
    "cost_to_serve",
    "share_of_accounts",
    "grr",
    "nrr",
    "logo_retention",
    "mean_health",
    "nps",
    "days_to_value",
]
TRANSITION_SCHEMES = ("touch_tier", "investment_tier", "arr_tier")
NO_COST = (
    "Your extracts name no owners of accounts, so nobody can say what serving a segment costs. "
    "Add crm.team_members and crm.account_assignments: see docs/bring_your_own_data.md."
)


def bounds(low: object, high: object, words: object) -> str:
    """A range in words, such as 5% to 10%, or `at most 3%` where one end is open."""
    if looks.is_missing(low) and looks.is_missing(high):
        return looks.DASH
    if looks.is_missing(low):
        return f"at most {words(high)}"
    if looks.is_missing(high):
        return f"at least {words(low)}"
    return f"{words(low)} to {words(high)}"


def segments(scheme: str) -> None:
    """What each tier brings and costs."""
    looks.heading("Does each segment pay for the care it gets?")
    found = data.rows("portfolio", "segments", scheme=scheme)
    shown = found.assign(
        tier=[looks.label(scheme, tier) for tier in found["tier"]],
        cost_verdict=[looks.label("range_verdict", code) for code in found["cost_verdict"]],
        accounts_verdict=[looks.label("range_verdict", code) for code in found["accounts_verdict"]],
        cost_target=[
            bounds(low, high, lambda value: looks.share(value, 0))
            for low, high in zip(found["cost_target_low"], found["cost_target_high"], strict=True)
        ],
        accounts_target=[
            bounds(low, high, looks.number)
            for low, high in zip(
                found["accounts_target_low"], found["accounts_target_high"], strict=True
            )
        ],
    )
    left, right = st.columns(2)
    with left:
        st.markdown("**Cost to serve as a share of ARR**")
        if found["cost_to_serve_rate"].notna().any():
            cost_chart(shown)
        else:
            st.info(NO_COST)
    with right:
        st.markdown("**Retention of 12 months**")
        retention_chart(shown)
    # Columns without a value in any tier say nothing under this scheme.
    filled = [
        column
        for column in SEGMENT_COLUMNS
        if shown[column].notna().any() and not (shown[column] == looks.DASH).all()
    ]
    looks.table(
        shown[filled],
        "rpt_segment_performance",
        names={"cost_target": "Target of cost", "accounts_target": "Target of accounts per CSM"},
    )
    looks.rows_link("rpt_segment_performance", {"tier_scheme": scheme})
    looks.definitions(
        "rpt_segment_performance",
        ["cost_to_serve", "cost_to_serve_rate", "cost_verdict", "grr", "nrr", "accounts_per_csm"],
    )


def cost_chart(shown: pd.DataFrame) -> None:
    """A point per tier, over the range that policy wants."""
    axis = alt.Y("tier:N", sort=shown["tier"].tolist(), title=None, axis=looks.words_axis())
    share = alt.Axis(format=".0%")
    points = (
        alt.Chart(shown)
        .mark_point(size=140, filled=True, opacity=1)
        .encode(
            x=alt.X("cost_to_serve_rate:Q", title=None, axis=share, scale=alt.Scale(zero=True)),
            y=axis,
            color=alt.Color(
                "cost_verdict:N",
                title="Against its range",
                scale=looks.colours("range_verdict"),
                legend=alt.Legend(orient="bottom", columns=2),
            )
            if shown["cost_target_high"].notna().any()
            else alt.value(looks.PALETTE[0]),
            tooltip=[
                alt.Tooltip("tier:N", title="Tier"),
                alt.Tooltip("cost_to_serve_rate:Q", title="Cost to serve", format=".1%"),
                alt.Tooltip("cost_target:N", title="Target"),
                alt.Tooltip("cost_verdict:N", title="Verdict"),
            ],
        )
    )
    if not shown["cost_target_high"].notna().any():
        looks.chart(points.properties(height=220), "Cost to serve by tier, without a target")
        st.caption("Policy sets a range for touch tiers only.")
        return
    ranges = (
        alt.Chart(shown.assign(cost_target_low=shown["cost_target_low"].fillna(0)))
        .mark_bar(height=18, color="#d9dee3")
        .encode(x="cost_target_low:Q", x2="cost_target_high:Q", y=axis)
    )
    looks.chart(
        (ranges + points).properties(height=220), "Cost to serve by tier against its target range"
    )
    st.caption("Grey bars are the ranges that policy wants.")


def retention_chart(shown: pd.DataFrame) -> None:
    """GRR and NRR side by side for each tier."""
    long = shown.melt("tier", ["grr", "nrr"], "figure", "rate").dropna(subset="rate")
    if long.empty:
        st.info("No customer of a tier has a whole year behind it yet, so retention is unknown.")
        return
    long["figure"] = long["figure"].str.upper()
    drawn = (
        alt.Chart(long)
        .mark_point(size=140, filled=True, opacity=1)
        .encode(
            x=alt.X("rate:Q", title=None, axis=alt.Axis(format=".0%"), scale=alt.Scale(zero=False)),
            y=alt.Y("tier:N", sort=shown["tier"].tolist(), title=None, axis=looks.words_axis()),
            color=alt.Color(
                "figure:N",
                title=None,
                scale=alt.Scale(domain=["GRR", "NRR"], range=[looks.PALETTE[0], looks.PALETTE[1]]),
                legend=alt.Legend(orient="bottom"),
            ),
            shape=alt.Shape("figure:N", title=None, legend=None),
            tooltip=[
                alt.Tooltip("tier:N", title="Tier"),
                alt.Tooltip("figure:N", title="Figure"),
                alt.Tooltip("rate:Q", title="Rate", format=".1%"),
            ],
        )
        .properties(height=220)
    )
    looks.chart(drawn, "GRR and NRR of 12 months by tier")


def transitions(scheme: str) -> None:
    """Changes of tier by month, between which tiers, and the latest ones."""
    looks.heading("Who moves between the tiers?")
    if scheme not in TRANSITION_SCHEMES:
        st.info(
            "Changes of tier are recorded for the schemes in use: touch tier, investment tier and "
            "ARR tier. Choose one of them above."
        )
        return
    day = str(data.view().as_of_date)
    months = data.rows("portfolio", "transitions_by_month", scheme=scheme, as_of_date=day)
    if months.empty:
        st.info("No account has changed its tier in the last 24 months.")
        return
    left, right = st.columns(2)
    with left:
        st.markdown("**Changes a month, 24 months**")
        months_chart(months)
    with right:
        st.markdown("**From tier to tier, 12 months**")
        between = data.rows("portfolio", "transitions_between", scheme=scheme, as_of_date=day)
        if between.empty:
            st.info("No account has changed its tier in the last 12 months.")
        else:
            between_chart(between, scheme)
    direction = looks.choose(
        "direction",
        "Direction of the latest changes",
        ["all", "up", "down"],
        words=lambda code: "Up and down" if code == "all" else looks.label("direction", code),
    )
    found = data.rows("portfolio", "transitions_latest", scheme=scheme, direction=direction)
    shown = found.assign(
        month=[looks.month(value) for value in found["month"]],
        from_tier=[looks.label(scheme, code) for code in found["from_tier"]],
        to_tier=[looks.label(scheme, code) for code in found["to_tier"]],
        direction=[looks.label("direction", code) for code in found["direction"]],
        reason=[looks.label("transition_reason", code) for code in found["reason"]],
        health_status=[looks.label("health_status", code) for code in found["health_status"]],
        arr=[looks.number(value) for value in found["arr"]],
    )
    looks.table(
        shown,
        "fct_segment_transitions",
        names={"csm_name": "CSM", "health_status": "Health"},
        height=320,
        empty="No account stands in a tier that it reached this way.",
    )
    looks.rows_link("fct_segment_transitions", {"scheme": scheme})
    looks.definitions("fct_segment_transitions", ["from_tier", "to_tier", "reason", "is_standing"])


def months_chart(months: pd.DataFrame) -> None:
    """Bars of accounts that went up and down, by month."""
    shown = months.assign(
        direction=[looks.label("direction", code) for code in months["direction"]],
        open_month=["" if done else " (open)" for done in months["is_complete_month"]],
    )
    shown["month_text"] = shown["month"].dt.strftime("%Y-%m") + shown["open_month"]
    drawn = (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            x=alt.X("yearmonth(month):T", title=None, axis=alt.Axis(format="%Y-%m")),
            y=alt.Y("accounts:Q", title="Accounts"),
            color=alt.Color(
                "direction:N",
                title=None,
                scale=alt.Scale(
                    domain=[looks.label("direction", "up"), looks.label("direction", "down")],
                    range=[looks.PALETTE[0], looks.PALETTE[1]],
                ),
                legend=alt.Legend(orient="bottom"),
            ),
            tooltip=[
                alt.Tooltip("month_text:N", title="Month"),
                alt.Tooltip("direction:N", title="Direction"),
                alt.Tooltip("accounts:Q", title="Accounts"),
            ],
        )
        .properties(height=looks.CHART_HEIGHT)
    )
    looks.chart(drawn, "Accounts that changed their tier, by month and direction")


def between_chart(between: pd.DataFrame, scheme: str) -> None:
    """A heat map of the accounts that went from one tier to another."""
    order = [known.label for known in data.labels(scheme).values()]
    shown = between.assign(
        from_tier=[looks.label(scheme, code) for code in between["from_tier"]],
        to_tier=[looks.label(scheme, code) for code in between["to_tier"]],
    )
    base = alt.Chart(shown).encode(
        x=alt.X(
            "to_tier:N",
            sort=order,
            title="To",
            axis=alt.Axis(labelAngle=0, labelLimit=90, labelOverlap=False, labelFlush=False),
        ),
        y=alt.Y("from_tier:N", sort=order, title="From", axis=looks.words_axis(110)),
        tooltip=[
            alt.Tooltip("from_tier:N", title="From"),
            alt.Tooltip("to_tier:N", title="To"),
            alt.Tooltip("accounts:Q", title="Accounts"),
        ],
    )
    cells = base.mark_rect().encode(
        color=alt.Color("accounts:Q", scale=alt.Scale(scheme="blues", zero=True), legend=None)
    )
    middle = shown["accounts"].max() / 2
    numbers = base.mark_text(fontSize=14).encode(
        text="accounts:Q",
        color=alt.condition(
            alt.datum["accounts"] > middle, alt.value("#ffffff"), alt.value("#1f2933")
        ),
    )
    looks.chart(
        (cells + numbers).properties(height=looks.CHART_HEIGHT),
        "Accounts by the tier that they left and the tier that they reached",
    )


def reviews() -> None:
    """Accounts that cost more than they bring, and what to do about each."""
    looks.heading("Which accounts cost more than they bring?")
    actions = data.rows("portfolio", "reviews_by_action")
    if actions.empty:
        st.info(
            "No account meets enough criteria of the policy for a review "
            "(seeds/policy/review_criteria.csv)."
        )
        return
    for column, line in zip(st.columns(3), actions.itertuples(), strict=False):
        with column:
            looks.tile(
                looks.label("review_action", line.action),
                looks.number(line.accounts),
                note=f"{looks.amount(line.arr)} of ARR",
                definition=data.definitions("rpt_account_review")["action"].text,
                rows=("rpt_account_review", {"action": line.action}),
            )
    action = looks.choose(
        "action",
        "Action",
        ["all", *actions["action"].tolist()],
        words=lambda code: "All actions" if code == "all" else looks.label("review_action", code),
    )
    found = data.rows("portfolio", "reviews", action=action)
    shown = found.assign(
        action=[looks.label("review_action", code) for code in found["action"]],
        touch_tier=[looks.label("touch_tier", code) for code in found["touch_tier"]],
    )
    looks.table(
        shown,
        "rpt_account_review",
        names={
            "csm_name": "CSM",
            "cost_target_high": "Highest share wanted",
            "support_cost_12m": "Cost of tickets, 12 months",
            "cost_to_serve_12m": "Cost to serve, 12 months",
        },
        height=320,
    )
    looks.rows_link("rpt_account_review", {} if action == "all" else {"action": action})
    looks.definitions("rpt_account_review", ["criteria_met", "reasons", "action"])
