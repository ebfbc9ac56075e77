"""Rows of the CRM about accounts and people: accounts, fit, owners, contacts, pulses, signals."""

from __future__ import annotations

from collections.abc import Callable

from .company import Case, Contact
from .params import SEGMENTS
from .streams import Draw, clip, logistic
from .timeline import at
from .words import DEPARTMENTS, FIRST_NAMES, LAST_NAMES, TARGET_INDUSTRIES

Add = Callable[..., None]

SENIORITY = {
    "economic_buyer": "c_level",
    "champion": "director",
    "influencer": "manager",
    "end_user": "user",
    "blocker": "manager",
    "technical_owner": "manager",
}


def write_account(add: Add, case: Case) -> None:
    """Rows of crm_accounts, crm_icp_assessments and crm_account_assignments."""
    account, draw = case.account, Draw(case.seed, "crm account", case.account.number)
    add(
        "crm_accounts",
        account.account_id,
        account.name,
        account.created_at,
        account.parent_id,
        account.industry,
        account.region,
        account.country,
        account.employees if draw.chance(0.96) else None,
        case.ownership.current,
        True if account.strategic else (False if draw.chance(0.7) else None),
        account.growth_potential,
        account.integrations,
        account.departments,
    )
    for member, start, end in case.ownership.assignments:
        add("crm_account_assignments", account.account_id, member, start, end)
    if case.ownership.seller:
        add("crm_account_assignments", account.account_id, *case.ownership.seller)
    if account.kind == "prospect" or not draw.chance(0.93):
        return
    if not case.life.in_service(case.first_served):
        return
    day = max(case.first_known, case.first_served - draw.integer(0, 30))
    for _ in range(3):
        if day > case.timeline.end_day:
            break
        add(
            "crm_icp_assessments",
            account.account_id,
            day,
            account.industry in TARGET_INDUSTRIES,
            draw.chance(logistic(0.8 + 0.7 * account.fit)),
            draw.chance(logistic(1.0 + 1.3 * account.fit)),
            draw.chance(logistic(0.2 + 0.5 * account.fit)) if draw.chance(0.95) else None,
            draw.chance(logistic(-1.6 + 0.8 * case.engagement(day))),
            account.growth_potential == "high" or draw.chance(0.25),
            draw.chance(0.6) if draw.chance(0.9) else None,
        )
        if not draw.chance(0.35) or not case.life.in_service(day + 330):
            break
        day += draw.integer(300, 420)


def _contact_plan(case: Case, draw: Draw) -> list[tuple[str, int, int | None]]:
    """Kinds of contacts with the days of their arrival and departure."""
    account, life = case.account, case.life
    plan: list[tuple[str, int, int | None]] = [
        ("champion", max(case.first_known, c.arrived - draw.integer(0, 25)), c.departed)
        for c in life.champions
    ]
    mean = SEGMENTS[account.segment].contacts
    others = max(1, draw.poisson(mean - 1)) if account.kind != "prospect" else 1
    kinds = [
        "economic_buyer",
        "end_user",
        "technical_owner",
        "influencer",
        "end_user",
        "influencer",
        "blocker",
        "end_user",
        "economic_buyer",
        "influencer",
    ]
    last = max((p.end or case.timeline.end_day for p in life.periods), default=account.start_day)
    for place in range(others):
        kind = (
            kinds[place % len(kinds)]
            if place
            else ("economic_buyer" if draw.chance(0.75) else "end_user")
        )
        arrived = max(case.first_known, account.start_day - draw.integer(0, 40))
        if place > 1 and draw.chance(0.5):
            arrived = max(arrived, account.start_day + draw.integer(0, 700))
        if place > 1 and arrived >= min(last, case.timeline.end_day):
            continue
        years = max(0.0, (min(last, case.timeline.end_day) - arrived) / 365)
        departed = None
        if years > 0.3 and draw.chance(1 - 0.93**years):
            departed = arrived + draw.integer(60, int(years * 365))
        plan.append((kind, arrived, departed))
    return plan


def write_contacts(add: Add, case: Case) -> None:
    """Rows of crm_contacts, also stored in the case."""
    account, draw = case.account, Draw(case.seed, "contacts", case.account.number)
    end = case.timeline.end_day
    domain = "".join(ch for ch in account.name.lower() if ch.isalnum())[:18] + ".example"
    for number, (kind, arrived, departed) in enumerate(_contact_plan(case, draw), 1):
        first, last = draw.pick(FIRST_NAMES), draw.pick(LAST_NAMES)
        if arrived > end:
            continue
        contact = Contact(f"con_{account.number:05d}_{number:02d}", kind, arrived, departed)
        strength = 3.2 + 0.9 * case.satisfaction(min(end, departed or end)) + draw.normal(0, 0.7)
        strength += 0.5 if kind == "champion" else -0.9 if kind == "blocker" else 0.0
        seniority = SENIORITY[kind]
        if draw.chance(0.25):
            seniority = draw.pick(("vp", "director", "manager", "user"))
        add(
            "crm_contacts",
            contact.contact_id,
            account.account_id,
            f"{first} {last}",
            f"{first}.{last}@{domain}".lower(),
            kind if draw.chance(0.97) else None,
            seniority,
            draw.pick(DEPARTMENTS),
            int(clip(round(strength), 1, 5)) if draw.chance(0.9) else None,
            at(arrived, draw.uniform(8, 18)),
            departed,
        )
        case.contacts.append(contact)


def write_pulses(add: Add, case: Case) -> None:
    """Rows of crm_pulses: monthly for large accounts, rarer for small ones with an owner."""
    account, draw = case.account, Draw(case.seed, "pulses", case.account.number)
    if not case.is_customer:
        return
    rate = {"smb": 0.09, "mid": 0.42, "enterprise": 0.92}[account.segment]
    for low, high in case.service_months():
        if not draw.chance(rate) or not case.ownership.owner(high):
            continue
        day = draw.integer(low, high)
        mood = 0.7 * case.satisfaction(day) + 0.3 * case.engagement(day) + draw.normal(0, 0.35)
        leaving = any(
            p.decline_from and p.decline_from + 35 < day and (p.end or day + 1) > day
            for p in case.life.periods
        )
        mood -= 0.8 if leaving else 0.0
        renewal = "positive" if mood > 0.25 else "neutral" if mood > -0.7 else "negative"
        executive = 52 + 16 * mood + (12 if account.segment == "enterprise" else 0)
        add(
            "crm_pulses",
            account.account_id,
            at(day, draw.uniform(8, 18)),
            int(clip(round(3.4 + mood), 1, 5)),
            draw.pick((renewal, "unknown", None), (0.9, 0.07, 0.03)),
            int(clip(executive + draw.normal(0, 11), 0, 100)) if draw.chance(0.85) else None,
        )


NOTES = {
    "budget_discussion": 'Asked for options, as next year\'s budget is "flat at best"',
    "competitor_evaluation": "Saw a demo of another vendor, price was mentioned",
    "feature_request_denied": "Heard that the request is not on the roadmap",
    "champion_departed": "Our champion has left, successor not named yet",
    "cancel_request": "Sent notice; wants an export of all data",
    "department_interest": "Another department asked for access",
}


CANCEL_REQUEST_HEARD = 0.65
TAKEN_BACK_HEARD = 0.90
"""Share of requests to cancel that someone writes down. Nobody takes one back unheard."""


def _spontaneous(case: Case, day: int, draw: Draw) -> str | None:
    """The signal that an owner hears in a month, if any."""
    mood, use = case.satisfaction(day), case.engagement(day)
    low, high = max(0.0, -mood), max(0.0, use)
    chances = {
        "negative_sentiment": 0.006 + 0.05 * low,
        "pricing_complaint": 0.006 + 0.02 * low,
        "competitor_evaluation": 0.004 + 0.025 * low,
        "budget_discussion": 0.008 + 0.02 * low,
        "feature_request_denied": 0.008 + 0.012 * max(0.0, -case.account.fit),
        "sponsor_change": 0.006,
        "champion_promoted": 0.005,
        "new_use_case": 0.006 + 0.02 * high,
        "department_interest": 0.006 + 0.02 * high,
        "strategic_initiative": 0.004 + 0.006 * high,
    }
    mark = draw.rng.random() / {"smb": 0.5, "mid": 1.0, "enterprise": 1.5}[case.account.segment]
    for kind, chance in chances.items():
        mark -= chance
        if mark < 0:
            return kind
    return None


def write_signals(add: Add, case: Case) -> None:
    """Rows of crm_signals: signals by month, departures, notices and bad news."""
    account, draw = case.account, Draw(case.seed, "signals", case.account.number)
    if not case.is_customer:
        return
    heard: list[tuple[int, str]] = []
    for low, high in case.service_months():
        kind = _spontaneous(case, low, draw)
        if kind:
            heard.append((draw.integer(low, high), kind))
    for champion in case.life.champions:
        if champion.departed is not None and draw.chance(0.88):
            heard.append((champion.departed + draw.integer(0, 12), "champion_departed"))
    for period in case.life.periods:
        if period.end is None:
            continue
        if period.notice is not None and draw.chance(CANCEL_REQUEST_HEARD):
            heard.append((period.notice, "cancel_request"))
        if period.reason in ("acquired", "shutdown"):
            kind = "conflicting_acquisition" if period.reason == "acquired" else "shutting_down"
            heard.append((period.end - draw.integer(35, 80), kind))
        elif period.reason in ("budget", "price", "competitor") and draw.chance(0.6):
            kind = {
                "budget": "budget_discussion",
                "price": "pricing_complaint",
                "competitor": "competitor_evaluation",
            }[period.reason]
            heard.append((period.end - draw.integer(50, 120), kind))
    for rescue in case.life.rescues:
        if draw.chance(TAKEN_BACK_HEARD):
            heard.append((rescue.asked, "cancel_request"))
    for number, (day, kind) in enumerate(sorted(heard), 1):
        if case.first_recorded <= day <= case.timeline.end_day:
            add(
                "crm_signals",
                f"sig_{account.number:05d}_{number:02d}",
                account.account_id,
                at(day, draw.uniform(8, 18)),
                kind,
                NOTES.get(kind) if draw.chance(0.5) else None,
            )


def write_churn_reasons(add: Add, case: Case) -> None:
    """Rows of crm_churn_reasons: most losses have one, dated some days about the loss."""
    draw = Draw(case.seed, "churn reasons", case.account.number)
    for period in case.life.periods:
        if not case.is_customer or period.end is None or period.end > case.timeline.end_day:
            continue
        day = min(period.end + draw.integer(-9, 18), case.timeline.end_day)
        if draw.chance(0.87):
            add(
                "crm_churn_reasons",
                case.account.account_id,
                max(day, period.start + 1),
                period.reason,
                "Confirmed in the exit call, see mail" if draw.chance(0.3) else None,
            )
