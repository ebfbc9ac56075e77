"""The vendor's team, and the owners of accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .population import Account
from .streams import Draw
from .timeline import Timeline, add_months
from .words import FIRST_NAMES, LAST_NAMES

Add = Callable[..., None]


@dataclass(frozen=True)
class Member:
    """A team member. `left` is None while employed. Cost is in USD per year."""

    member_id: str
    role: str
    tier: str | None
    hired: int
    left: int | None
    cost: int | None
    covers: str | None  # size class whose accounts a CSM may own


@dataclass(frozen=True)
class Ownership:
    """The owners of an account: (member, from, to) in order, and the CRM's current owner."""

    assignments: tuple[tuple[str, int, int | None], ...]
    seller: tuple[str, int, int | None] | None
    current: str | None

    def owner(self, day: int) -> str | None:
        """The CSM on a day."""
        for member, start, end in self.assignments:
            if start <= day and (end is None or day < end):
                return member
        return self.current


def build_team(timeline: Timeline, sets: int = 1) -> list[Member]:
    """The team, with one set of CSMs per 340 accounts.

    Dates depend on the timeline, so that the ramp and the departure stay in the data.
    """
    first, end = timeline.first_day, timeline.end_day

    def hired(months: int, day: int) -> int:
        return add_months(first, -months) + day

    left = add_months(end, -13) + 3
    rows = (
        ("vp", None, hired(30, 4), None, 265_000, None),
        ("senior_csm", "strategic", hired(26, 9), None, 168_000, "enterprise"),
        ("csm", "enterprise", hired(14, 11), None, 142_000, "enterprise"),
        ("csm", "mid_market", hired(20, 2), left, 121_000, "mid"),
        ("csm", "mid_market", hired(9, 16), None, 118_000, "mid"),
        ("csm", "mid_market", left - 25, None, 115_000, "mid"),
        ("csm", "smb", hired(7, 6), None, 96_000, "smb"),
        ("csm", "mid_market", add_months(end, -2) - 6, None, 112_000, "mid"),
        ("account_executive", None, hired(18, 1), None, 155_000, None),
        ("account_executive", None, hired(11, 20), None, 149_000, None),
        ("account_executive", None, add_months(end, -16), None, None, None),
        ("renewals", None, add_months(end, -22), None, 99_000, None),
        ("cs_ops", None, hired(3, 12), None, 104_000, None),
        ("executive", None, hired(48, 0), None, None, None),
    )
    more = [row for row in rows if row[-1] is not None] * (sets - 1)
    return [Member(f"mem_{number:02d}", *row) for number, row in enumerate((*rows, *more), 1)]


def write_team(add: Add, team: list[Member], seed: int) -> None:
    """Rows of crm_team_members."""
    draw = Draw(seed, "team")
    for member in team:
        name = f"{draw.pick(FIRST_NAMES)} {draw.pick(LAST_NAMES)}"
        add(
            "crm_team_members",
            member.member_id,
            name,
            member.role,
            member.tier,
            member.hired,
            member.left,
            member.cost,
        )


def _candidates(team: list[Member], account: Account, day: int) -> list[Member]:
    return [
        m
        for m in team
        if m.covers == account.segment and m.hired + 20 <= day and (m.left is None or m.left > day)
    ]


def assign(account: Account, team: list[Member], seed: int, timeline: Timeline) -> Ownership:
    """The owners of an account over time: one CSM of its size class, and another when they leave.

    Some accounts move to the newest colleague. Some small accounts have no owner, some only a name
    on the account.
    """
    draw = Draw(seed, "owners", account.number)
    if account.kind == "prospect":
        return Ownership((), None, None)
    rows: list[tuple[str, int, int | None]] = []
    day = account.start_day
    if draw.chance(0.08 if account.segment == "smb" else 0.0):
        return Ownership((), None, None)
    newest = max((m for m in team if m.covers == account.segment), key=lambda m: m.hired)
    moves = newest.hired > timeline.first_day and draw.chance(0.16)
    handover = newest.hired + 20 + draw.integer(0, 12)
    while day <= timeline.end_day:
        options = _candidates(team, account, day)
        if not options:
            break
        member = newest if moves and day == handover else draw.pick(options)
        stop = member.left if member.left and member.left <= timeline.end_day else None
        if stop is None and moves and member is not newest and (day < handover <= timeline.end_day):
            stop = handover
        rows.append((member.member_id, day, stop))
        if stop is None:
            break
        day = stop
    current = rows[-1][0] if rows and rows[-1][2] is None else None
    seller = None
    if account.kind == "new" and draw.chance(0.5):
        sellers = [m for m in team if m.role == "account_executive" and m.hired <= day]
        seller = (
            draw.pick(sellers).member_id,
            account.start_day,
            account.start_day + draw.integer(60, 200) if draw.chance(0.5) else None,
        )
        if seller[2] and seller[2] > timeline.end_day:
            seller = (seller[0], seller[1], None)
    if draw.chance(0.04):
        return Ownership((), seller, current)
    return Ownership(tuple(rows), seller, current if draw.chance(0.9) else None)
