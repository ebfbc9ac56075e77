"""The worth of a customer: its ARR over the lifetime that the losses of its touch tier give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .customers import Customers
from .lines import ZERO, add_months, to_cents
from .mrr import Company
from .rules import read_policy

MONTHS_PER_YEAR = 12
PLACES = 9


@dataclass(frozen=True)
class Lifetime:
    """Years that a customer is expected to stay, and what they bring."""

    years: float
    is_capped: bool
    ltv: Decimal


@dataclass(frozen=True)
class _Losses:
    """Accounts of a base, and the share of its MRR that a year took."""

    accounts: int
    rate: float


def _losses(ends: Iterable[tuple[Decimal, Decimal]]) -> _Losses:
    """MRR at the start and the end of the year; more at the end makes up for nothing."""
    base = [(start, end) for start, end in ends if start > 0]
    starting = sum((start for start, _ in base), ZERO)
    lost = sum((max(start - end, ZERO) for start, end in base), ZERO)
    return _Losses(len(base), float(lost) / float(starting) if base else 0.0)


def gives_notice(company: Company, account_id: str, day: date) -> bool:
    """Whether all that the account pays for is canceled by the day."""
    canceled = {
        row["subscription_id"]: row["canceled_on"]
        for row in company.accepted.rows["billing_subscriptions"]
        if row["account_id"] == account_id and row["canceled_on"]
    }
    return all(
        canceled.get(holding.line.subscription_id, date.max) <= day
        for holding in company.holdings(account_id, day)
        if holding.counted > 0
    )


def lifetimes(customers: Customers, paid: dict[str, Decimal]) -> dict[str, Lifetime]:
    """Of the accounts that pay on as_of (account: MRR); under notice there is none."""
    company = customers.company
    policy = {row["setting"]: float(row["value"]) for row in read_policy("finance")}
    last = company.last_complete_month
    first = add_months(last, -MONTHS_PER_YEAR) if last else None
    if last is None or first not in company.months:
        return {}
    start, end = company.months.index(first), company.months.index(last)
    by_tier: dict[str, list[tuple[Decimal, Decimal]]] = {}
    for account_id, closings in company.closings.items():
        if closings[start] > 0:
            tier = customers.touch[account_id, first].tier
            by_tier.setdefault(tier, []).append((closings[start], closings[end]))
    whole = _losses(ends for tier in by_tier.values() for ends in tier)
    if whole.accounts < policy["lifetime_min_accounts"]:
        return {}
    found = {}
    for account_id, mrr in paid.items():
        if gives_notice(company, account_id, company.as_of):
            continue
        own = _losses(by_tier.get(customers.touch[account_id, company.months[-1]].tier, []))
        prior = policy["lifetime_prior_accounts"]
        rate = (own.accounts * own.rate + prior * whole.rate) / (own.accounts + prior)
        rate, most = round(rate, PLACES), policy["lifetime_max_years"]
        is_capped = rate * most < 1
        years = most if is_capped else round(1 / rate, PLACES)
        worth = float(MONTHS_PER_YEAR * mrr) * policy["gross_margin"] * years
        found[account_id] = Lifetime(years, is_capped, to_cents(worth))
    return found
