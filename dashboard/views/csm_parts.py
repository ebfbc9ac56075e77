"""Parts of the page CSM today: the worklist, the book, renewals, touches and the accounts."""

import pandas as pd
import streamlit as st

from dashboard import data, looks
from dashboard.views import mix

BOOKS, WORKLIST, ACCOUNTS = "rpt_csm_books", "rpt_csm_worklist", "dim_accounts"
PAYS = {"mrr__from": 0.01}
WAITS = {"now": "What cannot wait", "this_week": "What is due this week"}


def book(line: pd.Series) -> None:
    """The book in figures."""
    looks.heading("How is the book?")
    known = data.definitions(BOOKS)
    of_csm = {"csm_id": line["csm_id"]}
    counted = looks.number(line["renewals_90d"])
    tiles = (
        ("Accounts", looks.number(line["accounts"]), "accounts", None, (ACCOUNTS, of_csm | PAYS)),
        ("ARR", looks.amount(line["arr"]), "arr", None, (ACCOUNTS, of_csm | PAYS)),
        (
            "Mean health",
            looks.number(line["mean_health"], 1),
            "mean_health",
            None,
            (ACCOUNTS, of_csm | {"health_score__from": 0}),
        ),
        (
            "ARR below stable",
            looks.amount(line["at_risk_arr"]),
            "at_risk_arr",
            "At risk, critical or emergency",
            (BOOKS, of_csm),
        ),
        (
            "ARR that renews in 90 days",
            looks.amount(line["renewals_90d_arr"]),
            "renewals_90d_arr",
            f"{counted} accounts",
            (ACCOUNTS, of_csm | {"next_renewal_on__from": "2000-01-01"}),
        ),
        (
            "To do now",
            looks.number(line["now_lines"]),
            "now_lines",
            f"{looks.number(line['this_week_lines'])} more this week",
            (WORKLIST, of_csm),
        ),
        (
            "Backlog",
            looks.number(line["backlog_accounts"]),
            "backlog_accounts",
            "Accounts with other open steps",
            ("fct_playbook_tasks", {"owner_id": line["csm_id"], "status": "overdue"}),
        ),
        (
            "NRR of the book",
            looks.share(line["book_nrr"]),
            "book_nrr",
            f"GRR {looks.share(line['book_grr'])}",
            (BOOKS, of_csm),
        ),
    )
    for first in range(0, len(tiles), 4):
        for column, tile in zip(st.columns(4), tiles[first : first + 4], strict=True):
            words, value, name, note, rows = tile
            with column:
                looks.tile(words, value, note=note, definition=known[name].text, rows=rows)


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
    for band, words in WAITS.items():
        lines = found[found["band"] == band]
        st.markdown(f"**{words}** ({len(lines)})")
        if lines.empty:
            st.info(
                "No line of this band meets the filters."
                if is_filtered
                else "Nothing: no account of the book has a fact or a step of this band."
            )
        for place in range(0, len(lines), 2):
            pair = lines.iloc[place : place + 2]
            for column, (_, entry) in zip(st.columns(2), pair.iterrows(), strict=False):
                with column:
                    card(entry)
    if line["cut_lines"]:
        st.caption(f"{looks.number(line['cut_lines'])} more accounts of this week do not fit.")
    with st.container(horizontal=True):
        looks.rows_link(WORKLIST, {"csm_id": csm})
        looks.definitions(WORKLIST, ["band", "why", "action", "due_on", "arr_at_risk"])


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
        status = looks.label("health_status", entry["health_status"])
        score = looks.number(entry["health_score"], 0)
        st.html(
            looks.chip(
                f"{status} ({score})", looks.colour_of("health_status", entry["health_status"])
            )
        )
        at_risk, arr = looks.amount(entry["arr_at_risk"]), looks.amount(entry["arr"])
        said = [f"{at_risk} of {arr} ARR at risk"]
        if not looks.is_missing(entry["renewal_on"]):
            said.append(f"Renewal on {looks.day(entry['renewal_on'])}")
        st.caption("  \n".join(said))


def due(entry: pd.Series) -> str:
    """When the step is due, in words."""
    if looks.is_missing(entry["due_on"]):
        return "No date is set"
    said = f"Due {looks.day(entry['due_on'])}"
    late = entry["days_overdue"]
    if looks.is_missing(late) or not late:
        return said
    return f"{said}, {looks.number(late)} {'day' if late == 1 else 'days'} overdue"


def renewals(line: pd.Series) -> None:
    """The accounts of the book whose next renewal is near."""
    csm = line["csm_id"]
    looks.heading("Which renewals come in 90 days?")
    found = data.rows("csm", "renewals", csm=csm)
    domains = {
        "health_status": "health_status",
        "health_trend": "health_trend",
        "renewal_risk_level": "risk_level",
    }
    looks.table(
        looks.labelled(found, domains),
        (ACCOUNTS, "fct_renewals"),
        names={
            "next_renewal_on": "Renewal",
            "arr_up": "ARR up",
            "renewal_probability": "Probability",
            "renewal_risk_level": "Renewal risk",
        },
        height=height(found),
        empty="No account of the book has a term that ends in 90 days. "
        "Without billing_contract_terms or term_months no end is known.",
    )
    with st.container(horizontal=True):
        looks.rows_link(ACCOUNTS, {"csm_id": csm, "next_renewal_on__from": "2000-01-01"})
        looks.definitions(
            ACCOUNTS, ["next_renewal_on", "renewal_probability", "renewal_risk_level"]
        )


def touches(csm: str) -> None:
    """The accounts that nobody spoke to for longer than their tier allows."""
    looks.heading("Whom has nobody spoken to of late?")
    state = data.row("csm", "touches", csm=csm)
    if not state["activities"]:
        st.info(
            "Your extracts have no activities, so nobody knows the last touch. "
            "Add crm_activities: see docs/bring_your_own_data.md."
        )
        return
    if not state["judged_accounts"]:
        st.info("No account of the book is of a touch tier that asks for touches.")
        return
    found = data.rows("csm", "dark", csm=csm)
    domains = {"health_status": "health_status", "touch_tier": "touch_tier"}
    looks.table(
        looks.labelled(found, domains),
        ACCOUNTS,
        names={"last_touch_on": "Last touch", "days_since_touch": "Days since"},
        height=height(found),
        empty="Each account had a touch within the days that its touch tier allows.",
    )
    with st.container(horizontal=True):
        looks.rows_link(ACCOUNTS, {"csm_id": csm, "is_dark": True})
        looks.definitions(ACCOUNTS, ["is_dark", "last_touch_on", "days_since_touch"])


def health(csm: str) -> None:
    """How the health of the accounts of the book spread over the last year."""
    looks.heading("Does the health of the book get better?")
    measure = looks.choose(
        "measure",
        "Share of",
        list(mix.MEASURES),
        default="accounts",
        words=lambda code: mix.MEASURES[code][0],
        buttons=True,
    )
    found = data.rows("csm", "health_mix", csm=csm, as_of=data.view().as_of_date)
    if found.empty:
        st.info("The book had no account that paid at a month's end of the last year.")
        return
    mix.chart(found, measure)
    st.caption("Each bar has the accounts that the CSM had then.")
    with st.container(horizontal=True):
        looks.rows_link("rpt_health_mix", {"segment_type": "csm", "segment": csm})
        looks.definitions("rpt_health_mix", ["segment", "health_status", "accounts", "arr"])


def accounts(csm: str) -> None:
    """All accounts of the book that pay."""
    looks.heading("Which accounts are in the book?")
    found = data.rows("csm", "accounts", csm=csm)
    domains = {
        "health_status": "health_status",
        "health_trend": "health_trend",
        "touch_tier": "touch_tier",
        "lifecycle_stage": "lifecycle_stage",
    }
    looks.table(
        looks.labelled(found, domains),
        ACCOUNTS,
        names={
            "next_renewal_on": "Renewal",
            "days_since_touch": "Days since touch",
        },
        height=height(found),
        empty="No account of the book pays on this day.",
    )
    looks.rows_link(ACCOUNTS, {"csm_id": csm} | PAYS)


def height(found: pd.DataFrame) -> int | str:
    """Tables of few rows are as high as these, and others scroll."""
    return "content" if len(found) < 13 else 320
