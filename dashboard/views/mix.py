"""A part of several pages: how health spreads over accounts or ARR, over time."""

import altair as alt
import pandas as pd

from dashboard import looks

# What a mix counts: its words and its column.
MEASURES = {"accounts": ("Accounts", "accounts"), "arr": ("ARR", "arr")}

UNSCORED = (
    "All accounts are unscored: too little of the data behind a health score is there. "
    "Add usage, tickets or surveys: see docs/bring_your_own_data.md."
)


def is_scored(mix: pd.DataFrame) -> bool:
    """Whether any account of the mix has a status."""
    return bool((mix.loc[mix["accounts"] > 0, "health_status"] != "unscored").any())


def chart(mix: pd.DataFrame, measure: str, height: int = 360) -> None:
    """A bar per date, split by health status.

    `mix` has shown_date, health_status, status_rank, accounts, arr and their shares of the date.
    """
    words, column = MEASURES[measure]
    codes = list(dict.fromkeys(mix.sort_values("status_rank")["health_status"]))
    shown = looks.labelled(mix, {"health_status": "health_status"})
    drawn = (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            x=alt.X(
                "shown_date:O",
                title=None,
                axis=alt.Axis(labelAngle=-90, labelOverlap="greedy", labelLimit=90),
            ),
            y=alt.Y(
                f"share_of_{column}:Q",
                title=f"Share of {words.lower() if measure == 'accounts' else words}",
                axis=alt.Axis(format=".0%", tickCount=5),
                scale=alt.Scale(domain=[0, 1]),
            ),
            color=alt.Color(
                "health_status:N",
                title=None,
                scale=looks.colours("health_status", codes),
                legend=alt.Legend(orient="bottom", columns=3),
            ),
            order=alt.Order("status_rank:Q"),
            tooltip=[
                alt.Tooltip("shown_date:O", title="Date"),
                alt.Tooltip("health_status:N", title="Health"),
                alt.Tooltip("accounts:Q", title="Accounts", format=",.0f"),
                alt.Tooltip("share_of_accounts:Q", title="Share of accounts", format=".1%"),
                alt.Tooltip("arr:Q", title="ARR", format=",.0f"),
                alt.Tooltip("share_of_arr:Q", title="Share of ARR", format=".1%"),
            ],
        )
        .properties(height=height)
    )
    looks.chart(drawn, f"{words} by health status at each month's end")
