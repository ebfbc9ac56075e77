"""The customers: sign-up dates, size, place, latents and first deal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .params import SEGMENTS, Acquisition, CompanyParams
from .streams import Draw, clip
from .timeline import Timeline, add_months, at, month_start, quarter_start, to_date
from .words import NAME_HEADS, NAME_MIDDLES, NAME_TAILS, PLACES


@dataclass(frozen=True)
class Deal:
    """The deal at sign-up."""

    arr: float  # USD a year, list price
    interval: str
    interval_count: int
    term_months: int | None  # None: evergreen, nothing stated. 1: evergreen, stated
    first_term_end: int | None  # day, None where evergreen
    trial_days: int
    amount_only: bool  # the subscription has no items
    closes_rows: bool  # a price change closes the row before it
    discount_percent: float
    temporary_months: int  # how long the discount runs. 0: for good
    discount_share: float  # of an interval's price, given as an amount


@dataclass(frozen=True)
class Account:
    """A customer, with latents that no system records."""

    number: int
    account_id: str
    name: str
    kind: str  # base (a customer before the records begin), new, trial_only, prospect
    segment: str  # smb, mid, enterprise: size at sign-up
    campaign: bool  # came through the campaign that degraded two cohorts
    start_day: int  # first subscription, or first contact of a prospect
    created_at: int  # seconds
    industry: str
    region: str
    country: str
    currency: str
    employees: int
    fit: float  # standard deviations
    onboarding: float  # standard deviations
    champion: bool  # one is there at the start
    feed: str  # daily, events, none
    parent_id: str | None
    strategic: bool
    growth_potential: str | None
    integrations: int | None
    departments: int | None
    deal: Deal


def campaign_quarters(timeline: Timeline) -> tuple[int, int]:
    """First days of the campaign's two adjacent quarters, over nine months before the end."""
    later = quarter_start(add_months(timeline.last_complete_month_end + 1, -9) - 1)
    if add_months(later, 12) > timeline.last_complete_month_end + 1:
        later = add_months(later, -3)
    return add_months(later, -3), later


def _spread(total: int, weights: Sequence[float]) -> list[int]:
    """Split `total` by weights into whole numbers (largest remainders)."""
    shares = np.asarray(weights, dtype=float) / float(sum(weights)) * total
    counts = np.floor(shares).astype(int)
    order = np.argsort(-(shares - counts), kind="stable")
    counts[order[: total - int(counts.sum())]] += 1
    return [int(count) for count in counts]


def _segments(draw: Draw, count: int, mix: tuple[float, float, float]) -> list[str]:
    counts = _spread(count, mix)
    names = [name for name, n in zip(SEGMENTS, counts, strict=True) for _ in range(n)]
    return [names[i] for i in draw.rng.permutation(count)]


def _earlier_weights(timeline: Timeline, acquisition: Acquisition) -> list[float]:
    """Relative sign-ups of each month before the records begin: more from year to year."""
    return [
        acquisition.season[to_date(start).month - 1] * (index + acquisition.earlier_pace)
        for index, start in enumerate(timeline.month_starts[: timeline.earlier_months])
    ]


def _month_weights(timeline: Timeline, acquisition: Acquisition) -> list[float]:
    """Relative sign-ups of each month of the records."""
    quarters = campaign_quarters(timeline)
    weights = []
    for index, start in enumerate(timeline.recorded_months, 1):
        weight = acquisition.season[to_date(start).month - 1]
        weight *= (1 + acquisition.yearly_growth) ** (index / 12)
        if quarter_start(start) in quarters:
            weight *= acquisition.campaign_boost
        following = add_months(start, 1)
        weight *= (min(following, timeline.end_day + 1) - start) / (following - start)
        weights.append(weight)
    return weights


def _deal(draw: Draw, kind: str, segment_name: str, start: int) -> Deal:
    segment = SEGMENTS[segment_name]
    arr = clip(
        segment.median_arr * float(np.exp(draw.normal(0, segment.sigma))),
        segment.min_arr,
        segment.max_arr,
    )
    options = segment.intervals
    interval, count, term, _ = draw.pick(options, [option[3] for option in options])
    trial = kind == "trial_only" or (kind == "new" and segment_name == "smb" and draw.chance(0.16))
    discounted = draw.chance(0.26)
    temporary = discounted and draw.chance(0.35)
    return Deal(
        arr=arr,
        interval=interval,
        interval_count=count,
        term_months=term,
        first_term_end=add_months(start, term) if term and term > 1 else None,
        trial_days=draw.pick((14, 30)) if trial else 0,
        amount_only=kind != "trial_only" and draw.chance(0.055),
        closes_rows=draw.chance(0.5),
        discount_percent=float(draw.pick((5, 7.5, 10, 12.5, 15, 20))) if discounted else 0.0,
        temporary_months=draw.pick((3, 6)) if temporary else 0,
        discount_share=0.06 if not discounted and draw.chance(0.07) else 0.0,
    )


def _company_name(draw: Draw, industry: str, taken: set[str]) -> str:
    while True:
        name = draw.pick(NAME_HEADS) + draw.pick(NAME_MIDDLES)
        name = f"{name} {draw.pick(NAME_TAILS[industry])}"
        if draw.chance(0.06):
            name += ", Inc."
        if name not in taken:
            taken.add(name)
            return name
        if len(taken) > 20_000:
            name = f"{name} {len(taken)}"
            taken.add(name)
            return name


def _account(
    seed: int,
    number: int,
    kind: str,
    segment_name: str,
    start: int,
    campaign: bool,
    timeline: Timeline,
    acquisition: Acquisition,
    taken: set[str],
) -> Account:
    draw = Draw(seed, "account", number)
    region, country, currency, _ = draw.pick(PLACES, [place[3] for place in PLACES])
    industry = draw.pick(tuple(NAME_TAILS), (20, 16, 14, 9, 9, 11, 5, 9, 4, 3))
    fit = draw.normal() + (acquisition.campaign_fit if campaign else 0.0)
    onboarding = 0.35 * fit + 0.94 * draw.normal()
    onboarding += acquisition.campaign_onboarding if campaign else 0.0
    lead = draw.integer(12, 95)
    size = {"smb": 45, "mid": 420, "enterprise": 3200}[segment_name]
    rich = {"smb": 0.5, "mid": 1.0, "enterprise": 1.8}[segment_name]
    known = draw.chance(0.93)
    return Account(
        number=number,
        account_id=f"acc_{number:05d}",
        name=_company_name(draw, industry, taken),
        kind=kind,
        segment=segment_name,
        campaign=campaign,
        start_day=start,
        created_at=at(start - lead, draw.uniform(7, 19)),
        industry=industry,
        region=region,
        country=country,
        currency=currency,
        employees=int(size * float(np.exp(draw.normal(0, 0.6)))) + 4,
        fit=clip(fit, -2.6, 2.6),
        onboarding=clip(onboarding, -2.8, 2.6),
        champion=draw.chance(0.86),
        feed="none" if draw.chance(acquisition.no_feed_share) else "daily",
        parent_id=None,
        strategic=segment_name == "enterprise" and draw.chance(0.14),
        growth_potential=draw.pick(("low", "medium", "high"), (0.3, 0.45, 0.25))
        if draw.chance(0.85)
        else None,
        integrations=draw.poisson(2.2 * rich) if known else None,
        departments=1 + draw.poisson(1.1 * rich) if known else None,
        deal=_deal(draw, kind, segment_name, start),
    )


def _with_parents(seed: int, accounts: list[Account]) -> list[Account]:
    """Give some accounts a larger parent account that is older than they are."""
    draw = Draw(seed, "parents")
    parents = [a for a in accounts if a.segment == "enterprise" and a.kind == "base"]
    if not parents:
        return accounts
    result = []
    for account in accounts:
        parent = draw.pick(parents)
        eligible = account.segment != "enterprise" and account.kind in ("base", "new")
        if draw.chance(0.05) and eligible and parent.created_at < account.created_at:
            account = replace(account, parent_id=parent.account_id)
        result.append(account)
    return result


def _with_event_feeds(
    seed: int, accounts: list[Account], count: int, timeline: Timeline
) -> list[Account]:
    """Let a few small accounts of the last year send raw events instead of daily counts."""
    draw = Draw(seed, "event feeds")
    earliest = add_months(timeline.end_day, -12)
    latest = add_months(timeline.end_day, -3)
    eligible = [
        i
        for i, a in enumerate(accounts)
        if a.kind == "new" and a.segment == "smb" and earliest < a.start_day < latest
    ]
    for i in sorted(eligible, key=lambda _: draw.rng.random())[:count]:
        accounts[i] = replace(accounts[i], feed="events")
    return accounts


def build_population(
    seed: int, active: int, timeline: Timeline, params: CompanyParams
) -> list[Account]:
    """All accounts in the order of their numbers: by sign-up month.

    `active` is the number of accounts meant to be active at the end, roughly.
    """
    acquisition = params.acquisition
    draw = Draw(seed, "population")
    span = timeline.months / 36
    new = round(active * acquisition.customers_per_active * (1 - acquisition.base_share) * span)
    customers = round(active * (1 + (acquisition.customers_per_active - 1) * span))
    base = round(max(customers - new, active // 10) * acquisition.earlier_customers_per_active)
    trials = round(customers * acquisition.trial_only_share)
    prospects = round(customers * acquisition.prospect_share)
    weights = _month_weights(timeline, acquisition)
    quarters = campaign_quarters(timeline)

    earlier = sorted(
        start + draw.integer(0, 27)
        for start, n in zip(
            timeline.month_starts[: timeline.earlier_months],
            _spread(base, _earlier_weights(timeline, acquisition)),
            strict=True,
        )
        for _ in range(n)
    )
    plan: list[tuple[str, str, int, bool]] = [
        ("base", segment, start, False)
        for start, segment in zip(earlier, _segments(draw, base, acquisition.base_mix), strict=True)
    ]
    arrivals: list[tuple[str, int, bool]] = []
    for kind, count in (("new", new), ("trial_only", trials), ("prospect", prospects)):
        for start, n in zip(timeline.recorded_months, _spread(count, weights), strict=True):
            length = min(add_months(start, 1), timeline.end_day + 1) - start
            for _ in range(n):
                campaign = kind == "new" and quarter_start(start) in quarters
                arrivals.append((kind, start + draw.integer(0, length - 1), campaign))
    running = [i for i, arrival in enumerate(arrivals) if arrival[0] == "trial_only"][-3:]
    for place, i in enumerate(running):  # trials that run on the last day
        arrivals[i] = ("trial_only", timeline.end_day - 3 - 4 * place, False)
    arrivals.sort(key=lambda arrival: (month_start(arrival[1]), arrival[1]))
    ordinary = [
        i for i, (kind, _, campaign) in enumerate(arrivals) if kind == "new" and not campaign
    ]
    campaigned = [i for i, arrival in enumerate(arrivals) if arrival[2]]
    segments = ["smb"] * len(arrivals)
    for places, mix in ((ordinary, acquisition.new_mix), (campaigned, acquisition.campaign_mix)):
        for place, segment in zip(places, _segments(draw, len(places), mix), strict=True):
            segments[place] = segment
    plan += [
        (kind, segment, start, campaign)
        for (kind, start, campaign), segment in zip(arrivals, segments, strict=True)
    ]

    taken: set[str] = set()
    accounts = [
        _account(seed, number, kind, segment, start, campaign, timeline, acquisition, taken)
        for number, (kind, segment, start, campaign) in enumerate(plan, 1)
    ]
    accounts = _with_parents(seed, accounts)
    return _with_event_feeds(seed, accounts, acquisition.event_feed_accounts, timeline)
