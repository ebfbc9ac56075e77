"""Histories by hand: pauses of every kind, same-day swaps, orders that begin later.

They are rare, and tests of a retention engine need each of them at least once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .life import Life
from .population import Account
from .streams import Draw
from .timeline import Timeline, add_months, month_start


@dataclass
class Scenarios:
    """Account ids by the kind of history."""

    paused_over_month_end: list[str]
    paused_within_month: list[str]
    paused_at_end: list[str]
    paused_then_ended: list[str]
    swapped: list[str]
    ordered_ahead: list[str]


def _stays(account: Account, life: Life) -> bool:
    customer = account.kind in ("base", "new")
    return customer and len(life.periods) == 1 and life.periods[0].end is None


def place_scenarios(
    seed: int, accounts: list[Account], lives: list[Life], timeline: Timeline, sets: int
) -> Scenarios:
    """Choose accounts and write pauses and swaps into their lives, `sets` times over."""
    draw = Draw(seed, "scenarios")
    placed = Scenarios([], [], [], [], [], [])
    used: set[int] = set()
    end_day = timeline.end_day
    year = add_months(end_day, -12)

    def choose(count: int, fits: Callable[[Account, Life], bool]) -> list[int]:
        found = [
            i
            for i, (account, life) in enumerate(zip(accounts, lives, strict=True))
            if i not in used and account.feed == "daily" and fits(account, life)
        ]
        chosen = sorted(int(i) for i in draw.rng.permutation(found)[: count * sets])
        used.update(chosen)
        return chosen

    def settled(account: Account, life: Life) -> bool:
        return (
            _stays(account, life)
            and account.start_day < add_months(end_day, -20)
            and (account.segment != "enterprise")
        )

    for i in choose(5, settled):
        start = add_months(end_day, -draw.integer(5, 16)) + draw.integer(0, 20)
        lives[i].pauses.append((start, start + draw.integer(42, 80)))
        placed.paused_over_month_end.append(accounts[i].account_id)
    for i in choose(2, settled):
        start = month_start(add_months(end_day, -draw.integer(2, 12))) + draw.integer(3, 8)
        lives[i].pauses.append((start, start + draw.integer(7, 14)))
        placed.paused_within_month.append(accounts[i].account_id)
    for i in choose(2, lambda a, x: settled(a, x) and a.segment == "smb"):
        lives[i].pauses.append((end_day - draw.integer(18, 40), None))
        placed.paused_at_end.append(accounts[i].account_id)

    def left(account: Account, life: Life) -> bool:
        period = life.periods[0] if len(life.periods) == 1 else None
        return bool(
            period
            and account.segment == "smb"
            and account.kind != "trial_only"
            and period.end
            and period.notice
            and period.end <= end_day
            and period.end - period.notice >= 30
            and period.end - 60 > account.start_day + 60
        )

    for i in choose(2, left):
        period = lives[i].periods[0]
        lives[i].pauses.append((period.end - draw.integer(40, 55), None))
        placed.paused_then_ended.append(accounts[i].account_id)
    for i in choose(4, lambda a, x: settled(a, x) and not a.deal.amount_only):
        lives[i].swaps.append(year + draw.integer(10, 330))
        placed.swapped.append(accounts[i].account_id)
    for i in choose(2, lambda a, x: settled(a, x) and not a.deal.amount_only):
        lives[i].orders_ahead.append(end_day + draw.integer(9, 18))
        placed.ordered_ahead.append(accounts[i].account_id)
    for placed_ids in vars(placed).values():
        placed_ids.sort()
    return placed
