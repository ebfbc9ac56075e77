"""A part of the page CSM today: the worklist, a card for each line."""

import pandas as pd
import streamlit as st

from dashboard import data, looks

WORKLIST = "rpt_csm_worklist"
BANDS = {"now": "What cannot wait", "this_week": "What is due this week"}
# Cards in sight of each band. The others are a click away.
CARDS = 12


def worklist(line: pd.Series) -> None:
    """The lines of each band, each with its reason, next step and date."""
    csm = line["csm_id"]
    looks.heading("What do I do first?")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        playbooks = ["all", *data.rows("csm", "playbooks", csm=csm)["playbook"]]
        playbook = looks.choose(
            "playbook",
            "Playbook",
            playbooks,
            words=lambda code: "All" if code == "all" else looks.label("playbook", code),
        )
        overdue = looks.toggle("overdue", "Overdue only")
    found = data.rows("csm", "worklist", csm=csm, playbook=playbook, overdue=overdue)
    is_filtered = overdue or playbook != "all"
    for band, words in BANDS.items():
        lines = found[found["band"] == band]
        st.markdown(f"**{words}** ({len(lines)})")
        if lines.empty:
            st.info(
                "No line of this band meets the filters."
                if is_filtered
                else "Nothing: no account of the book has a fact or a step of this band."
            )
        cards(lines.head(CARDS))
        if len(lines) > CARDS:
            with st.expander(f"{len(lines) - CARDS} more of this band"):
                cards(lines.iloc[CARDS:])
    if line["cut_lines"]:
        st.caption(f"{looks.number(line['cut_lines'])} more accounts of this week do not fit.")
    with st.container(horizontal=True):
        looks.rows_link(WORKLIST, {"csm_id": csm})
        looks.definitions(
            WORKLIST,
            ["band", "why", "action", "due_on", "risk_action", "escalation_level", "arr_at_risk"],
        )


def cards(lines: pd.DataFrame) -> None:
    """The lines, two beside each other."""
    for place in range(0, len(lines), 2):
        pair = lines.iloc[place : place + 2]
        for column, (_, entry) in zip(st.columns(2), pair.iterrows(), strict=False):
            with column:
                card(entry)


def card(entry: pd.Series) -> None:
    """One line of the worklist."""
    with st.container(border=True, height="stretch"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{looks.number(entry['priority_rank'])}.**", width="content")
            looks.page_link(
                "account", looks.literal(entry["account_name"]), account=entry["account_id"]
            )
        st.markdown(looks.literal(entry["why"]))
        st.markdown(f"**Next:** {looks.literal(entry['action'])}  \n{due(entry)}")
        at_risk_do = risk_action(entry)
        if at_risk_do:
            st.markdown(at_risk_do)
        status = entry["health_status"]
        said = looks.label("health_status", status)
        if status != "unscored":
            said = f"{said} ({looks.number(entry['health_score'], 0)})"
        st.html(looks.chip(said, looks.colour_of("health_status", status)))
        at_risk, arr = looks.amount(entry["arr_at_risk"]), looks.amount(entry["arr"])
        lines = [f"{at_risk} of {arr} ARR at risk"]
        if not looks.is_missing(entry["renewal_on"]):
            lines.append(f"Renewal on {looks.day(entry['renewal_on'])}")
        st.caption("  \n".join(lines))


def risk_action(entry: pd.Series) -> str:
    """What the policy asks for at the account's risk, of whom, and how far it is escalated."""
    said = []
    if not looks.is_missing(entry["risk_action"]):
        level = entry["risk_level"]
        who = looks.label("role", entry["risk_owner_role"])
        if level == "none":
            said.append(f"**Owner:** {who}")
        else:
            risk = looks.label("risk_level", level)
            said.append(f"**{risk} risk:** {looks.literal(entry['risk_action'])} ({who})")
    if not looks.is_missing(entry["escalation_level"]) and entry["escalation_level"] != "none":
        said.append(f"**Escalated:** {looks.label('escalation_level', entry['escalation_level'])}")
    return "  \n".join(said)


def due(entry: pd.Series) -> str:
    """When the step is due, in words."""
    if looks.is_missing(entry["due_on"]):
        return "No date is set"
    said = f"Due {looks.day(entry['due_on'])}"
    late = entry["days_overdue"]
    if looks.is_missing(late) or not late:
        return said
    return f"{said}, {looks.number(late)} {'day' if late == 1 else 'days'} overdue"
