"""Changes of tier, what a change of touch tier asks for, and whether the owner changed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from .lines import add_months
from .practice_base import Practice, Rows, setting
from .retention import csm_assignments, csm_on

# Each scheme's tiers from the lowest up.
SCHEMES = {
    "arr_tier": ("arr_under_15k", "arr_15k_100k", "arr_100k_plus"),
    "touch_tier": ("tech_touch", "low_touch", "high_touch"),
    "investment_tier": ("smb", "mid_market", "enterprise", "strategic"),
}


def action(to_tier: str, is_up: bool) -> str:
    """What a change of touch tier asks for."""
    if to_tier == "low_touch":
        return "assign_pooled" if is_up else "to_pool"
    return {"high_touch": "assign_dedicated", "tech_touch": "to_automation"}[to_tier]


class Transitions:
    """The changes of tier of every account."""

    def __init__(self, practice: Practice) -> None:
        """By the days in which a change is acted on."""
        self.practice, self.company = practice, practice.company
        self.days = int(setting("coverage_settings", "transition_act_days"))
        self.assignments = csm_assignments(practice.company)
        columns = tuple(SCHEMES)
        self.tiers: dict[str, dict[date, dict[str, str]]] = defaultdict(dict)
        rows = practice.rows("fct_account_segments", ("account_id", "month"), columns)
        for (account_id, month), row in rows.items():
            self.tiers[account_id][month] = row

    def _owner(self, account_id: str, day: date) -> str | None:
        account = self.practice.known.accounts[account_id]
        return csm_on(self.assignments[account_id], account, day)

    def act_by(self, month: date) -> date:
        """The last day on which a change of owner counts."""
        return add_months(month, 1) - timedelta(days=1) + timedelta(days=self.days)

    def is_acted_on(self, account_id: str, month: date) -> bool | None:
        """Whether the owner changed in time; unknown while there is time left."""
        act_by = self.act_by(month)
        last = min(act_by, self.practice.as_of)
        days = [month + timedelta(days=count) for count in range((last - month).days + 1)]
        before = [self._owner(account_id, day - timedelta(days=1)) for day in days]
        after = [self._owner(account_id, day) for day in days]
        if before != after:
            return True
        return False if act_by < self.practice.as_of else None

    def _is_standing(self, account_id: str, month: date, scheme: str, tier: str) -> bool:
        later = {then: row for then, row in self.tiers[account_id].items() if then >= month}
        pays = max(later) == self.company.months[-1]
        return pays and all(row[scheme] == tier for row in later.values())

    def change(
        self, account_id: str, month: date, scheme: str, from_tier: str, to_tier: str
    ) -> dict[str, Any]:
        """A row of fct_segment_transitions, without its reason."""
        order = SCHEMES[scheme]
        is_up = order.index(to_tier) > order.index(from_tier)
        is_touch = scheme == "touch_tier"
        return {
            "from_tier": from_tier,
            "to_tier": to_tier,
            "direction": "up" if is_up else "down",
            "action": action(to_tier, is_up) if is_touch else None,
            "is_acted_on": self.is_acted_on(account_id, month) if is_touch else None,
            "is_standing": self._is_standing(account_id, month, scheme, to_tier),
        }

    def all(self) -> Rows:
        """From one paying month to the next."""
        found: Rows = {}
        for account_id, own in self.tiers.items():
            months = sorted(own)
            for before, month in pairwise(months):
                for scheme in SCHEMES:
                    tiers = own[before][scheme], own[month][scheme]
                    if tiers[0] != tiers[1]:
                        key = (account_id, month, scheme)
                        found[key] = self.change(account_id, month, scheme, *tiers)
        return found


def transitions(practice: Practice) -> Rows:
    """Every row of fct_segment_transitions, by account_id, month and scheme."""
    return Transitions(practice).all()
