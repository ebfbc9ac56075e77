"""Health of a company: every paying account on every snapshot date under every scheme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .metrics import Measures, Values
from .rules import Rules
from .scores import (
    Driver,
    Health,
    MetricScores,
    drivers,
    health,
    metric_scores,
    priority,
    schemes,
    trend,
)
from .snapshots import month_end_before, payers, segment_month, snapshot_dates

ACTIVE_SCHEME = "composite"

Tiers = Mapping[tuple[str, date], str | None]  # account and month -> touch tier
AccountDate = tuple[date, str]


@dataclass(frozen=True)
class Standing:
    """A score beside the one that it is compared with."""

    health: Health
    previous_score: Fraction | None
    trend: str
    priority: str


@dataclass(frozen=True)
class AccountHealth:
    """All that is said of an account on a date."""

    values: Values
    scores: MetricScores
    statuses: dict[str, Standing]  # by scheme
    drivers: dict[str, Driver]  # of the active scheme


def company_health(
    measures: Measures, rules: Rules, tiers: Tiers
) -> dict[AccountDate, AccountHealth]:
    """By snapshot date and account."""
    company = measures.company
    results: dict[AccountDate, AccountHealth] = {}
    for day in snapshot_dates(company):
        month = segment_month(company, day)
        before = month_end_before(company, day, int(rules.settings["trend_min_days"]))
        earlier = month_end_before(company, before, 1) if before else None
        for account_id, mrr in payers(company, day).items():
            tier = tiers.get((account_id, month)) if month else None
            values = measures.values(account_id, day, mrr)
            scores = metric_scores(rules, values)
            former, first = (
                results.get((end, account_id)) if end else None for end in (before, earlier)
            )
            statuses = {}
            for scheme in schemes(rules):
                now = health(rules, scheme, tier, scores)
                then, once = (
                    found.statuses[scheme].health if found else None for found in (former, first)
                )
                direction = trend(
                    rules,
                    now.evidenced_score,
                    then.evidenced_score if then else None,
                    once.evidenced_score if once else None,
                )
                statuses[scheme] = Standing(
                    now, then.score if then else None, direction, priority(rules, now, direction)
                )
            own = drivers(rules, ACTIVE_SCHEME, tier, values)
            results[day, account_id] = AccountHealth(values, scores, statuses, own)
    return results
