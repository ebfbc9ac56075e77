"""The vendor's team, and the owners of accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .book import Book
from .population import Account
from .streams import Draw
from .timeline import Timeline, add_months
from .words import FIRST_NAMES, LAST_NAMES

Add = Callable[..., None]

RAMP_DAYS = 20
"""Days from hiring to the first account."""

NEWEST_TAKES = {"smb": 0.45, "mid": 0.16, "enterprise": 0.16}
"""Share of a class's accounts that move to its newest CSM."""


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
        ("csm", "smb", add_months(end, -15) + 2, None, 91_000, "smb"),
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


OUTGROWN = {"smb": ("mid", 30_000), "mid": ("enterprise", 150_000)}
"""Size class: the next one, and the ARR in USD from which its CSMs take an account over."""


def _classes(account: Account, book: Book, timeline: Timeline) -> list[tuple[int, str]]:
    """(first day, size class) by which an account is covered. One that grows moves up, after half
    a year above the limit.
    """
    covered = [(account.start_day, account.segment)]
    above, day = 0, add_months(account.start_day, 3)
    while day <= timeline.end_day and covered[-1][1] in OUTGROWN:
        following, limit = OUTGROWN[covered[-1][1]]
        above = above + 1 if book.arr_usd(account, day) >= limit else 0
        if above > 2:
            covered.append((day, following))
            above = 0
        day = add_months(day, 3)
    return covered


def _covering(team: list[Member], size: str) -> list[Member]:
    return sorted((m for m in team if m.covers == size), key=lambda m: m.hired)


def _candidates(members: list[Member], day: int) -> list[Member]:
    return [m for m in members if m.hired + RAMP_DAYS <= day and (m.left is None or m.left > day)]


def _owners(
    draw: Draw, members: list[Member], day: int, stop: int, first_day: int
) -> list[tuple[str, int, int | None]]:
    """(member, from, to) while one size class covers an account: from `day`, before `stop`.

    Before its first CSM was hired the class had none.
    """
    newest = members[-1]
    moves = newest.hired > first_day and draw.chance(NEWEST_TAKES[newest.covers])
    handover = newest.hired + RAMP_DAYS + draw.integer(0, 12)
    rows: list[tuple[str, int, int | None]] = []
    day = max(day, members[0].hired + RAMP_DAYS)
    while day < stop:
        options = _candidates(members, day)
        if not options:
            break
        member = newest if moves and day == handover else draw.pick(options)
        until = member.left if member.left and member.left < stop else None
        if until is None and moves and member is not newest and day < handover < stop:
            until = handover
        rows.append((member.member_id, day, until))
        if until is None:
            break
        day = until
    return rows


def assign(
    account: Account, book: Book, team: list[Member], seed: int, timeline: Timeline
) -> Ownership:
    """The owners of an account over time: a CSM of its size class, and another when they leave or
    when the account outgrows the class.

    Some accounts move to the newest colleague. Some small accounts have no owner, some only a name
    on the account.
    """
    draw = Draw(seed, "owners", account.number)
    if account.kind == "prospect":
        return Ownership((), None, None)
    covered = _classes(account, book, timeline)
    if draw.chance(0.08) and covered[-1][1] == "smb":
        return Ownership((), None, None)
    rows: list[tuple[str, int, int | None]] = []
    ends = [start for start, _ in covered[1:]] + [timeline.end_day + 1]
    for (start, size), stop in zip(covered, ends, strict=True):
        if rows and rows[-1][2] is None:
            rows[-1] = (*rows[-1][:2], start)
        rows += _owners(draw, _covering(team, size), start, stop, timeline.first_day)
    current = rows[-1][0] if rows and rows[-1][2] is None else None
    seller = None
    if account.kind == "new" and draw.chance(0.5):
        sellers = [
            m for m in team if m.role == "account_executive" and m.hired <= account.start_day
        ]
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
