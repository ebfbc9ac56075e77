"""Account 360: how is this customer, what happened, what next?"""

from collections.abc import Callable

import streamlit as st

from dashboard import data, looks, sheets
from dashboard.views import (
    account_base as base,
)
from dashboard.views import (
    account_paper,
    account_parts,
    account_people,
    account_summary,
    account_value,
    account_work,
)
from dashboard.views.account_base import Subject

KEY = "account"
PARTS: dict[str, tuple[Callable[[Subject], None], ...]] = {
    "Health": (account_parts.health,),
    "Revenue": (account_parts.revenue,),
    "Use and support": (
        account_people.usage,
        account_people.tickets,
        account_people.satisfaction,
    ),
    "People and value": (
        account_people.people,
        account_value.onboarding,
        account_people.value,
        account_value.report,
    ),
    "Playbooks": (account_work.playbooks,),
    "Timeline": (account_work.timeline,),
}
STYLE = """<style>
.block-container {padding-left: 2.5rem; padding-right: 2.5rem}
.block-container h1 {font-size: 1.9rem; padding: .2rem 0}
.block-container h3 {font-size: 1.2rem; padding: .6rem 0 .2rem}
[data-testid="stMetricValue"] {font-size: 1.3rem}
.st-key-tiles [data-testid="stVerticalBlock"] {gap: .1rem}
.st-key-tiles [data-testid="stVerticalBlock"] [data-testid="stVerticalBlock"] {padding: .6rem .8rem}
@media screen and (max-width: 640px) {
  .block-container {padding: 3.75rem 1rem 1rem}
}
</style>"""


def asked(names: dict[str, str]) -> str | None:
    """The account that the URL names by its id, or by a name that only one has. None if none."""
    wanted = st.query_params.get(KEY)
    if wanted is None or wanted in names:
        return wanted
    found = [key for key, name in names.items() if name.casefold() == wanted.casefold()]
    return found[0] if len(found) == 1 else None


def choose(names: dict[str, str]) -> str | None:
    """The account that the URL or the reader names. None before a choice."""
    url, wanted, seen = st.query_params.get(KEY), asked(names), f"_url_{KEY}"
    if wanted and (KEY not in st.session_state or st.session_state.get(seen) != url):
        st.session_state[KEY] = wanted
    elif st.session_state.get(KEY) not in names:
        st.session_state[KEY] = None
    chosen = st.selectbox(
        "Account",
        list(names),
        index=None,
        format_func=lambda account_id: f"{names[account_id]} ({account_id})",
        placeholder="Type a name or an id",
        key=KEY,
    )
    if chosen:
        st.query_params[KEY] = chosen
    elif url and wanted is None:
        st.warning(f"No account has the id or name {base.said(url)}. Choose one.")
    elif wanted:
        st.query_params.pop(KEY, None)
    st.session_state[seen] = st.query_params.get(KEY)
    return chosen


def subject_of(account_id: str, *, on_paper: bool) -> Subject:
    """The account with its health by date."""
    view = data.view()
    facts = data.row(
        base.PAGE,
        "account",
        account=account_id,
        as_of_date=view.as_of_date,
        last_complete_month=view.last_complete_month,
    )
    return Subject(facts, data.rows(base.PAGE, "scores", account=account_id), on_paper)


def overview() -> None:
    """All accounts, for those who come without one."""
    looks.heading("Choose an account above, or here")
    looks.table(data.rows(base.PAGE, "overview"), "dim_accounts", empty="There are no accounts.")


def show() -> None:
    """Show one account, on the screen or on paper."""
    sheets.style()
    known = data.rows(base.PAGE, "accounts")
    names = dict(zip(known["account_id"], known["account_name"], strict=True))
    wanted = asked(names)
    if wanted and st.query_params.get("print") == "1":
        account_paper.show(subject_of(wanted, on_paper=True))
        return
    st.html(STYLE)
    named, choice = st.columns([3, 2], vertical_alignment="bottom")
    with choice:
        account_id = choose(names)
    if account_id is None:
        named.title("Account 360")
        overview()
        return
    subject = subject_of(account_id, on_paper=False)
    named.title(base.said(subject.facts["account_name"]))
    account_summary.header(subject)
    state, ahead = st.columns([3, 2], gap="medium")
    with state:
        account_summary.tiles(subject)
        account_summary.story(subject)
        account_summary.happened(subject)
    with ahead:
        account_summary.coming(subject)
        looks.page_link(base.PAGE, "Print as a brief for a review", account=account_id, print="1")
    tabs = st.tabs(list(PARTS), key="part", bind="query-params")
    for tab, parts in zip(tabs, PARTS.values(), strict=True):
        # A tab that is not open costs no query.
        if tab.open:
            with tab:
                for one in parts:
                    one(subject)


show()
