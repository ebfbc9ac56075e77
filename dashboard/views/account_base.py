"""What the parts of Account 360 share: the account that is shown, and how a part ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard import data, looks

PAGE = "account"
GUIDE = "docs/bring_your_own_data.md"
MARKUP = re.compile(r"([\\`*_{}\[\]<>#$~|:])")


@dataclass(frozen=True)
class Subject:
    """The account that the page shows. `facts` is its row, `scores` its health by date.

    On paper the page is one column without controls.
    """

    facts: pd.Series
    scores: pd.DataFrame
    on_paper: bool

    @property
    def account_id(self) -> str:
        """The account's id."""
        return str(self.facts["account_id"])

    @property
    def status(self) -> str:
        """Active, churned, trial or prospect, as its code."""
        return str(self.facts["status"])

    @property
    def scored_on(self) -> object:
        """The last date on which the account has a health score row, None without one."""
        return None if self.scores.empty else self.scores["snapshot_date"].iloc[-1].date()

    @property
    def has_paid(self) -> bool:
        """Whether it pays now or did so once."""
        return self.status in ("active", "churned")

    def rows(self, query: str) -> pd.DataFrame:
        """The rows of one of the page's queries for this account."""
        return data.rows(PAGE, query, **self._parameters())

    def row(self, query: str) -> pd.Series | None:
        """The first row of one of the page's queries for this account."""
        return data.row(PAGE, query, **self._parameters())

    def _parameters(self) -> dict[str, object]:
        return {
            "account": self.account_id,
            "as_of_date": data.view().as_of_date,
            "snapshot_date": self.scored_on,
        }


def said(text: object) -> str:
    """A text of the extracts, such as a name, that Markdown leaves as it is."""
    return MARKUP.sub(r"\\\1", str(text))


def lacks(table: str, feed: str) -> str | None:
    """That the extracts lack a feed, in the few words of a tile. None where they have it."""
    return None if data.has(table) else f"No {feed} in your extracts."


def why_none(table: str, feed: str, otherwise: str) -> str:
    """Why an account has no rows of a feed: the company has none, or `otherwise` this account."""
    if data.has(table):
        return otherwise
    return f"Your extracts have no {feed}. {GUIDE} says how to add them."


def foot(
    subject: Subject, table: str, columns: Sequence[str], filters: dict[str, object] | None = None
) -> None:
    """Lead to the rows and the definitions behind a part. Paper has neither."""
    if subject.on_paper:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        looks.rows_link(table, {"account_id": subject.account_id} | (filters or {}))
        if columns:
            looks.definitions(table, columns)


def part(subject: Subject, title: str) -> None:
    """The title of a part."""
    if subject.on_paper:
        st.markdown(f"### {title}")
    else:
        looks.heading(title)
