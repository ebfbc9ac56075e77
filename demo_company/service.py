"""Rows of work with customers: activities, tickets, survey answers, objectives, tasks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .company import Case
from .params import SEGMENTS
from .streams import Draw, clip, logistic
from .timeline import DAY_SECONDS, at, month_start, to_date

Add = Callable[..., None]

MONTHLY_ACTIVITIES = {  # chance a month, by size at sign-up
    "check_in": {"smb": 0.05, "mid": 0.27, "enterprise": 0.72},
    "email": {"smb": 0.04, "mid": 0.07, "enterprise": 0.12},
    "training": {"smb": 0.02, "mid": 0.05, "enterprise": 0.10},
    "webinar": {"smb": 0.03, "mid": 0.04, "enterprise": 0.05},
    "community": {"smb": 0.02, "mid": 0.03, "enterprise": 0.05},
    "executive_touch": {"smb": 0.0, "mid": 0.03, "enterprise": 0.12},
    "other": {"smb": 0.005, "mid": 0.01, "enterprise": 0.02},
}


def _first_weeks(case: Case) -> list[tuple[int, str]]:
    if case.account.kind != "new":
        return []
    start = case.account.start_day
    plan = [(start + 2, "kickoff"), (start + 9, "onboarding"), (start + 17, "training")]
    if case.account.segment != "smb":
        plan += [(start + 24, "onboarding"), (start + 38, "training")]
    return plan


def write_activities(add: Add, case: Case) -> None:
    """Rows of crm_activities. Attendance of meetings follows engagement."""
    account, draw = case.account, Draw(case.seed, "activities", case.account.number)
    if not case.is_customer:
        return
    end, plan = case.timeline.end_day, _first_weeks(case)
    reviews = {"smb": 0, "mid": 6, "enterprise": 3}[account.segment]
    for low, high in case.service_months():
        for kind, chances in MONTHLY_ACTIVITIES.items():
            if draw.chance(chances[account.segment]):
                plan.append((draw.integer(low, high), kind))
        month = to_date(low).month + account.number
        if reviews and month % reviews == 0:
            yearly = account.segment == "enterprise" and month % 12 == 0
            plan.append((draw.integer(low, high), "ebr" if yearly else "qbr"))
    if case.life.in_service(end) and draw.chance(0.10):
        plan.append((end + draw.integer(2, 25), "check_in"))
    for number, (day, kind) in enumerate(sorted(plan), 1):
        mood = case.engagement(min(day, end))
        if not case.life.in_service(day) or day < case.first_recorded:
            continue
        ahead = day > end
        solo = kind in ("email", "community")
        comes = ahead or draw.chance(logistic(2.0 + 1.1 * mood + (0.8 if solo else 0)))
        status = (
            "scheduled"
            if ahead
            else "completed"
            if comes
            else draw.pick(("no_show", "canceled", "scheduled"), (0.55, 0.40, 0.05))
        )
        hour = draw.uniform(8, 17)
        contacts = case.present_contacts(min(day, end))
        scheduled = None if solo and draw.chance(0.3) and comes and not ahead else at(day, hour)
        add(
            "crm_activities",
            f"act_{account.number:05d}_{number:03d}",
            account.account_id,
            case.ownership.owner(day) if draw.chance(0.97) else None,
            draw.pick(contacts).contact_id if contacts and draw.chance(0.7) else None,
            kind,
            scheduled,
            at(day, hour + draw.uniform(0.4, 1.5)) if status == "completed" else None,
            status,
        )


def write_tickets(add: Add, case: Case) -> None:
    """Rows of support_tickets: more with more people, after incidents, at low satisfaction."""
    account, draw = case.account, Draw(case.seed, "tickets", case.account.number)
    end, number = case.timeline.end_day, 0
    if not case.is_customer:
        return
    for low, high in case.service_months():
        mood = case.satisfaction(low)
        rate = SEGMENTS[account.segment].tickets * float(np.exp(-0.45 * mood))
        rate *= 3.5 if low in case.life.incidents else 1.0
        rate *= 1.5 if low - account.start_day < 60 and account.kind == "new" else 1.0
        for _ in range(draw.poisson(min(rate, 6) * (high - low + 1) / 30.4)):
            number += 1
            created = at(draw.integer(low, high), clip(draw.normal(13, 3.2), 0.2, 23.5))
            priority = draw.pick(
                ("low", "normal", "high", "urgent", None), (0.24, 0.48, 0.19, 0.07, 0.02)
            )
            haste = {"low": 1.6, "normal": 1.0, "high": 0.5, "urgent": 0.2, None: 1.0}[priority]
            escalated = draw.chance(
                clip(0.03 - 0.03 * mood, 0.01, 0.2) + (0.12 if priority == "urgent" else 0)
            )
            hours = 20 * haste * float(np.exp(draw.normal(0, 0.9))) * (2.2 if escalated else 1)
            answered = created + int(clip(hours * draw.uniform(0.04, 0.3), 0.03, 90) * 3600)
            solved = answered + int(clip(hours, 0.2, 900) * 3600)
            stuck = draw.chance(0.012)
            known = (end + 1) * DAY_SECONDS
            done = not stuck and solved < known
            users = [
                u
                for u, made, gone in case.user_ids
                if made < created and (gone is None or gone > created)
            ]
            score = 4.3 + 0.7 * mood - (0.9 if escalated else 0) - 0.004 * hours
            tone = mood + draw.normal(0, 0.8) - (0.6 if escalated else 0)
            add(
                "support_tickets",
                f"tic_{account.number:05d}_{number:03d}",
                account.account_id,
                draw.pick(users) if users and draw.chance(0.85) else None,
                created,
                answered if answered < known else None,
                solved if done else None,
                priority,
                escalated,
                int(clip(round(score + draw.normal(0, 0.8)), 1, 5))
                if done and draw.chance(0.36)
                else None,
                draw.pick(
                    ("positive" if tone > 0.7 else "negative" if tone < -0.6 else "neutral", None),
                    (0.92, 0.08),
                ),
                round(clip(9 + 2.4 * hours**0.8, 8, 420), 2) if draw.chance(0.6) else None,
            )


def write_surveys(add: Add, case: Case) -> None:
    """Rows of feedback_survey_responses: NPS by contact, CSAT and CES at touch points."""
    account, draw = case.account, Draw(case.seed, "surveys", case.account.number)
    number = 0
    if not case.is_customer:
        return
    for low, high in case.service_months():
        day = draw.integer(low, high)
        mood = 0.75 * case.satisfaction(day) + 0.25 * case.engagement(day)
        waves = 0.5 if to_date(month_start(low)).month % 3 == account.number % 3 else 0.0
        for contact in case.present_contacts(day):
            if draw.chance(waves * 0.36 * logistic(0.4 + mood)):
                number += 1
                bias = (
                    0.7
                    if contact.kind == "champion"
                    else -1.6
                    if (contact.kind == "blocker")
                    else 0.0
                )
                score = int(clip(round(7.7 + 1.9 * mood + bias + draw.normal(0, 1.4)), 0, 10))
                add(
                    "feedback_survey_responses",
                    f"srv_{account.number:05d}_{number:03d}",
                    account.account_id,
                    contact.contact_id,
                    "nps",
                    score,
                    at(day, draw.uniform(7, 20)),
                    "relationship",
                )
        size = {"smb": 0.4, "mid": 1.0, "enterprise": 1.6}[account.segment]
        for kind, chance, touch in (
            ("csat", 0.060, "onboarding" if low - account.start_day < 90 else "training"),
            ("ces", 0.045, "support"),
        ):
            if draw.chance(chance * size):
                number += 1
                centre = 4.1 + 0.6 * mood if kind == "csat" else 2.6 - 0.9 * mood
                score = clip(round(centre + draw.normal(0, 0.9)), 1, 5 if kind == "csat" else 7)
                people = case.present_contacts(day)
                add(
                    "feedback_survey_responses",
                    f"srv_{account.number:05d}_{number:03d}",
                    account.account_id,
                    draw.pick(people).contact_id if people and draw.chance(0.8) else None,
                    kind,
                    int(score),
                    at(day, draw.uniform(7, 20)),
                    touch if draw.chance(0.95) else None,
                )


GOALS = (  # metric, baseline, target
    ("hours_saved_per_week", 0, 30),
    ("cycle_time_days", 14, 6),
    ("error_rate_percent", 9, 3),
    ("approvals_on_time_percent", 61, 90),
    ("teams_live", 1, 5),
    ("reports_automated", 0, 12),
)


def write_objectives(add: Add, case: Case) -> None:
    """Rows of crm_success_objectives: a customer's goals and their outcome."""
    account, draw = case.account, Draw(case.seed, "objectives", case.account.number)
    count = {"smb": 0.35, "mid": 1.3, "enterprise": 2.4}[account.segment]
    if not case.is_customer:
        return
    end = case.timeline.end_day
    for number in range(1, draw.poisson(count) + 1):
        created = case.first_served + draw.integer(3, 60) + 240 * (number - 1)
        if created > end or not case.life.in_service(created):
            continue
        metric, baseline, target = draw.pick(GOALS)
        due = created + draw.integer(120, 330)
        reached = created + int((due - created) * draw.uniform(0.5, 1.35))
        success = draw.chance(logistic(0.5 + 1.2 * case.engagement(min(reached, end))))
        achieved = reached if success and reached <= end and case.life.in_service(reached) else None
        share = 1.0 if achieved else clip(draw.uniform(0.0, 0.9), 0, (end - created) / 200)
        add(
            "crm_success_objectives",
            f"obj_{account.number:05d}_{number}",
            account.account_id,
            created,
            metric,
            baseline,
            target,
            round(baseline + share * (target - baseline), 1),
            due,
            achieved,
            round(account.deal.arr * draw.uniform(0.2, 1.7), -2) if draw.chance(0.85) else None,
            draw.chance(0.6) if achieved else (False if draw.chance(0.5) else None),
        )
