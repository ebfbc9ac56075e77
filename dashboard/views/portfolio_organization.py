"""Parts of the page Portfolio: the stage of the organization, attainment, metrics of each role."""

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import data, looks, sheets

STAGE, ATTAINMENT, METRICS = "rpt_org_stage", "rpt_csm_attainment", "rpt_metrics_by_role"
STAGE_NAMES = {
    "label": "Question",
    "display_value": "Value",
    "met_since": "Trigger met since",
    "people_in_role": "People",
}
# The columns that only roles fill.
OF_ROLES = ["met_since", "people_in_role", "unblocks"]


def organization() -> None:
    """What stage the organization is at, and what it asks for next."""
    looks.heading("Does the organization fit the company?")
    found = data.rows("portfolio", "organization")
    if found.empty:
        st.info("No account pays on this date, so no stage can be named.")
        return
    sheets.style()
    for topic, lines in found.groupby("topic", sort=False):
        st.markdown(f"**{looks.label('org_topic', topic)}**")
        shown = lines.drop(columns=["topic", *([] if topic == "role" else OF_ROLES)])
        sheets.sheet(
            shown,
            STAGE,
            empty="",
            names=STAGE_NAMES,
            words={column: words for column in ("display_value", "range")},
            sentences=("label", "rule", "unblocks"),
        )
    with st.container(horizontal=True):
        looks.rows_link(STAGE)
        looks.definitions(STAGE, ["value", "verdict", "rule", "met_since", "people_in_role"])


def words(value: object) -> str:
    """A text, or a dash where there is none."""
    return looks.DASH if looks.is_missing(value) else str(value)


def attainment() -> None:
    """How far each CSM reaches the targets of the variable pay."""
    looks.heading("Do CSMs reach their targets?")
    found = data.rows("portfolio", "attainment")
    if found.empty:
        st.info(
            "No CSM is at work on this day. Add crm.team_members: see docs/bring_your_own_data.md."
        )
        return
    measured = found.dropna(subset="attainment")
    if measured.empty:
        st.info("Too few metrics of the CSMs have data for an attainment.")
    else:
        attainment_chart(measured)
    shown = looks.labelled(found, {"investment_tier": "investment_tier"})
    shown["is_hired_in_year"] = ["yes" if new else "no" for new in found["is_hired_in_year"]]
    looks.table(
        shown,
        ATTAINMENT,
        names={
            "is_hired_in_year": "New this year",
            "weight_known": "Weight with data",
            "book_grr_target": "Target of GRR",
            "book_nrr_target": "Target of NRR",
            "expansion_influenced": "Expansion MRR",
            "expansion_influenced_target": "Target of expansion",
            "mean_health_target": "Target of health",
            "renewal_rate_target": "Target of renewals",
        },
    )
    with st.container(horizontal=True):
        looks.rows_link(ATTAINMENT)
        looks.definitions(
            ATTAINMENT,
            ["attainment", "book_grr", "book_nrr", "expansion_influenced", "mean_health"],
        )


def attainment_chart(measured: pd.DataFrame) -> None:
    """A bar per CSM, with a line where the targets are reached."""
    bars = (
        alt.Chart(looks.labelled(measured, {"investment_tier": "investment_tier"}))
        .mark_bar(color=looks.PALETTE[0])
        .encode(
            x=alt.X("attainment:Q", title="Share of the targets", axis=alt.Axis(format=".0%")),
            y=alt.Y(
                "csm_name:N",
                sort=measured["csm_name"].tolist(),
                title=None,
                axis=looks.words_axis(),
            ),
            tooltip=[
                alt.Tooltip("csm_name:N", title="CSM"),
                alt.Tooltip("investment_tier:N", title="Tier"),
                alt.Tooltip("attainment:Q", title="Attainment", format=".0%"),
                alt.Tooltip("book_grr:Q", title="GRR", format=".1%"),
                alt.Tooltip("book_nrr:Q", title="NRR", format=".1%"),
            ],
        )
    )
    line = alt.Chart(pd.DataFrame({"full": [1.0]})).mark_rule(strokeDash=[4, 3]).encode(x="full:Q")
    looks.chart(
        (bars + line).properties(height=60 + 26 * min(len(measured), 40)),
        "Attainment of each CSM, with a line at the targets",
    )


def metrics_by_role() -> None:
    """The figures by which a role is measured, with targets and verdicts."""
    looks.heading("By what is each role measured?")
    roles = data.rows("portfolio", "measured_roles")["role"].tolist()
    if not roles:
        st.info("The policy names no figure of a role (seeds/policy/role_metrics.csv).")
        return
    role = looks.choose(
        "role", "Role", roles, words=lambda code: looks.label("role", code), buttons=True
    )
    found = data.rows("portfolio", "metrics_by_role", role=role)
    sheets.style()
    sheets.sheet(
        found,
        METRICS,
        empty="The policy names no figure of this role.",
        names={
            "label": "Figure",
            "section": "Level",
            "display_value": "Value",
            "display_target": "Target",
            "owner_role": "Owner",
        },
        words={column: words for column in ("display_value", "display_target")},
        sentences=("label",),
    )
    with st.container(horizontal=True):
        looks.rows_link(METRICS, {"role": role})
        looks.definitions(METRICS, ["value", "target", "verdict", "importance", "owner_role"])
