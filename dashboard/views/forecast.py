"""Forecast: what will recur and renew, and may I believe it?"""

import streamlit as st

from dashboard import data, looks
from dashboard.views import forecast_mrr, forecast_pipeline, forecast_renewals

NO_FORECAST = (
    "There is no forecast yet. It needs customers that pay on the day of the data, and complete "
    "months before it. See docs/bring_your_own_data.md for the tables of billing."
)


def show() -> None:
    """Show the forecasts of MRR, renewals and expansion, each beside its past."""
    st.title("Forecast")
    tiers = data.rows("forecast", "tiers")["touch_tier"].tolist()
    if not tiers:
        st.info(NO_FORECAST)
        return
    known = [tier for tier in data.labels("touch_tier") if tier in tiers]
    places = st.columns(3)
    with places[0]:
        tier = looks.choose(
            "tier",
            "Touch tier",
            known + sorted(set(tiers) - set(known)),
            default="all",
            words=lambda code: looks.label("touch_tier", code),
        )
    with places[1]:
        horizon = looks.choose(
            "horizon",
            "Months ahead",
            [str(months) for months in range(1, 13)],
            default="3",
        )
    forecast_mrr.show_mrr(tier, int(horizon))
    forecast_renewals.show_renewals(tier)
    forecast_pipeline.show_expansion()
    forecast_pipeline.show_log()


show()
