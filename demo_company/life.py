"""The life of a customer and its causes: monthly latents, champions, decisions, losses, returns.

Causes only. Fit, onboarding and a champion move engagement. Engagement and bad support experiences
move satisfaction. Both, and a champion's departure, set the monthly hazard of the intent to leave
and of smaller and larger contracts. Other modules write the records of the systems.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .params import SEGMENTS, CompanyParams, Dynamics
from .population import Account
from .streams import Draw, clip
from .timeline import Timeline, add_months

CONTRACTIONS = (("seat_cut", 0.52), ("downgrade", 0.16), ("drop", 0.14), ("concession", 0.18))
EXPANSIONS = (("seat_rise", 0.58), ("upgrade", 0.14), ("add_on", 0.18), ("unit_rise", 0.10))


@dataclass(frozen=True)
class Decision:
    """A change of contract: its day, its kind and its size (a share, where one applies)."""

    day: int
    kind: str
    size: float


@dataclass(frozen=True)
class Period:
    """A stretch as a paying customer. `end` is the first day without service."""

    start: int
    end: int | None = None
    notice: int | None = None
    decline_from: int | None = None  # use sinks from here. None: leaves suddenly
    reason: str | None = None


@dataclass(frozen=True)
class Champion:
    """Someone who pushes for the product."""

    arrived: int
    departed: int | None = None


@dataclass(frozen=True)
class Rescue:
    """A request to cancel that the account takes back: its day, and the day it is settled."""

    asked: int
    settled: int


@dataclass
class Life:
    """An account's course. Latents are arrays by month of the timeline, NaN outside service."""

    engagement: np.ndarray
    satisfaction: np.ndarray
    periods: list[Period] = field(default_factory=list)
    champions: list[Champion] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    incidents: list[int] = field(default_factory=list)
    rescues: list[Rescue] = field(default_factory=list)
    pauses: list[tuple[int, int | None]] = field(default_factory=list)
    swaps: list[int] = field(default_factory=list)
    orders_ahead: list[int] = field(default_factory=list)

    def in_service(self, day: int) -> bool:
        """Whether the account has service (a pause included) on a day."""
        return any(p.start <= day and (p.end is None or day < p.end) for p in self.periods)

    def active_on(self, day: int) -> bool:
        """Whether the account has service and is not paused on a day."""
        paused = any(start <= day and (end is None or day < end) for start, end in self.pauses)
        return self.in_service(day) and not paused


def next_term_end(account: Account, period_start: int, first: bool, day: int) -> int | None:
    """The first end of a contract term on or after a day. None for evergreen contracts."""
    deal = account.deal
    if deal.term_months is None or deal.term_months == 1:
        return None
    anchor = deal.first_term_end if first else add_months(period_start, deal.term_months)
    if anchor is None:
        return None
    terms = 0
    while add_months(anchor, terms * deal.term_months) < day:
        terms += 1
    return add_months(anchor, terms * deal.term_months)


def _reason(draw: Draw, account: Account, satisfaction: float, champion_gone: bool) -> str:
    """The CRM's code for a loss, drawn from its causes."""
    weights = {
        "price": 1.0,
        "budget": 1.1,
        "competitor": 1.0 + max(0.0, -account.fit) * 0.5,
        "missing_features": 0.6 + max(0.0, -account.fit) * 1.2,
        "features": 0.25 + max(0.0, -account.fit) * 0.4,
        "no_adoption": 0.6 + max(0.0, -account.onboarding) * 1.4,
        "onboarding": 0.2 + max(0.0, -account.onboarding) * 0.7,
        "champion_left": 7.0 if champion_gone else 0.05,
        "support": 0.4 + max(0.0, -satisfaction) * 0.7,
        "bug": 0.2 + max(0.0, -satisfaction) * 0.3,
        "acquired": 0.6,
        "shutdown": 0.4,
        "billing_dispute": 0.2,
        "other": 0.5,
    }
    return draw.pick(tuple(weights), tuple(weights.values()))


class _Course:
    """The state of one account while its months go by."""

    def __init__(self, account: Account, seed: int, timeline: Timeline, dynamics: Dynamics) -> None:
        self.account, self.timeline, self.dynamics = account, timeline, dynamics
        self.segment = SEGMENTS[account.segment]
        self.draw = Draw(seed, "life", account.number)
        blank = np.full(len(timeline.month_starts), np.nan)
        self.life = Life(blank, blank.copy())
        self.period = Period(account.start_day)
        self.leaving = False
        self.grown = 1.0  # roughly, what the account pays ÷ its first order
        self.calm_until = account.start_day
        self.champion: Champion | None = Champion(account.start_day) if account.champion else None
        self.champion_left: int | None = None
        self.engagement = self._target(account.start_day) + self.draw.normal(0, 0.25)
        self.satisfaction = 0.4 * self.engagement + self.draw.normal(0, 0.35)

    def _target(self, day: int) -> float:
        """The level that engagement moves to."""
        age = (day - self.account.start_day) / 30.4
        fading = float(np.exp(-age / self.dynamics.onboarding_fades_months))
        target = 0.36 * self.account.fit + 0.50 * self.account.onboarding * fading + 0.12
        target += 0.22 if self.champion else -0.22
        if self.leaving and self.period.decline_from is not None:
            target -= 1.8 if day >= self.period.decline_from - 20 else 0.0
        return target

    def _champions(self, low: int, high: int) -> None:
        draw, dynamics = self.draw, self.dynamics
        departs, arrives = (
            draw.chance(dynamics.champion_departs),
            draw.chance(dynamics.champion_replaced),
        )
        day = draw.integer(low, high)
        if self.champion and departs and day > self.champion.arrived + 20:
            self.life.champions.append(Champion(self.champion.arrived, day))
            self.champion, self.champion_left = None, day
        elif (
            self.champion is None
            and arrives
            and (self.champion_left is None or day > self.champion_left + 60)
        ):
            self.champion, self.champion_left = Champion(day), None

    def _latents(self, index: int, low: int) -> None:
        draw, dynamics = self.draw, self.dynamics
        pull = self._target(low) - self.engagement
        self.engagement += dynamics.engagement_pull * pull + draw.normal(
            0, dynamics.engagement_noise
        )
        wish = 0.65 * self.engagement + 0.2 * self.account.fit
        self.satisfaction += dynamics.satisfaction_pull * (wish - self.satisfaction) + draw.normal(
            0, dynamics.satisfaction_noise
        )
        if draw.chance(dynamics.incident):
            self.satisfaction -= 0.9
            self.life.incidents.append(low)
        self.engagement = clip(self.engagement, -3.2, 3.0)
        self.satisfaction = clip(self.satisfaction, -3.2, 3.0)
        self.life.engagement[index] = self.engagement
        self.life.satisfaction[index] = self.satisfaction

    def _gap_felt(self, day: int) -> bool:
        return self.champion_left is not None and (
            day - self.champion_left <= 30.4 * self.dynamics.champion_gap_months
        )

    def _leave_hazard(self, low: int) -> float:
        dynamics = self.dynamics
        effect = dynamics.churn_engagement * self.engagement
        effect += dynamics.churn_satisfaction * self.satisfaction
        early = low - self.account.start_day < 183
        if early:
            effect += dynamics.churn_failed_onboarding * min(self.account.onboarding, 0.0)
        hazard = self.segment.churn * float(np.exp(effect))
        if self._gap_felt(low):
            hazard *= dynamics.champion_departure_hazard
        first = not self.life.periods
        term_end = next_term_end(self.account, self.period.start, first, low + 60)
        if term_end is not None and not (early and self.account.campaign):
            near = term_end - low <= 190
            hazard *= dynamics.term_window_factor if near else dynamics.outside_window_factor
        return min(hazard / (1 - dynamics.taken_back_share), 0.45)

    def _intend_to_leave(self, low: int, high: int) -> None:
        draw = self.draw
        day, lead = draw.integer(low, high), draw.integer(74, 112)
        end = day + lead
        term_end = next_term_end(self.account, self.period.start, not self.life.periods, day + 45)
        if term_end is not None and term_end - day <= 215:
            end = term_end
        day = max(day, end - lead)
        gradual = draw.chance(self.dynamics.gradual_share)
        ahead = draw.integer(30, 60) if draw.chance(0.82) else draw.integer(0, 20)
        reason = _reason(draw, self.account, self.satisfaction, self._gap_felt(day))
        notice = None if reason == "shutdown" and draw.chance(0.5) else max(day, end - ahead)
        self.period = Period(self.period.start, end, notice, day if gradual else None, reason)
        self.leaving = True

    def _ask_and_stay(self, low: int, high: int) -> None:
        """The account asks to cancel, and someone changes its mind within weeks."""
        draw, dynamics = self.draw, self.dynamics
        asked = draw.integer(low, high)
        settled = asked + draw.integer(9, 35)
        self.life.rescues.append(Rescue(asked, settled))
        self.calm_until = add_months(settled, dynamics.taken_back_calm_months)
        self.engagement -= 0.3
        self.satisfaction -= 0.3
        if draw.chance(dynamics.taken_back_discount):
            self.life.decisions.append(Decision(settled, "concession", draw.uniform(0.10, 0.30)))

    def _decide(self, low: int, high: int) -> None:
        draw, dynamics, segment = self.draw, self.dynamics, self.segment
        shrink = segment.contraction * float(
            np.exp(dynamics.contraction_engagement * self.engagement - 0.2 * self.satisfaction)
        )
        grow = segment.expansion * float(np.exp(dynamics.expansion_engagement * self.engagement))
        day = draw.integer(low, high)
        if draw.chance(min(shrink, 0.25)):
            kind = draw.pick([k for k, _ in CONTRACTIONS], [w for _, w in CONTRACTIONS])
            size = draw.uniform(0.10, 0.42)
            self.life.decisions.append(Decision(day, kind, size))
            self.grown *= 1 - size
        elif not self.leaving and draw.chance(min(grow, 0.25)):
            kind = draw.pick([k for k, _ in EXPANSIONS], [w for _, w in EXPANSIONS])
            # An account that has outgrown its class takes smaller steps.
            step = (segment.median_arr / self._present_arr()) ** 0.5
            step = clip(step, 0.3, 1.5 if segment.stride > 1 else 1.0)
            size = draw.uniform(0.10, 0.42) * segment.stride * step
            self.life.decisions.append(Decision(day, kind, size))
            self.grown *= 1 + size

    def _present_arr(self) -> float:
        return self.account.deal.arr * self.grown

    def _return(self, month: int) -> bool:
        gone = self.life.periods[-1].end
        if (
            gone is None
            or month < gone + 80
            or not self.draw.chance(self.dynamics.returns_per_month)
        ):
            return False
        day = month + self.draw.integer(0, 26)
        if day > self.timeline.end_day - 5:
            return False
        self.period, self.leaving = Period(day), False
        self.engagement, self.satisfaction = 0.45, 0.3
        if self.champion is None:
            self.champion, self.champion_left = Champion(day), None
        return True

    def run(self) -> Life:
        starts, end_day = self.timeline.month_starts, self.timeline.end_day
        away = False
        for index, month in enumerate(starts):
            if away:
                away = not self._return(month)
                if away:
                    continue
            high = min(add_months(month, 1) - 1, end_day)
            if self.period.end is not None:
                high = min(high, self.period.end - 1)
            low = max(month, self.period.start)
            if low <= high:
                self._champions(low, high)
                self._latents(index, low)
                grace = 20 if self.account.campaign else 45
                if low > self.period.start + grace:
                    restless = not self.leaving and low >= self.calm_until
                    if restless and self.draw.chance(self._leave_hazard(low)):
                        stays = self.draw.chance(self.dynamics.taken_back_share)
                        (self._ask_and_stay if stays else self._intend_to_leave)(low, high)
                    self._decide(low, high)
            if self.period.end is not None and self.period.end < add_months(month, 1):
                self.life.periods.append(self.period)
                away = True
        if not away:
            self.life.periods.append(self.period)
        if self.champion:
            self.life.champions.append(self.champion)
        ends = [p for p in self.life.periods if p.end is not None]
        self.life.decisions = [
            d
            for d in self.life.decisions
            if d.day <= end_day and not any(abs(d.day - p.end) < 8 for p in ends)
        ]
        return self.life


def simulate_life(account: Account, seed: int, timeline: Timeline, params: CompanyParams) -> Life:
    """The course of one account over the timeline."""
    if account.kind in ("base", "new"):
        return _Course(account, seed, timeline, params.dynamics).run()
    blank = np.full(len(timeline.month_starts), np.nan)
    life = Life(blank, blank.copy())
    if account.kind == "trial_only":
        index = timeline.month_index(account.start_day)
        life.engagement[index] = life.satisfaction[index] = -0.4
        end = account.start_day + account.deal.trial_days
        life.periods.append(Period(account.start_day, end))
    return life


def latent(values: np.ndarray, timeline: Timeline, day: int, default: float = 0.0) -> float:
    """A latent on a day: the value of its month, else the default."""
    index = timeline.month_index(day)
    if not 0 <= index < len(values) or np.isnan(values[index]):
        return default
    return float(values[index])
