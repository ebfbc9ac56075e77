"""A company's customers: their segments and their health, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .health import AccountDate, AccountHealth, company_health
from .metrics import Measures
from .mrr import Company
from .rules import Rules
from .segments import AccountMonth, SegmentRules, Segments, Touch
from .snapshots import month_ends


@dataclass
class Customers:
    """By the rules of the policy CSVs."""

    company: Company

    @cached_property
    def rules(self) -> Rules:
        """The rules of health."""
        return Rules.read()

    @cached_property
    def measures(self) -> Measures:
        """The metrics of health, and the use behind them."""
        return Measures(self.company, self.rules)

    @cached_property
    def segments(self) -> Segments:
        """What segments rest on."""
        return Segments(self.measures, SegmentRules.read())

    @cached_property
    def touch(self) -> dict[AccountMonth, Touch]:
        """Touch score and tier of each account and month in which it pays."""
        return self.segments.touch()

    @cached_property
    def tiers(self) -> dict[AccountMonth, dict[str, str]]:
        """Touch tier and investment tier of the same."""
        return {
            key: {"touch_tier": self.touch[key].tier, "investment_tier": tier}
            for key, tier in self.segments.investment().items()
        }

    @cached_property
    def health(self) -> dict[AccountDate, AccountHealth]:
        """Every paying account on every snapshot date."""
        touch = {key: found.tier for key, found in self.touch.items()}
        return company_health(self.measures, self.rules, touch)

    def health_before(self, account_id: str, day: date, scheme: str) -> float | None:
        """The score of the last month-end up to a day that has one with enough evidence."""
        for end in reversed(month_ends(self.company)):
            found = self.health.get((end, account_id))
            score = found.statuses[scheme].health.evidenced_score if found else None
            if end <= day and score is not None:
                return float(score)
        return None
