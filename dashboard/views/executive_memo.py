"""A part of the page Executive: the memo to the board, a card for each decision."""

from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard import data, looks, sheets

MEMO = "rpt_board_memo"
# The filters that lead from a line of evidence to its row, by mart.
COMPANY = {"segment_type": "all"}
OF_SEGMENT = {
    "rpt_coverage_capacity": "investment_tier",
    "rpt_segment_performance": "tier",
    "rpt_account_review": "account_name",
}


def memo(tier: str) -> None:
    """The four decisions of the board. They are about the whole company."""
    looks.heading("What does the board have to decide?")
    lines = data.rows("executive", "memo")
    if lines.empty:
        st.info("No decision rests on these data yet. Load subscriptions first.")
        return
    if tier != "all":
        st.caption("The memo is about the whole company, not about one touch tier.")
    sheets.style()
    for decision, part in lines.groupby("decision", sort=False):
        card(str(decision), part)
    with st.container(horizontal=True):
        looks.rows_link(MEMO)
        looks.rows_link("rpt_board_evidence", text="All evidence")
        looks.definitions(MEMO, ["text", "value", "target", "is_met", "cause", "due_on"])


def card(decision: str, lines: pd.DataFrame) -> None:
    """One memo: bottom line, decision, evidence, steps, and what only the reader can decide."""
    texts = lines.groupby("section", sort=False)["text"].agg(list)

    def said(section: str) -> str:
        return " ".join(looks.literal(text) for text in texts.get(section, []))

    with st.container(border=True, key=f"memo_{decision}"):
        st.markdown(
            f"**{looks.label('board_decision', decision)}: {said('decision')}**  \n"
            f"{said('bottom_line')}"
        )
        evidence(lines[lines["section"] == "evidence"])
        st.markdown(f"**{looks.label('memo_section', 'how_to_act')}**")
        steps(lines[lines["section"] == "how_to_act"])
        st.markdown(f"**{looks.label('memo_section', 'your_decision')}:** {said('your_decision')}")


def evidence(lines: pd.DataFrame) -> None:
    """The figures that a decision rests on. Each leads to its row."""
    parts = [str(text).removesuffix(".").rpartition(": ") for text in lines["text"]]
    shown = pd.DataFrame(
        {
            "text": [figure for figure, _, _ in parts],
            "stated": [value for _, _, value in parts],
            "is_met": [met(value) for value in lines["is_met"]],
            "mart": lines["mart"],
        },
        index=lines.index,
    )
    sheets.sheet(
        shown,
        MEMO,
        empty="No figure of this decision has a value: see the figures without one below.",
        names={"text": "Evidence", "stated": "Value and target", "is_met": "On target"},
        sentences=("text",),
        links=pd.Series([row_url(line) for _, line in lines.iterrows()], index=lines.index),
    )


def steps(lines: pd.DataFrame) -> None:
    """What to do first, who does it and by when."""
    sheets.sheet(
        lines[["text", "owner_role", "due_on"]],
        MEMO,
        empty="The policy has no steps for this cause (seeds/policy/board_steps.csv).",
        names={"text": "Step", "owner_role": "Who", "due_on": "By"},
        sentences=("text",),
    )


def met(value: object) -> str:
    """Whether a figure is on target, in a word."""
    return looks.DASH if looks.is_missing(value) else ("yes" if value else "no")


def row_url(line: pd.Series) -> str:
    """The address of the mart's row behind a line of evidence."""
    mart, segment = line["mart"], line["segment"]
    filters: dict[str, object] = {}
    if mart == "rpt_executive_scorecard":
        filters = {"figure": line["figure"]}
    elif mart in OF_SEGMENT:
        filters = {OF_SEGMENT[mart]: segment}
    elif "segment_type" in data.definitions(mart):
        filters = COMPANY
    return f"rows?{urlencode({'table': mart} | filters)}"
