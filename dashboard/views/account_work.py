"""Parts of Account 360: playbooks with their tasks, and the timeline."""

import streamlit as st

from dashboard import data, looks, sheets
from dashboard.views import account_base as base
from dashboard.views.account_base import Subject
from dashboard.views.account_summary import event_links

CLOSED_SHOWN = 10
EVENTS_SHOWN = 60
ALL = "all"


def playbooks(subject: Subject) -> None:
    """What is open with the evidence for it, its tasks, and what was closed lately."""
    triggers = subject.rows("triggers")
    open_now = triggers[triggers["is_open"]]
    base.part(subject, "Open playbooks")
    if sheets.sheet(
        open_now[["opened_on", "playbook", "evidence", "escalation_level", "exit_condition"]],
        "fct_playbook_triggers",
        empty="No playbook is open.",
        names={"exit_condition": "Closes when", "escalation_level": "Escalated"},
        sentences=("evidence", "exit_condition"),
    ):
        base.foot(
            subject, "fct_playbook_triggers", ["evidence", "exit_condition"], {"is_open": True}
        )
    if subject.on_paper:
        return
    _tasks(subject)
    closed = triggers[~triggers["is_open"]]
    if not closed.empty:
        base.part(subject, "Playbooks closed lately")
        if sheets.sheet(
            closed[["closed_on", "playbook", "evidence", "closed_by"]],
            "fct_playbook_triggers",
            empty="",
            sentences=("evidence",),
            most=CLOSED_SHOWN,
        ):
            base.foot(subject, "fct_playbook_triggers", ["closed_by"], {"is_open": False})


def _tasks(subject: Subject) -> None:
    base.part(subject, "Tasks of open playbooks")
    tasks = subject.rows("tasks")
    if sheets.sheet(
        tasks[["due_on", "action", "playbook", "owner_role", "status", "days_overdue"]],
        "fct_playbook_tasks",
        empty="No task is open.",
        names={"owner_role": "Who", "action": "Step"},
        words={
            "status": lambda code: (
                "Not recorded" if looks.is_missing(code) else looks.label("task_status", code)
            ),
        },
        sentences=("action",),
        most=30,
    ):
        base.foot(subject, "fct_playbook_tasks", ["due_on", "status", "days_overdue"])


def timeline(subject: Subject) -> None:
    """Everything that happened, the latest first, all kinds or one."""
    base.part(subject, "Timeline")
    events = subject.rows("events")
    if events.empty:
        st.caption("Nothing is recorded of this account.")
        return
    known = [kind for kind in data.labels("event_kind") if (events["kind"] == kind).any()]
    known += sorted(set(events["kind"]) - set(known))
    kind = looks.choose(
        "kind",
        "Show",
        [ALL, *known],
        words=lambda code: "Everything" if code == ALL else looks.label("event_kind", code),
    )
    chosen = events if kind == ALL else events[events["kind"] == kind]
    if sheets.sheet(
        chosen[["occurred_on", "kind", "text"]],
        "fct_account_events",
        empty="Nothing of this kind is recorded.",
        names={"occurred_on": "Date", "text": "Event"},
        sentences=("text",),
        links=event_links(chosen),
        most=EVENTS_SHOWN,
    ):
        base.foot(
            subject,
            "fct_account_events",
            ["occurred_on", "kind"],
            {} if kind == ALL else {"kind": kind},
        )
