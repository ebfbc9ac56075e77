"""The first screen of Account 360: how is this customer, what happened, what next?"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard import data, looks, sheets
from dashboard.views import account_base as base
from dashboard.views.account_base import Subject

SHOWN = 8
# Past this width of a tile's line the line is hard to read.
MONTHS_IN_TILE = 24
# Two tiles fit the width of a phone.
TILE = 164


@dataclass(frozen=True)
class Figure:
    """A figure of the first screen. `note` stands below it, `source` is a column of a mart."""

    name: str
    value: str
    source: tuple[str, str]
    note: str | None = None
    change: str | None = None
    is_better: bool | None = None
    history: Sequence[float] | None = None
    rows: tuple[str, dict[str, object]] | None = None

    @property
    def definition(self) -> str | None:
        """How the figure's column is defined."""
        table, column = self.source
        known = data.definitions(table).get(column)
        return known.text if known else None


def header(subject: Subject) -> None:
    """Who the customer is, in two lines."""
    facts = subject.facts
    words = [
        looks.label("account_status", subject.status),
        _given(facts["industry"]),
        _given(facts["region"]),
        _label("touch_tier", facts["touch_tier"]),
        _label("investment_tier", facts["investment_tier"], "{} investment tier"),
        _label("lifecycle_stage", facts["lifecycle_stage"], "stage {}"),
    ]
    more = [
        subject.account_id,
        "no CSM" if facts["csm_id"] == "(none)" else f"CSM {facts['csm_name'] or facts['csm_id']}",
        _date("customer since {}", facts["customer_since"]),
        _date("last touch {}", facts["last_touch_on"]),
        f"part of {facts['parent_name']}" if _given(facts["parent_name"]) else None,
        "strategic" if _is(facts["is_strategic"]) else None,
        "paused" if _is(facts["is_paused"]) else None,
    ]
    first, second = (" · ".join(base.said(word) for word in line if word) for line in (words, more))
    st.markdown(f"**{first}**  \n:gray[{second}]")


def figures(subject: Subject) -> list[Figure]:
    """The figures of the first screen. An account that does not pay now has others."""
    if subject.status == "active":
        return _of_customer(subject)
    return _of_churned(subject) if subject.status == "churned" else _before_contract(subject)


def tiles(subject: Subject) -> None:
    """The figures as tiles, or as a table on paper."""
    known = figures(subject)
    if subject.on_paper:
        lines = [
            (one.name, one.value, " ".join(filter(None, (one.change, one.note)))) for one in known
        ]
        frame = pd.DataFrame(lines, columns=["figure", "value", "more"])
        sheets.sheet(frame, "dim_accounts", empty="", names={"more": " "}, sentences=("more",))
        return
    with st.container(horizontal=True, gap="small", key="tiles"):
        for one in known:
            with st.container(width=TILE):
                looks.tile(
                    one.name,
                    one.value,
                    note=one.note,
                    change=one.change,
                    is_better=one.is_better,
                    definition=one.definition,
                    history=one.history,
                    rows=one.rows,
                )


def story(subject: Subject) -> None:
    """The state of the account in a sentence or two."""
    facts = subject.facts
    if subject.status == "churned":
        _story_of_churn(subject)
    elif subject.status == "prospect":
        st.info("A prospect: no contract has been in force, so there is no revenue or health yet.")
    elif subject.status == "trial":
        st.info("In a trial: nothing is paid yet, so there is no revenue or health.")
    elif subject.scores.empty:
        st.info("Active, but nothing is paid now, so that no health is measured.")
    elif _is(facts["is_low_confidence"]):
        covered = facts["health_coverage"]
        if looks.is_missing(covered) or not covered:
            st.info(f"No metric of health has data yet. {base.GUIDE} says which feeds they need.")
        else:
            share = looks.share(covered, 0)
            st.info(f"Health rests on {share} of its weight, too little for a status.")
    if _given(facts["health_drivers"]):
        st.markdown(str(facts["health_drivers"]))
    if not looks.is_missing(facts["leaves_on"]):
        notice = looks.day(facts["notice_given_on"])
        st.warning(f"Notice was given on {notice}. It leaves on {looks.day(facts['leaves_on'])}.")


def happened(subject: Subject, most: int = SHOWN) -> None:
    """The latest events."""
    base.part(subject, "What happened")
    events = subject.rows("events").head(most)
    sheets.sheet(
        events[["occurred_on", "text"]],
        "fct_account_events",
        empty="Nothing is recorded of this account.",
        names={"occurred_on": "Date", "text": "Event"},
        sentences=("text",),
        links=None if subject.on_paper else event_links(events),
    )


def event_links(events: pd.DataFrame) -> pd.Series:
    """The address of the mart row behind each event."""
    return "rows?table=" + events["table_name"] + "&" + events["row_key"]


def coming(subject: Subject, most: int = SHOWN) -> None:
    """The line of the CSM's list, then what is due."""
    base.part(subject, "What is next")
    first = subject.row("worklist")
    if first is not None:
        due = _date(" by {}", first["due_on"]) or ""
        band = looks.label("band", first["band"])
        st.markdown(f"**{band}: {base.said(first['action'])}{due}.** {base.said(first['why'])}")
    steps = subject.rows("steps")
    shown = pd.DataFrame(
        {
            "due_on": steps["due_on"],
            "step": [_step(line) for line in steps.itertuples()],
            "who": [looks.label("role", role) for role in steps["owner_role"]],
        }
    )
    sheets.sheet(
        shown,
        "fct_playbook_tasks",
        empty="No task, meeting, objective or renewal lies ahead.",
        names={"due_on": "Due", "step": "Step", "who": "Who"},
        sentences=("step",),
        most=most,
    )


def _step(line: object) -> str:
    texts = {
        "task": lambda: str(line.text),
        "activity": lambda: f"{looks.label('activity_type', line.text)} is planned",
        "renewal": lambda: f"A term ends: {looks.label('current_outlook', line.text).lower()}",
        "objective": lambda: f"Objective: {looks.name_of(str(line.text)).lower()}",
    }
    late = ", overdue" if line.is_overdue else ""
    return texts[line.what]() + late


def _of_customer(subject: Subject) -> list[Figure]:
    facts, own = subject.facts, {"account_id": subject.account_id}
    months = subject.rows("mrr")
    change = facts["arr_change"]
    score = facts["health_score"]
    trend = looks.label("health_trend", facts["health_trend"]).lower()
    renewal = "No end of a term is known."
    if not looks.is_missing(facts["next_renewal_on"]):
        renewal = (
            f"{looks.amount(facts['next_renewal_arr'])} ARR, "
            f"{looks.label('current_outlook', facts['next_renewal_outlook']).lower()}, "
            f"probability {looks.share(facts['renewal_probability'], 0)}"
        )
    return [
        Figure(
            "ARR",
            looks.amount(facts["arr"]),
            ("dim_accounts", "arr"),
            change=_signed(change, 0),
            is_better=_sign(change),
            note=_since(facts),
            history=months["arr"].tail(MONTHS_IN_TILE).tolist(),
            rows=("fct_mrr_monthly", own),
        ),
        Figure(
            "Health",
            looks.number(score, 1),
            ("dim_accounts", "health_score"),
            note=f"{looks.label('health_status', facts['health_status'])}, trend: {trend}",
            history=subject.scores["health_score"].tail(MONTHS_IN_TILE).tolist(),
            rows=("fct_health_scores", own | {"is_active_scheme": True}),
        ),
        Figure(
            "Next renewal",
            looks.day(facts["next_renewal_on"]),
            ("dim_accounts", "next_renewal_on"),
            note=renewal,
            rows=("fct_renewals", own),
        ),
        Figure(
            "NPS, mean answer",
            looks.number(facts["nps_mean"], 1),
            ("dim_accounts", "nps_mean"),
            note=_why_no_nps(facts),
            rows=("fct_survey_answers", own | {"survey_type": "nps"}),
        ),
        Figure(
            "Open tickets",
            looks.number(facts["open_tickets"]),
            ("dim_accounts", "open_tickets"),
            note=base.lacks("fct_tickets", "tickets"),
            rows=("fct_tickets", own),
        ),
        Figure(
            "Days past due",
            looks.number(facts["days_past_due"]),
            ("dim_accounts", "days_past_due"),
            note=base.lacks("fct_invoices", "invoices"),
            rows=("fct_invoices", own),
        ),
    ]


def _of_churned(subject: Subject) -> list[Figure]:
    facts, own = subject.facts, {"account_id": subject.account_id}
    score = looks.number(facts["last_health_score"], 1)
    return [
        Figure(
            "Left on",
            looks.day(facts["churned_on"]),
            ("dim_accounts", "churned_on"),
            note=f"after {looks.number(facts['tenure_months'])} months",
            rows=("fct_churn_events", own),
        ),
        Figure(
            "Reason",
            looks.label("reason_category", facts["churn_reason_category"]),
            ("dim_accounts", "churn_reason_category"),
            rows=("fct_churn_events", own),
        ),
        Figure(
            "Last ARR",
            looks.amount(facts["last_arr"]),
            ("dim_accounts", "last_arr"),
            note=looks.label("touch_tier", facts["last_touch_tier"]),
            history=subject.rows("mrr")["arr"].tail(MONTHS_IN_TILE).tolist(),
            rows=("fct_mrr_monthly", own),
        ),
        Figure(
            "Last health",
            score,
            ("dim_accounts", "last_health_score"),
            note=looks.label("health_status", facts["last_health_status"]),
            history=subject.scores["health_score"].tail(MONTHS_IN_TILE).tolist(),
            rows=("fct_health_scores", own | {"is_active_scheme": True}),
        ),
        Figure(
            "Last touch",
            looks.day(facts["last_touch_on"]),
            ("dim_accounts", "last_touch_on"),
            note=base.lacks("fct_activities", "activities"),
            rows=("fct_activities", own),
        ),
    ]


def _before_contract(subject: Subject) -> list[Figure]:
    own, known = {"account_id": subject.account_id}, subject.row("before_contract")
    worth = f"{looks.amount(known['open_amount'])} a year" if known["open_opportunities"] else None
    return [
        Figure(
            "Open opportunities",
            looks.number(known["open_opportunities"]),
            ("fct_opportunities", "is_open"),
            note=base.lacks("fct_opportunities", "opportunities") or worth,
            rows=("fct_opportunities", own),
        ),
        Figure(
            "People known",
            looks.number(known["contacts"]),
            ("dim_contacts", "contact_id"),
            note=base.lacks("dim_contacts", "contacts"),
            rows=("dim_contacts", own),
        ),
        Figure(
            "Last touch",
            looks.day(subject.facts["last_touch_on"]),
            ("dim_accounts", "last_touch_on"),
            note=base.lacks("fct_activities", "activities"),
            rows=("fct_activities", own),
        ),
    ]


def _story_of_churn(subject: Subject) -> None:
    event = subject.row("churns")
    if event is None:
        st.info("A former customer. What follows is its past.")
        return
    score = event["health_score_90d_before"]
    before = (
        "Its health three months earlier is not known."
        if looks.is_missing(score)
        else f"Its health three months earlier was {looks.number(score, 1)}."
    )
    warned = "A leading indicator held before." if _is(event["had_leading_indicator"]) else ""
    st.info(
        f"A former customer: it left on {looks.day(event['churned_on'])} with "
        f"{looks.amount(event['churned_mrr'])} MRR. {before} {warned} What follows is its past."
    )


def _why_no_nps(facts: pd.Series) -> str | None:
    if not looks.is_missing(facts["nps_mean"]):
        return None
    return "No recent answer." if facts["has_nps"] else "No NPS surveys in your extracts."


def _since(facts: pd.Series) -> str:
    if looks.is_missing(facts["arr_change"]):
        return "Not yet a customer a year ago."
    since = f"since end of {looks.month(facts['year_before_month'])}"
    return since if facts["arr_change"] else f"unchanged {since}"


def _given(value: object) -> str | None:
    return None if looks.is_missing(value) or not str(value) else str(value)


def _is(value: object) -> bool:
    return not looks.is_missing(value) and bool(value)


def _label(domain: str, code: object, text: str = "{}") -> str | None:
    return None if looks.is_missing(code) else text.format(looks.label(domain, code))


def _date(text: str, value: object) -> str | None:
    return None if looks.is_missing(value) else text.format(looks.day(value))


def _signed(value: object, decimals: int) -> str | None:
    if looks.is_missing(value) or not float(value):
        return None
    return f"{float(value):+,.{decimals}f}"


def _sign(value: object) -> bool | None:
    if looks.is_missing(value) or not float(value):
        return None
    return float(value) > 0
