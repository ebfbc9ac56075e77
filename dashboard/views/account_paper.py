"""The print view of Account 360: a brief for a business review, one column of A4."""

import streamlit as st

from dashboard import data, looks, sheets
from dashboard.views import (
    account_base as base,
)
from dashboard.views import (
    account_parts,
    account_people,
    account_summary,
    account_value,
    account_work,
)
from dashboard.views.account_base import Subject

# The column is as wide as an A4 page between its margins, on the screen too, so that charts fit.
STYLE = """<style>
[data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"],
[data-testid="stSidebarCollapsedControl"], [data-testid="stExpandSidebarButton"] {display: none}
.block-container, [data-testid="stMainBlockContainer"] {max-width: 178mm; padding: 1rem 0}
.block-container h2 {font-size: 1.5rem}
.block-container h3 {font-size: 1.05rem; padding: .6rem 0 .4rem; break-after: avoid}
[data-testid="stVerticalBlock"] {gap: .5rem}
[data-testid="stVegaLiteChart"] {break-inside: avoid}
[data-testid="stElementContainer"]:has(h3) {break-after: avoid}
table.sheet {font-size: .72rem}
table.sheet th, table.sheet td {padding: .2rem .35rem}
@page {size: A4; margin: 16mm}
@media print {
  html, body, #root, .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"],
  [data-testid="stAppViewContainer"] > div {
    position: static; display: block; height: auto; min-height: 0; overflow: visible}
  .block-container {padding: 0}
  .no-print, [data-testid="stStatusWidget"] {display: none}
}
@media screen and (max-width: 640px) {
  .block-container, [data-testid="stMainBlockContainer"] {padding: 1rem}
}
</style>"""
SINCE_REVIEW = 25


def show(subject: Subject) -> None:
    """The brief: where the account is, what happened since the last review, and what is next."""
    st.html(STYLE)
    view = data.view()
    st.title(base.said(subject.facts["account_name"]))
    st.caption(
        f"Brief for a business review, as of {view.as_of_date}, amounts in "
        f"{view.reporting_currency}. Run {view.run_id}."
    )
    looks.page_link(base.PAGE, "Back to the account", account=subject.account_id)
    account_summary.header(subject)
    account_summary.tiles(subject)
    account_summary.story(subject)
    _since_review(subject)
    account_summary.coming(subject)
    account_parts.health(subject)
    account_parts.revenue(subject)
    account_people.usage(subject)
    account_people.value(subject)
    account_value.report(subject)
    account_people.people(subject)
    account_people.satisfaction(subject)
    account_people.tickets(subject)
    account_work.playbooks(subject)


def _since_review(subject: Subject) -> None:
    held_on = subject.row("last_review")["completed_on"]
    events = subject.rows("events")
    if looks.is_missing(held_on):
        base.part(subject, "What happened last")
        events = events.head(SINCE_REVIEW // 2)
    else:
        base.part(subject, f"Since the last review on {looks.day(held_on)}")
        events = events[events["occurred_on"] >= held_on]
    sheets.sheet(
        events[["occurred_on", "text"]],
        "fct_account_events",
        empty="Nothing is recorded.",
        names={"occurred_on": "Date", "text": "Event"},
        sentences=("text",),
        most=SINCE_REVIEW,
    )
