"""Leakage: MRR that drivers took off accounts that still pay, over 12 months to a quarter's end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from .lines import ZERO, add_months, to_cents
from .movements import Month, arr_tier, drivers
from .mrr import Company
from .retention import TIERS, AccountMonth, segments

WINDOW = 12
CONTRACTION = "contraction"
COHORT = "cohort_quarter"


def _reductions(company: Company, account_id: str, start: int, end: int) -> dict[str, Decimal]:
    """By driver, over all products: what it took off, where it did."""
    before, after = company.book[account_id][start], company.book[account_id][end]
    closings = company.closings[account_id]
    row = Month(
        account_id,
        company.months[end],
        closings[start],
        closings[end],
        ZERO,
        0,
        CONTRACTION,
        is_complete=True,
    )
    totals: Counter[str] = Counter()
    for (driver, _), amount in drivers(company, row, before, after).items():
        totals[driver] += amount
    return {driver: -amount for driver, amount in totals.items() if amount < 0}


def _parts(loss: Decimal, reductions: dict[str, Decimal]) -> dict[str, Decimal]:
    """A loss in proportion to the reductions; the cents are those of running totals."""
    total = float(sum(reductions.values(), ZERO))
    parts, running, shared = {}, ZERO, ZERO
    for driver in sorted(reductions):
        running += reductions[driver]
        up_to = to_cents(float(loss) * (float(running) / total))
        parts[driver] = up_to - shared
        shared = up_to
    return {driver: part for driver, part in parts.items() if part > 0}


LeakKey = tuple[date, str, str, str, str]  # quarter, segment type, segment, tier, driver


def contraction_leaks(
    company: Company, tiers: Mapping[AccountMonth, dict[str, str]]
) -> dict[LeakKey, tuple[Decimal, int]]:
    """Lost MRR and accounts in the 12 months to each quarter, by segment, tier and driver.

    The tier is the segment itself where that is a tier, else the ARR tier at the start.
    """
    last = company.last_complete_month
    if last is None:
        return {}
    segment_of = segments(company, tiers)
    leaks: dict[LeakKey, list[Decimal]] = defaultdict(list)
    for end, month in enumerate(company.months):
        start = end - WINDOW
        if start < 0 or month.month % 3 or month > last:
            continue
        for account_id, closings in company.closings.items():
            opening, closing = closings[start], closings[end]
            if not 0 < closing < opening:
                continue
            parts = _parts(opening - closing, _reductions(company, account_id, start, end))
            for kind, segment in segment_of[account_id, company.months[start]].items():
                if kind == COHORT:
                    continue
                tier = segment if kind in TIERS else arr_tier(opening)
                for driver, part in parts.items():
                    leaks[add_months(month, -2), kind, segment, tier, driver].append(part)
    return {key: (sum(parts, ZERO), len(parts)) for key, parts in leaks.items()}
