"""Rows of sales and playbook work: opportunities, their stages and done tasks."""

from __future__ import annotations

from collections.abc import Callable

from .catalogue import CURRENCY_FACTOR
from .company import Case
from .streams import Draw, logistic
from .timeline import add_months, at

Add = Callable[..., None]

LADDER = ("identified", "qualified", "proposed", "committed")
KINDS = {
    "seat_rise": "seat_expansion",
    "upgrade": "upsell",
    "add_on": "cross_sell",
    "unit_rise": "usage_expansion",
    "renewal": "renewal",
}


def _write_opportunity(
    add: Add,
    case: Case,
    draw: Draw,
    number: int,
    kind: str,
    amount: float,
    opened: int,
    expected: int,
    closed: int | None,
    won: bool,
    furthest: int,
) -> None:
    """One opportunity with its stages up to `furthest` on the ladder and its close, if any."""
    account, end = case.account, case.timeline.end_day
    opened = max(opened, case.first_known)
    if closed is not None and closed < case.timeline.first_day:
        return
    closed = closed if closed is not None and closed <= end else None
    if opened > end or (closed is not None and closed < opened):
        return
    key = f"opp_{account.number:05d}_{number:02d}"
    steps = furthest + 1
    stop = closed if closed is not None else min(end, opened + 30 * steps)
    first = 0 if draw.chance(0.6) else min(1, furthest)
    places = [place for place in range(first, steps) if place == furthest or draw.chance(0.55)]
    entered = [opened + (stop - opened) * i // (len(places) + 1) for i in range(len(places))]
    stages = [(LADDER[place], day, 9.5) for place, day in zip(places, entered, strict=True)]
    if closed is not None:
        stages.append(("closed_won" if won else "closed_lost", closed, 17.0))
    elif stages[-1][1] > end:
        stages = stages[:1]
    seconds = at(opened, 9.0) + draw.integer(0, 1500)
    add(
        "crm_opportunities",
        key,
        account.account_id,
        kind,
        stages[-1][0],
        round(amount, 2),
        account.currency,
        seconds,
        expected if draw.chance(0.95) else None,
        closed,
    )
    for place, (stage, day, hour) in enumerate(stages):
        moment = seconds if place == 0 else at(day, hour) + draw.integer(0, 3000) + place
        add("crm_opportunity_stages", key, stage, max(moment, seconds + place))


def write_opportunities(add: Add, case: Case) -> None:
    """Rows of crm_opportunities and crm_opportunity_stages.

    Every larger change of contract was an opportunity that was won. Others were lost or are open.
    """
    account, end = case.account, case.timeline.end_day
    draw = Draw(case.seed, "opportunities", account.number)
    factor, number = CURRENCY_FACTOR[account.currency], 0
    if account.kind in ("new", "prospect") and draw.chance(0.9):
        number += 1
        won = account.kind == "new"
        closed = account.start_day if won else account.start_day + draw.integer(20, 70)
        first = case.book.monthly(account, account.start_day + account.deal.trial_days) * 12
        amount = first if won else account.deal.arr * factor
        _write_opportunity(
            add,
            case,
            draw,
            number,
            "new",
            amount,
            account.start_day - draw.integer(8, 90),
            closed + draw.integer(-9, 15),
            closed,
            won,
            3,
        )
    for change in case.book.changes:
        kind = KINDS.get(change.kind)
        gain = change.after if kind == "renewal" else change.after - change.before
        small = account.segment == "smb"
        if kind is None or gain < 300 or not draw.chance(0.30 if small else 0.85):
            continue
        number += 1
        lead = draw.integer(60, 120) if kind == "renewal" else draw.integer(15, 80)
        _write_opportunity(
            add,
            case,
            draw,
            number,
            kind,
            gain,
            change.day - lead,
            change.day + (0 if kind == "renewal" else draw.integer(-20, 25)),
            change.day,
            True,
            3,
        )
    for period in case.life.periods:
        if case.is_customer and period.end is not None and period.end <= end and draw.chance(0.6):
            number += 1
            amount = case.book.monthly(account, period.end - 1) * 12
            closed = max(period.start + 1, (period.notice or period.end) + draw.integer(0, 6))
            _write_opportunity(
                add,
                case,
                draw,
                number,
                "renewal",
                amount,
                closed - draw.integer(15, 70),
                period.end,
                closed,
                False,
                draw.integer(0, 2),
            )
    if case.is_customer:
        _unfinished(add, case, draw, number)


def _unfinished(add: Add, case: Case, draw: Draw, number: int) -> None:
    """Lost opportunities, and those open at the end."""
    account, end = case.account, case.timeline.end_day
    rate = {"smb": 0.008, "mid": 0.030, "enterprise": 0.055}[account.segment]
    for low, high in case.service_months():
        day = draw.integer(low, high)
        if not draw.chance(rate * (1 + max(0.0, case.engagement(day)))):
            continue
        number += 1
        kind = draw.pick(("upsell", "cross_sell", "seat_expansion", "usage_expansion"))
        amount = 12 * case.book.monthly(account, day) * draw.uniform(0.06, 0.35)
        length = draw.integer(40, 150)
        closed = day + length if day + length <= end else None
        _write_opportunity(
            add,
            case,
            draw,
            number,
            kind,
            max(amount, 300.0),
            day,
            day + length + draw.integer(-25, 25),
            closed,
            False,
            draw.integer(0, 3),
        )
    for sub in case.book.subscriptions:
        for _, stop, _, _ in sub.terms:
            open_term = sub.end is None and end < stop <= end + 110
            if open_term and draw.chance(0.8 if account.segment != "smb" else 0.35):
                number += 1
                likely = logistic(0.8 + case.satisfaction(end))
                _write_opportunity(
                    add,
                    case,
                    draw,
                    number,
                    "renewal",
                    12 * case.book.monthly(account, end),
                    stop - draw.integer(112, 122),
                    stop,
                    None,
                    False,
                    draw.integer(1, 3) if draw.chance(likely) else 0,
                )


RENEWAL_STEPS = (
    ("review_and_forecast", -120),
    ("intent_call", -90),
    ("value_review", -60),
    ("expansion_proposal", -45),
    ("contract", -30),
    ("follow_up", -14),
    ("escalate", -7),
    ("processed", 0),
)
ONBOARDING_STEPS = (("welcome", 0), ("kickoff", 7), ("first_value_review", 30))
CHAMPION_STEPS = (
    ("reach_out", 0),
    ("confirm_interim_contact", 0),
    ("map_stakeholders", 7),
    ("meet_successor", 3),
    ("renew_business_case", 14),
    ("check_in", 28),
)
# Steps that the team records since it serves each tier by steps of its own.
LATER_STEPS = {
    "renewal": (("check_in", -30),),
    "onboarding": (("check_in", 30),),
    "champion_change": (
        ("leadership_outreach", 1),
        ("manager_outreach", 1),
        ("reassess_health", 7),
    ),
}


def write_tasks(add: Add, case: Case) -> None:
    """Rows of crm_playbook_tasks of the last twelve months, for accounts with an owner."""
    account, draw = case.account, Draw(case.seed, "tasks", case.account.number)
    end, number = case.timeline.end_day, 0
    since = add_months(end, -12)
    if not case.is_customer or not case.ownership.owner(end) or account.segment == "smb":
        return
    diligence = 0.62 + 0.3 * draw.rng.random()
    triggers: list[tuple[str, int, tuple[tuple[str, int], ...]]] = []
    if account.kind == "new":
        triggers.append(("onboarding", account.start_day, ONBOARDING_STEPS))
    for sub in case.book.subscriptions:
        for _, stop, _, _ in sub.terms:
            if sub.end is None or sub.end >= stop:
                triggers.append(("renewal", stop, RENEWAL_STEPS))
    for champion in case.life.champions:
        if champion.departed is not None:
            triggers.append(("champion_change", champion.departed, CHAMPION_STEPS))
    later = Draw(case.seed, "later tasks", account.number)
    plans = [(draw, playbook, anchor, steps) for playbook, anchor, steps in triggers]
    plans += [(later, playbook, anchor, LATER_STEPS[playbook]) for playbook, anchor, _ in triggers]
    for dice, playbook, anchor, steps in plans:
        for step, offset in steps:
            due = anchor + offset
            if (
                not since <= due <= end + 10
                or due < case.first_known
                or (not case.life.in_service(min(due, end)) or not dice.chance(0.9))
            ):
                continue
            number += 1
            skipped = dice.chance(0.06)
            done = due + dice.pick(
                (dice.integer(-4, 0), dice.integer(1, 12)), (diligence, 1 - diligence)
            )
            finished = not skipped and dice.chance(0.9) and case.first_known <= done <= end
            add(
                "crm_playbook_tasks",
                f"tsk_{account.number:05d}_{number:02d}",
                account.account_id,
                playbook,
                step,
                due,
                done if finished else None,
                True if skipped and due <= end else (False if dice.chance(0.5) else None),
            )
