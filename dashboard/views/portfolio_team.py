"""Parts of the page Portfolio: capacity and hiring, the books of CSMs, playbook compliance."""

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import data, looks
from dashboard.views.portfolio_segments import bounds

REQUIRED, THERE = "Required", "There, ramped"


def capacity() -> None:
    """The CSMs that each tier has and needs."""
    looks.heading("Whom does the team need?")
    found = data.rows("portfolio", "capacity")
    tiers = [looks.label("investment_tier", code) for code in found["investment_tier"]]
    for tier, line in zip(tiers, found.itertuples(), strict=True):
        if line.should_hire:
            st.warning(
                f"**{tier}: hire.** {looks.label('hire_reason', line.hire_reason)} for "
                f"{looks.number(line.effective_csm_count, 1)} ramped CSMs: "
                f"{looks.number(line.required_csms)} are required."
            )
        if line.should_add_manager:
            st.info(f"**{tier}: add a manager.** The CSMs are enough to need one.")
    if not found["should_hire"].any():
        st.success("No tier needs a hire.")
    long = pd.concat(
        [
            pd.DataFrame({"tier": tiers, "csms": found["effective_csm_count"], "kind": THERE}),
            pd.DataFrame({"tier": tiers, "csms": found["required_csms"], "kind": REQUIRED}),
        ]
    )
    drawn = (
        alt.Chart(long)
        .mark_bar()
        .encode(
            x=alt.X("csms:Q", title="CSMs", axis=alt.Axis(tickMinStep=1, format="d")),
            y=alt.Y("tier:N", sort=tiers, title=None, axis=looks.words_axis()),
            yOffset=alt.YOffset("kind:N", sort=[THERE, REQUIRED]),
            color=alt.Color(
                "kind:N",
                title=None,
                scale=alt.Scale(
                    domain=[THERE, REQUIRED], range=[looks.PALETTE[0], looks.PALETTE[1]]
                ),
                legend=alt.Legend(orient="bottom"),
            ),
            tooltip=[
                alt.Tooltip("tier:N", title="Tier"),
                alt.Tooltip("kind:N", title="Kind"),
                alt.Tooltip("csms:Q", title="CSMs", format=".1f"),
            ],
        )
        .properties(height=240)
    )
    looks.chart(drawn, "Ramped and required CSMs by investment tier")
    shown = found.assign(
        investment_tier=tiers,
        coverage=[looks.label("coverage", code) for code in found["coverage"]],
        hire_reason=[looks.label("hire_reason", code) for code in found["hire_reason"]],
        investment=[
            bounds(low, high, looks.number)
            for low, high in zip(found["investment_low"], found["investment_high"], strict=True)
        ],
        investment_verdict=[
            looks.label("range_verdict", code) for code in found["investment_verdict"]
        ],
    )
    looks.table(
        shown[
            [
                "investment_tier",
                "accounts",
                "arr",
                "unassigned_accounts",
                "csm_count",
                "effective_csm_count",
                "required_csms",
                "gap",
                "hire_reason",
                "arr_per_csm",
                "target_arr_per_csm",
                "accounts_per_csm",
                "account_cap",
                "coverage",
                "cost_to_serve_per_account",
                "investment",
                "investment_verdict",
            ]
        ],
        "rpt_coverage_capacity",
        names={
            "unassigned_accounts": "Without a CSM",
            "csm_count": "CSMs",
            "effective_csm_count": "CSMs, ramped",
            "required_csms": "CSMs required",
            "investment": "Cost wanted per account",
        },
    )
    looks.rows_link("rpt_coverage_capacity")
    looks.definitions(
        "rpt_coverage_capacity",
        ["effective_csm_count", "required_csms", "gap", "should_hire", "should_add_manager"],
    )


def books() -> None:
    """How full each CSM's book is."""
    looks.heading("How full is each book?")
    found = data.rows("portfolio", "books")
    measured = found.dropna(subset="utilization")
    if measured.empty:
        st.info("No employed CSM looks after an account that pays.")
    else:
        books_chart(measured)
    shown = found.assign(
        role=[looks.label("role", code) for code in found["role"]],
        investment_tier=[looks.label("investment_tier", code) for code in found["investment_tier"]],
    ).drop(columns=["is_active", "is_too_large"])
    looks.table(
        shown,
        "rpt_csm_books",
        names={"renewals_90d": "Renewals in 90 days"},
    )
    looks.rows_link("rpt_csm_books")
    looks.definitions(
        "rpt_csm_books",
        ["utilization", "ramped_share", "book_grr", "at_risk_arr", "backlog_accounts"],
    )


def books_chart(measured: pd.DataFrame) -> None:
    """A bar per CSM, with a line at a full book."""
    shown = measured.assign(
        fullness=["Too large" if value else "Has room" for value in measured["is_too_large"]]
    )
    bars = (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            x=alt.X("utilization:Q", title="Share of a full book", axis=alt.Axis(format=".0%")),
            y=alt.Y(
                "csm_name:N",
                sort=shown["csm_name"].tolist(),
                title=None,
                axis=looks.words_axis(),
            ),
            color=alt.Color(
                "fullness:N",
                title=None,
                scale=alt.Scale(
                    domain=["Has room", "Too large"], range=[looks.PALETTE[0], looks.BAD]
                ),
                legend=alt.Legend(orient="bottom"),
            ),
            tooltip=[
                alt.Tooltip("csm_name:N", title="CSM"),
                alt.Tooltip("utilization:Q", title="Utilization", format=".0%"),
                alt.Tooltip("accounts:Q", title="Accounts"),
                alt.Tooltip("arr:Q", title="ARR", format=",.0f"),
            ],
        )
    )
    line = alt.Chart(pd.DataFrame({"full": [1.0]})).mark_rule(strokeDash=[4, 3]).encode(x="full:Q")
    looks.chart(
        (bars + line).properties(height=60 + 26 * min(len(shown), 40)),
        "How full each book is, by CSM",
    )


def compliance() -> None:
    """Playbook steps done in time in the last complete month."""
    looks.heading("Are playbooks carried out in time?")
    found = data.rows("portfolio", "compliance")
    if found.empty:
        st.info("No step of a playbook was due in a complete month, so there is nothing to judge.")
        return
    st.caption(f"Due in {looks.month(found['month'].iloc[0])}, the last complete month.")
    shown = found.drop(columns="month").assign(
        playbook=[looks.label("playbook", code) for code in found["playbook"]],
        basis=[looks.label("compliance_basis", code) for code in found["basis"]],
        is_on_target=[
            looks.DASH if looks.is_missing(value) else ("yes" if value else "no")
            for value in found["is_on_target"]
        ],
    )
    looks.table(
        shown,
        "rpt_playbook_compliance",
        names={"is_on_target": "On target", "exits": "Exits due", "tasks": "Steps due"},
        height=320,
    )
    looks.rows_link("rpt_playbook_compliance", {"month": found["month"].iloc[0]})
    looks.definitions("rpt_playbook_compliance", ["compliance", "target", "basis"])
