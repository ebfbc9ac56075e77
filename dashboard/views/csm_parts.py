"""Parts of the page CSM today: the book, its renewals, touches, health and accounts."""

import pandas as pd
import streamlit as st

from dashboard import data, looks
from dashboard.views import mix

BOOKS, WORKLIST, ACCOUNTS = "rpt_csm_books", "rpt_csm_worklist", "dim_accounts"
PAYS = {"mrr__from": 0.01}


def book(line: pd.Series) -> None:
    """The book in figures. A figure that nothing feeds is a dash with its reason."""
    looks.heading("How is the book?")
    state = data.row("csm", "known", csm=line["csm_id"])
    is_scored, is_dated = bool(state["scored_accounts"]), bool(state["dated_accounts"])
    unscored = "No account has enough data for a status"
    known = data.definitions(BOOKS)
    of_csm = {"csm_id": line["csm_id"]}
    counted = f"{looks.number(line['renewals_90d'])} accounts"
    tiles = (
        ("Accounts", looks.number(line["accounts"]), "accounts", None, (ACCOUNTS, of_csm | PAYS)),
        ("ARR", looks.amount(line["arr"]), "arr", None, (ACCOUNTS, of_csm | PAYS)),
        (
            "Mean health",
            looks.number(line["mean_health"], 1),
            "mean_health",
            None if is_scored else unscored,
            (ACCOUNTS, of_csm | {"health_score__from": 0}),
        ),
        (
            "ARR below stable",
            looks.amount(line["at_risk_arr"]) if is_scored else looks.DASH,
            "at_risk_arr",
            "At risk, critical or emergency" if is_scored else unscored,
            (BOOKS, of_csm),
        ),
        (
            "ARR that renews in 90 days",
            looks.amount(line["renewals_90d_arr"]) if is_dated else looks.DASH,
            "renewals_90d_arr",
            counted if is_dated else "No end of a term is known",
            (ACCOUNTS, of_csm | until(data.rows("csm", "renewals", csm=line["csm_id"]))),
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


def until(renewals: pd.DataFrame) -> dict[str, object]:
    """The bound of a link to accounts whose renewal is among these."""
    if renewals.empty:
        return {}
    return {"next_renewal_on__to": renewals["next_renewal_on"].max()}


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
        looks.rows_link(ACCOUNTS, {"csm_id": csm} | until(found))
        looks.definitions(
            ACCOUNTS, ["next_renewal_on", "renewal_probability", "renewal_risk_level"]
        )


def touches(csm: str) -> None:
    """The accounts that nobody spoke to for longer than their tier allows."""
    looks.heading("Whom has nobody spoken to of late?")
    state = data.row("csm", "known", csm=csm)
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
    if not mix.is_scored(found):
        st.info(mix.UNSCORED)
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
