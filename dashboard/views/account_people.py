"""Parts of Account 360: use, support and satisfaction, people, and the value they got."""

import pandas as pd
import streamlit as st

from dashboard import data, looks, sheets
from dashboard.views import account_base as base
from dashboard.views import account_charts as charts
from dashboard.views.account_base import Subject

# Lowest and highest answer of each kind of survey.
SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
PEOPLE = {"seats": "Seats", "licensed_users": "Licensed users", "active_users": "Active users"}
EVENTS = {"logins": "Logins", "feature_events": "Events of features"}
TICKETS_SHOWN = 12
ANSWERS_SHOWN = 12
ACTIVITIES_SHOWN = 12


def usage(subject: Subject) -> None:
    """People and events in the product by month."""
    base.part(subject, "Use of the product")
    months = subject.rows("usage")
    whole = months[months["is_complete_month"].fillna(value=False).astype(bool)]
    shown = months if whole.empty else whole
    if shown.empty:
        st.caption(base.why_none("fct_usage_monthly", "usage", "No use is recorded."))
        return
    places = [st.container(), st.container()] if subject.on_paper else st.columns(2)
    for place, names, title in zip(
        places, (PEOPLE, EVENTS), ("People and seats", "Events in the month"), strict=True
    ):
        with place:
            if shown[list(names)].notna().any(axis=None):
                looks.chart(charts.lines(shown, names, title), f"{title} by month")
    if len(whole) < len(months) and not subject.on_paper:
        st.caption("Months that are over. The rows have the open month too.")
    base.foot(subject, "fct_usage_monthly", [*PEOPLE, *EVENTS])


def tickets(subject: Subject) -> None:
    """Tickets by month, then the open and the latest ones."""
    base.part(subject, "Tickets")
    known = subject.rows("tickets")
    if known.empty:
        st.caption(base.why_none("fct_tickets", "tickets", "No ticket was opened."))
        return
    if not subject.on_paper:
        looks.chart(charts.tickets(subject.rows("ticket_months")), "Tickets opened by month")
    if sheets.sheet(
        known.drop(columns="ticket_id"),
        "fct_tickets",
        empty="",
        names={"created_on": "Opened", "is_open": "Open", "csat_score": "CSAT"},
        most=6 if subject.on_paper else TICKETS_SHOWN,
    ):
        base.foot(
            subject,
            "fct_tickets",
            ["priority", "is_escalated", "first_response_hours", "resolution_hours", "csat_score"],
        )


def satisfaction(subject: Subject) -> None:
    """Answers to surveys, each kind on its own scale."""
    base.part(subject, "Satisfaction")
    given = subject.rows("answers")
    if given.empty:
        st.caption(base.why_none("fct_survey_answers", "surveys", "No survey was answered."))
        return
    kinds = [kind for kind in SCALES if (given["survey_type"] == kind).any()]
    if not subject.on_paper:
        for place, kind in zip(st.columns(len(kinds)), kinds, strict=True):
            with place:
                name = looks.label("survey_type", kind)
                lowest, highest = SCALES[kind]
                st.markdown(f"**{name}**, answers from {lowest} to {highest}")
                chosen = given[given["survey_type"] == kind]
                looks.chart(charts.answers(chosen, lowest, highest), f"{name} answers over time")
    if sheets.sheet(
        given[["answered_on", "survey_type", "score", "answer_source", "contact_label"]],
        "fct_survey_answers",
        empty="",
        names={
            "answered_on": "Date",
            "survey_type": "Survey",
            "contact_label": "Who",
            "answer_source": "From a",
        },
        words={"score": looks.number},
        most=6 if subject.on_paper else ANSWERS_SHOWN,
    ):
        base.foot(subject, "fct_survey_answers", ["survey_type", "score"])


def people(subject: Subject) -> None:
    """Who is known at the account, which roles are missing, and the latest meetings."""
    base.part(subject, "Stakeholders")
    known = subject.rows("contacts")
    covered = subject.row("stakeholders")
    if covered is not None and not looks.is_missing(covered["contacts"]):
        _say_coverage(covered)
    if sheets.sheet(
        known[known["is_present"]] if subject.on_paper else known,
        "dim_contacts",
        empty=base.why_none("dim_contacts", "contacts", "No person is known."),
        names={
            "contact_label": "Who",
            "stakeholder_type": "Role",
            "relationship_strength": "Relationship, 1 to 5",
            "is_present": "Present",
            "departed_on": "Left on",
        },
        words={"relationship_strength": looks.number},
    ):
        base.foot(
            subject, "dim_contacts", ["stakeholder_type", "relationship_strength", "is_present"]
        )
    if not subject.on_paper:
        _activities(subject)


def _say_coverage(covered: pd.Series) -> None:
    missing = covered["roles_missing"]
    said = [
        f"{looks.number(covered['contacts'])} contacts are present, "
        f"{looks.number(covered['strong_contacts'])} of them strong.",
        f"The account is {'' if covered['is_multi_threaded'] else 'not '}multi-threaded.",
        "No wanted role is missing." if looks.is_missing(missing) else f"Missing: {missing}.",
    ]
    st.markdown(" ".join(said))


def _activities(subject: Subject) -> None:
    base.part(subject, "Latest meetings and messages")
    if sheets.sheet(
        subject.rows("activities"),
        "fct_activities",
        empty=base.why_none("fct_activities", "activities", "No activity is recorded."),
        names={"held_on": "Date", "activity_type": "Activity", "member_name": "With"},
        most=ACTIVITIES_SHOWN,
    ):
        base.foot(subject, "fct_activities", ["activity_type", "status", "is_touch"])


def value(subject: Subject) -> None:
    """Objectives of the success plan and what they are worth against the price."""
    base.part(subject, "Objectives and value")
    worth = subject.row("value")
    if worth is not None and not looks.is_missing(worth["has_success_plan"]):
        _say_value(worth)
    if sheets.sheet(
        subject.rows("objectives"),
        "fct_success_objectives",
        empty=base.why_none("fct_success_objectives", "objectives", "No objective is agreed."),
        names={
            "metric_name": "Objective",
            "baseline_value": "Start",
            "target_value": "Target",
            "current_value": "Now",
            "value_amount": f"Value a year, {data.view().reporting_currency}",
            "is_validated": "Confirmed by the customer",
        },
        words={
            "metric_name": lambda name: looks.name_of(str(name)),
            "progress": lambda share: looks.share(share, 0),
        },
    ):
        base.foot(subject, "fct_success_objectives", ["progress", "status", "value_amount"])


def _say_value(worth: pd.Series) -> None:
    if looks.is_missing(worth["value_amount"]):
        return
    said = [
        f"Achieved objectives that count now are worth {looks.amount(worth['value_amount'])} "
        f"a year, against a price of {looks.amount(worth['cost'])}."
    ]
    if not looks.is_missing(worth["validated_value"]):
        said.append(f"The customer confirmed {looks.amount(worth['validated_value'])}.")
    if not looks.is_missing(worth["roi"]):
        said.append(f"The return is {looks.share(worth['roi'], 0)}.")
    st.markdown(" ".join(said))
