"""Revenue and retention: how did MRR move, what do we retain, and where does it leak?"""

import streamlit as st

from dashboard import data
from dashboard.views import revenue_bridge, revenue_cohorts, revenue_leaks, revenue_rates

NO_MRR = (
    "No account of your extracts has had recurring revenue, so that there is no MRR to show. "
    "See docs/bring_your_own_data.md for the tables of billing."
)


def show() -> None:
    """Show the bridge, the rates with their accounts, the cohorts and the leaks."""
    st.title("Revenue and retention")
    if not data.has("fct_mrr_monthly"):
        st.info(NO_MRR)
        return
    revenue_bridge.show_bridge()
    segment = revenue_rates.show_rates()
    revenue_cohorts.show_cohorts()
    if segment:
        revenue_leaks.show_leaks(segment)


show()
