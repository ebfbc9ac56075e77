"""Parts of Account 360: whether onboarding reached its exit, and what each quarter brought."""

import pandas as pd
import streamlit as st

from dashboard import data, looks, sheets
from dashboard.views import account_base as base
from dashboard.views.account_base import Subject

ONBOARDING, REPORT = "fct_onboarding", "rpt_value_report"
QUARTERS_SHOWN, ON_PAPER = 8, 4
# Each criterion of the exit, its words, the column of its value and how that is shown.
CRITERIA = {
    "plan_agreed": ("Success plan agreed", "plan_agreed_on", looks.day),
    "stakeholders_known": ("Key stakeholders known", "contacts_known", looks.number),
    "first_value": ("First value", "first_value_on", looks.day),
    "adoption": ("Adoption", "adoption_rate", looks.share),
    "health": ("Health", "health_score", lambda value: looks.number(value, 1)),
}
FIGURES = [
    "active_users",
    "active_users_change",
    "actions",
    "adoption",
    "objectives",
    "achieved",
    "improvement",
    "value_amount",
    "investment",
    "roi",
]
# An A4 page has no room for these.
NOT_ON_PAPER = {"actions", "objectives"}
CATEGORIES = ["revenue_increased", "costs_reduced", "time_saved", "headcount_avoided", "soft_value"]


def onboarding(subject: Subject) -> None:
    """The five exit criteria of onboarding, each with its value."""
    base.part(subject, "Onboarding")
    found = subject.row("onboarding")
    if found is None:
        st.caption("The start of this account is not on record, so its onboarding is not judged.")
        return
    st.markdown(verdict(found, subject.facts["churned_on"]))
    shown = pd.DataFrame(
        {
            "criterion": [words for words, _, _ in CRITERIA.values()],
            "value": [
                say(found[column]) + later(found, column) for _, column, say in CRITERIA.values()
            ],
            "met": [met(found[criterion]) for criterion in CRITERIA],
        }
    )
    sheets.sheet(shown, ONBOARDING, empty="")
    base.foot(subject, ONBOARDING, [*CRITERIA, "judged_on", "is_exit_met"])


def later(found: pd.Series, column: str) -> str:
    """That a day came after the one on which onboarding was judged."""
    value = found[column]
    is_day = column.endswith("_on") and not looks.is_missing(value)
    return ", later" if is_day and value > found["judged_on"] else ""


def verdict(found: pd.Series, churned_on: object) -> str:
    """Where onboarding stands, in a sentence or two."""
    started, judged = looks.day(found["started_on"]), looks.day(found["judged_on"])
    known = looks.number(found["criteria_met"])
    said = f"It started on {started}. "
    if not looks.is_missing(churned_on) and looks.day(churned_on) == judged:
        return (
            f"{said}**It left on {judged}, before its onboarding was judged**, with {known} of 5."
        )
    if not found["is_settled"]:
        return f"{said}**It is in onboarding**: {known} of 5 criteria are met so far."
    if looks.is_missing(found["is_exit_met"]):
        return f"{said}On {judged}, {known} of 5 criteria were met. The others are not known."
    if found["is_exit_met"]:
        return f"{said}**It met all 5 criteria** on {judged}."
    return f"{said}**It did not meet the exit**: {known} of 5 criteria were met on {judged}."


def met(value: object) -> str:
    """Whether a criterion is met, in a word."""
    return "not known" if looks.is_missing(value) else ("yes" if value else "no")


def report(subject: Subject) -> None:
    """What the customer got in each of the last quarters, in use, outcomes and money."""
    base.part(subject, "Value report")
    known = subject.rows("value_reports").head(ON_PAPER if subject.on_paper else QUARTERS_SHOWN)
    if known.empty:
        otherwise = (
            "It did not pay at the end of a quarter with known use."
            if subject.has_paid
            else "A value report begins with the first paid quarter."
        )
        st.caption(base.why_none(REPORT, "usage or objectives", otherwise))
        return
    known = known.assign(quarter=[quarter(line) for line in known.itertuples()])
    wanted = [name for name in FIGURES if not (subject.on_paper and name in NOT_ON_PAPER)]
    filled = [column for column in wanted if known[column].notna().any()]
    currency = data.view().reporting_currency
    sheets.sheet(
        known[["quarter", *filled]],
        REPORT,
        empty="",
        names={
            "active_users_change": "Change",
            "achieved": "Achieved",
            "value_amount": f"Value a year, {currency}",
            "investment": f"Price a year, {currency}",
        },
    )
    categories = [column for column in CATEGORIES if (known[column] > 0).any()]
    if categories:
        st.markdown(f"**Value a year by category, {currency}**")
        sheets.sheet(known[["quarter", *categories]], REPORT, empty="")
    base.foot(subject, REPORT, ["active_users", "adoption", "improvement", "value_amount", "roi"])


def quarter(line: object) -> str:
    """The quarter in words, and whether it still runs."""
    period = pd.Timestamp(line.quarter).to_period("Q")
    words = f"{period.year} Q{period.quarter}"
    return words if line.is_complete_quarter else f"{words}, running"
