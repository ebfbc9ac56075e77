"""CSM today: what do I do first, and why?"""

import streamlit as st

from dashboard import data, looks
from dashboard.views import csm_parts, csm_worklist

NOBODY = "(none)"
NO_CSMS = (
    "Your extracts name no CSM, so that all accounts are one book without an owner. "
    "Add crm_team_members and crm_account_assignments, or csm_id in crm_accounts: "
    "see docs/bring_your_own_data.md."
)


def show() -> None:
    """Show the page."""
    st.title("CSM today")
    st.caption("What do I do first, and why?")
    books = data.rows("csm", "books").set_index("csm_id", drop=False)
    if books.empty:
        st.info("No account pays on this day, so there is no book. Load subscriptions first.")
        return
    if list(books.index) == [NOBODY]:
        st.info(NO_CSMS)

    def words(csm: str) -> str:
        if csm == NOBODY:
            return "Accounts without an owner"
        name = books.loc[csm, "csm_name"] if csm in books.index else csm
        return csm if looks.is_missing(name) else name

    csm = looks.choose("csm", "CSM", books.index.tolist(), words=words)
    book = books.loc[csm]
    csm_worklist.worklist(book)
    csm_parts.book(book)
    csm_parts.renewals(book)
    csm_parts.touches(csm)
    csm_parts.health(csm)
    csm_parts.accounts(csm)


show()
