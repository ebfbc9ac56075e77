"""Planted facts by account, for tests to compare with the warehouse."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .company import Case
from .params import Usage
from .population import campaign_quarters
from .scenarios import Scenarios
from .timeline import Timeline, to_date
from .usage import gateway_uses


@dataclass(frozen=True)
class Loss:
    """An account that left. `declined_from` is None where its usage did not decline before."""

    account_id: str
    ended_on: date
    notice_on: date | None
    declined_from: date | None
    reason_code: str


@dataclass
class Truths:
    """The planted facts: account ids by kind."""

    leaky_segment: str = "smb"
    degrading_cohort_quarters: tuple[date, date] | None = None
    campaign_accounts: list[str] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    champion_departures: list[tuple[str, date]] = field(default_factory=list)
    cancel_requests_taken_back: list[tuple[str, date]] = field(default_factory=list)
    gateways_taken_up: list[tuple[str, date]] = field(default_factory=list)
    reactivated: list[str] = field(default_factory=list)
    no_feed: list[str] = field(default_factory=list)
    event_feed: list[str] = field(default_factory=list)
    trials_converted: list[str] = field(default_factory=list)
    trials_lost: list[str] = field(default_factory=list)
    trials_running: list[str] = field(default_factory=list)
    prospects: list[str] = field(default_factory=list)
    amount_only: list[str] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    scenarios: Scenarios | None = None


def open_truths(timeline: Timeline, scenarios: Scenarios) -> Truths:
    """Facts about the whole company. `add_case` collects those of each account."""
    first, second = campaign_quarters(timeline)
    return Truths(degrading_cohort_quarters=(to_date(first), to_date(second)), scenarios=scenarios)


def add_case(truths: Truths, case: Case, usage: Usage) -> None:
    """Add the planted facts of one account."""
    account, end_day = case.account, case.timeline.end_day
    key = account.account_id
    if account.kind == "prospect":
        truths.prospects.append(key)
        return
    if account.kind == "trial_only":
        running = account.start_day + account.deal.trial_days > end_day
        (truths.trials_running if running else truths.trials_lost).append(key)
        return
    if account.deal.trial_days and account.start_day + account.deal.trial_days <= end_day:
        truths.trials_converted.append(key)
    for condition, ids in (
        (account.campaign, truths.campaign_accounts),
        (account.feed == "none", truths.no_feed),
        (account.feed == "events", truths.event_feed),
        (account.deal.amount_only, truths.amount_only),
        (account.parent_id is not None, truths.children),
        (len(case.life.periods) > 1, truths.reactivated),
    ):
        if condition:
            ids.append(key)
    for champion in case.life.champions:
        if champion.departed is not None and champion.departed <= end_day:
            truths.champion_departures.append((key, to_date(champion.departed)))
    for rescue in case.life.rescues:
        if case.first_recorded <= rescue.asked and rescue.settled <= end_day:
            truths.cancel_requests_taken_back.append((key, to_date(rescue.asked)))
    for _, day, _ in gateway_uses(case, usage):
        if case.first_served <= day <= end_day:
            truths.gateways_taken_up.append((key, to_date(day)))
    for period in case.life.periods:
        if period.end is not None and period.end <= end_day:
            truths.losses.append(
                Loss(
                    key,
                    to_date(period.end),
                    _date(period.notice),
                    _date(period.decline_from),
                    period.reason or "other",
                )
            )


def _date(day: int | None) -> date | None:
    return None if day is None else to_date(day)
