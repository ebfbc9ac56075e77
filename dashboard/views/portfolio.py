"""Portfolio and team: where does the team's time go, does it pay, and whom does the team need?"""

import streamlit as st

from dashboard import data, looks
from dashboard.views import (
    portfolio_organization,
    portfolio_plan,
    portfolio_segments,
    portfolio_team,
)

NO_TEAM = (
    "Your extracts name no team members, so nobody can say who is there and who is missing. "
    "Add crm.team_members and crm.account_assignments: see docs/bring_your_own_data.md."
)


def tiles() -> None:
    """The portfolio and the team in four figures."""
    totals = data.row("portfolio", "totals")
    past = data.rows("portfolio", "scorecard").set_index("figure")
    known = data.definitions("rpt_coverage_capacity")

    def change(figure: str) -> dict[str, object]:
        if figure not in past.index or looks.is_missing(past.loc[figure, "change"]):
            return {}
        line = past.loc[figure]
        better = line["is_improvement"]
        return {
            "change": f"{line['change']:+,.0f}",
            "is_better": None if looks.is_missing(better) else bool(better),
            "note": f"since {looks.day(line['previous_period'])}",
        }

    capacity = ("rpt_coverage_capacity", {})
    first, second, third, fourth = st.columns(4)
    with first:
        looks.tile(
            "Accounts that pay",
            looks.number(totals["accounts"]),
            **change("customers"),
            definition=known["accounts"].text,
            rows=("dim_accounts", {"status": "active"}),
        )
    with second:
        looks.tile(
            "ARR",
            looks.amount(totals["arr"]),
            **change("arr"),
            definition=known["arr"].text,
            rows=capacity,
        )
    with third:
        looks.tile(
            "Cost to serve, share of ARR",
            looks.share(totals["cost_to_serve_rate"]),
            note="unknown without owners of accounts"
            if looks.is_missing(totals["cost_to_serve"])
            else f"{looks.amount(totals['cost_to_serve'])} in 12 months",
            definition=known["cost_to_serve_rate"].text,
            rows=capacity,
        )
    with fourth:
        looks.tile(
            "CSMs, ramped of required",
            f"{looks.number(totals['effective_csm_count'], 1)} of "
            f"{looks.number(totals['required_csms'])}"
            if totals["has_team"]
            else looks.DASH,
            note=f"{looks.number(totals['unassigned_accounts'])} accounts without a CSM",
            definition=f"{known['effective_csm_count'].text} {known['required_csms'].text}",
            rows=capacity,
        )


def show() -> None:
    """Show the page."""
    st.title("Portfolio and team")
    if not data.has("rpt_coverage_capacity") or not data.row("portfolio", "totals")["accounts"]:
        st.info("No account pays on this date, so there is no portfolio to show.")
        return
    tiles()
    schemes = data.rows("portfolio", "schemes")["tier_scheme"].tolist()
    scheme = looks.choose(
        "scheme", "Tiers by", schemes, words=lambda code: looks.label("tier_scheme", code)
    )
    portfolio_segments.segments(scheme)
    portfolio_segments.transitions(scheme)
    portfolio_segments.reviews()
    if data.row("portfolio", "totals")["has_team"]:
        portfolio_team.capacity()
        portfolio_team.books()
    else:
        looks.heading("Whom does the team need?")
        st.info(NO_TEAM)
    portfolio_plan.plan()
    portfolio_organization.organization()
    portfolio_organization.attainment()
    portfolio_organization.metrics_by_role()
    portfolio_team.compliance()


show()
