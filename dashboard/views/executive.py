"""Executive: do we retain what we have, why did it move, and what comes?"""

import pandas as pd
import streamlit as st

from dashboard import data, looks
from dashboard.views import executive_memo, executive_parts, executive_rows

TILES_A_ROW = 4
HISTORY = "rpt_scorecard_history"
# What a value of the scorecard covers, where that is not the day.
COVERS = {
    "quarter": "This quarter",
    "past_quarter": "Latest decided quarter",
    "trailing_1m": "Month to",
    "trailing_3m": "3 months to",
    "trailing_12m": "12 months to",
}


def headline(tier: str) -> None:
    """The last twelve whole months in words."""
    said = data.row("executive", "headline", tier=tier)
    if said is None:
        st.info(
            "Twelve complete months are needed to say what was retained, of this touch tier too. "
            "Choose all touch tiers, or load a longer history: see docs/bring_your_own_data.md."
        )
        return
    st.markdown(f"#### {looks.literal(said['headline'])}")
    if not looks.is_missing(said["note"]):
        st.markdown(looks.literal(said["note"]))
    row = {column: said[column] for column in ("quarter", "segment_type", "segment")}
    with st.container(horizontal=True):
        looks.rows_link("rpt_retention_decomposition", row)
        looks.definitions("rpt_retention_decomposition", ["headline", "note", "grr", "nrr"])
        looks.page_link("revenue", "Revenue and retention")


def attention(tier: str) -> None:
    """How many figures have which status, and those that are red."""
    counted = data.rows("executive", "statuses")
    if counted.empty:
        st.info("No figure has a status: no scale of the policy judges the figures of your data.")
        return
    if tier != "all":
        st.caption(
            "A status judges the company as a whole, so figures of one touch tier have none."
        )
        return
    chips = [
        looks.chip(f"{line.figures} {label.lower()}", looks.colour_of("scorecard_status", status))
        for line, status, label in zip(
            counted.itertuples(),
            counted["status"],
            [looks.label("scorecard_status", code) for code in counted["status"]],
            strict=True,
        )
    ]
    st.html(f"<p>Figures by status: {'&emsp;'.join(chips)}</p>")
    red = data.rows("executive", "attention")
    if red.empty:
        return
    with st.expander(f"The {len(red)} red figures", expanded=False):
        shown = looks.labelled(red, {"section": "section", "owner_role": "role"})
        looks.table(
            shown.drop(columns="figure"),
            "rpt_executive_scorecard",
            names={
                "label": "Figure",
                "display_value": "Value",
                "display_good": "Good from",
                "display_change": "Change",
                "previous_period": "Since",
                "owner_role": "Owner",
            },
        )
        looks.rows_link("rpt_executive_scorecard", {"status": "red"})


def scorecard(tier: str) -> None:
    """The figures of a section as tiles."""
    looks.heading("How do we do?")
    attention(tier)
    sections = data.rows("executive", "sections")["section"].tolist()
    section = looks.choose(
        "section",
        "Part of the scorecard",
        sections,
        words=lambda code: looks.label("section", code),
        buttons=True,
    )
    figures = data.rows("executive", "figures", tier=tier, section=section)
    past = data.rows("executive", "history", tier=tier, section=section)
    known = figures[figures["display_value"].notna()]
    histories = {figure: lines["value"].tolist() for figure, lines in past.groupby("figure")}
    for first in range(0, len(known), TILES_A_ROW):
        lines = known.iloc[first : first + TILES_A_ROW]
        for column, (_, line) in zip(st.columns(TILES_A_ROW), lines.iterrows(), strict=False):
            with column:
                figure_tile(line, histories.get(line["figure"]), tier)
    without(figures[figures["display_value"].isna()], tier)
    with st.container(horizontal=True):
        looks.rows_link(HISTORY, {"touch_tier": tier}, "All months")
        looks.definitions(
            "rpt_executive_scorecard",
            ["status", "good", "change", "change_basis", "previous_period"],
        )
    st.caption(
        "A line shows the last 12 complete months. "
        "A figure without a line is measured on the day only, since its past is not known."
    )


def figure_tile(line: pd.Series, history: list[float] | None, tier: str) -> None:
    """One figure: value, status, change and since when, line of 12 months, definition, rows."""
    status = None
    if not looks.is_missing(line["status"]):
        word = looks.label("scorecard_status", line["status"])
        if not looks.is_missing(line["display_good"]):
            bound = "below" if line["better"] == "lower" else "from"
            word = f"{word}, good {bound} {line['display_good']}"
        status = (word, looks.colour_of("scorecard_status", line["status"]))
    better = line["is_improvement"]
    said = [line["definition"], None if looks.is_missing(line["note"]) else line["note"]]
    looks.tile(
        line["label"],
        line["display_value"],
        note=covered(line),
        status=status,
        change=None if looks.is_missing(line["display_change"]) else line["display_change"],
        is_better=None if looks.is_missing(better) else bool(better),
        since=f"Change since {looks.day(line['previous_period'])}",
        definition=looks.literal("  \n".join(text for text in said if text)),
        history=history if history and len(history) > 1 else None,
        rows=executive_rows.of_figure(line["figure"], tier, line["period"], line["period_grain"])
        or (HISTORY, {"figure": line["figure"], "touch_tier": tier}),
    )


def covered(line: pd.Series) -> str:
    """The time that a value covers, in words."""
    words = COVERS.get(line["period_grain"])
    if words is None:
        return f"On {looks.day(line['period'])}"
    return f"{words} {looks.day(line['period'])}" if words.endswith(" to") else words


def without(figures: pd.DataFrame, tier: str) -> None:
    """The figures that have no value, and why."""
    if figures.empty:
        return
    if tier != "all":
        names = ", ".join(figures["label"])
        st.caption(
            f"Measured for all touch tiers together, or without a value in this one: {names}."
        )
        return
    lines = [
        f"- **{line.label}**: {looks.literal(line.note)}"
        for line in figures.itertuples(index=False)
    ]
    with st.expander(f"{len(figures)} figures have no value: what they need"):
        st.markdown("\n".join(lines))
        st.caption("docs/bring_your_own_data.md lists the extracts that feed each figure.")


def show() -> None:
    """Show the page."""
    st.title("Executive")
    st.caption("Do we retain what we have, why did it move, and what comes?")
    tiers = data.rows("executive", "tiers")["touch_tier"].tolist()
    tier = looks.choose(
        "tier",
        "Touch tier",
        tiers,
        default="all",
        words=lambda code: looks.label("touch_tier", code),
    )
    if tier is None:
        st.info("The scorecard is empty, since no account has paid yet. Load subscriptions first.")
        return
    headline(tier)
    executive_memo.memo(tier)
    scorecard(tier)
    executive_parts.renewals(tier)
    executive_parts.health(tier)
    executive_parts.leaks(tier)


show()
