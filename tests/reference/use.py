"""The metrics of use: silence is 0, and what nobody's feed carries has no value for anyone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from .known import Known, day_of, ratio
from .rules import Number
from .usage import LOGIN, day_at, days_in

SECONDS_PER_HOUR = 3600
# A month is a twelfth of a year.
MONTH_DAYS = Fraction(365, 12)
COUNTS_A_MONTH = {"logins_per_user", "sessions_per_user", "usage_depth", "time_in_product"}

Found = dict[str, Fraction | None]


def growth(now: int, before: int, base: Number) -> Fraction | None:
    """The change on the window before; on less than the base there is none."""
    return Fraction(now, before) - 1 if before and before >= base else None


def first_day(bits: int) -> date:
    """The earliest of days kept as bits."""
    return day_at((bits & -bits).bit_length() - 1)


class Use:
    """What accounts do in windows of days."""

    def __init__(self, known: Known, settings: Mapping[str, Fraction]) -> None:
        """By the settings of health: a window is so many days."""
        self.known, self.settings = known, settings
        self.window = int(settings["usage_window_days"])
        self.usage = known.company.usage
        self._core: dict[date, set[str]] = {}

    @cached_property
    def carried(self) -> dict[str, date]:
        """Since when the company's feed carries logins, features, durations, users, licences."""
        firsts = dict.fromkeys(("logins", "features", "durations"), date.max)
        for days in self.usage.days.values():
            for day, total in days.items():
                parts = (
                    ("logins", total.is_active and total.logins > 0),
                    ("features", total.is_active and total.feature_events > 0),
                    ("durations", total.seconds is not None),
                )
                for part, is_there in parts:
                    if is_there:
                        firsts[part] = min(firsts[part], day)
        masks = (bits for own in self.usage.users.values() for bits in own.values())
        firsts["users"] = min(map(first_day, masks), default=date.max)
        firsts["licences"] = self.known.first("product_users")
        return firsts

    @cached_property
    def feeds(self) -> dict[str, date]:
        """Each account's first usage or first user."""
        feeds = {account_id: min(days) for account_id, days in self.usage.days.items()}
        for account_id, first in self.known.firsts("product_users").items():
            feeds[account_id] = min(first, feeds.get(account_id, first))
        return feeds

    def core_features(self, day: date) -> set[str]:
        """Those that are marked; where none is, those that enough of the active accounts use."""
        if day not in self._core:
            listed = self.known.company.accepted.rows.get("product_features", [])
            marked = {row["feature_key"] for row in listed if row["is_core"]} - {LOGIN}
            self._core[day] = marked or self._features_in_wide_use(day)
        return self._core[day]

    def _features_in_wide_use(self, day: date) -> set[str]:
        active = sum(self._is_active(account_id, day) for account_id in self.usage.days)
        users = Counter(
            feature
            for account_id in self.usage.features
            for feature in self.features_used(account_id, day)
        )
        least = self.settings["core_feature_share"]
        return {feature for feature, count in users.items() if Fraction(count, active) >= least}

    def _is_active(self, account_id: str, day: date) -> bool:
        """Whether the account did anything in the window."""
        days = self.usage.days[account_id]
        window = (day - timedelta(days=count) for count in range(self.window))
        return any(on in days and days[on].is_active for on in window)

    # --- an account on a day --------------------------------------------------------------

    def is_carried(self, part: str, day: date) -> bool:
        """Whether anyone's feed had carried the thing by the day."""
        return self.carried[part] <= day

    def licensed_users(self, account_id: str, day: date) -> int:
        """Users that exist and are not deactivated."""
        users = self.known.rows("product_users", account_id, day)
        return sum((day_of(row["deactivated_at"]) or date.max) > day for row in users)

    def user_days(self, account_id: str, day: date) -> list[int]:
        """On how many days of the window each active user came."""
        masks = self.usage.users.get(account_id, {}).values()
        counts = (days_in(bits, day, self.window).bit_count() for bits in masks)
        return [count for count in counts if count]

    def logins(self, account_id: str, day: date) -> int:
        """Logins in the window."""
        return self._sums(account_id, day)[0]

    def feature_events(self, account_id: str, day: date) -> int:
        """Events of features in the window."""
        return self._sums(account_id, day)[1]

    def _sums(self, account_id: str, day: date) -> tuple[int, int, int]:
        """Logins, feature events and seconds in the window."""
        days = self.usage.days.get(account_id, {})
        window = (day - timedelta(days=count) for count in range(self.window))
        totals = [days[on] for on in window if on in days and days[on].is_active]
        return (
            sum(total.logins for total in totals),
            sum(total.feature_events for total in totals),
            sum(total.seconds or 0 for total in totals),
        )

    def features_used(self, account_id: str, day: date) -> set[str]:
        """Distinct features used in the window."""
        own = self.usage.features.get(account_id, {})
        return {feature for feature, bits in own.items() if days_in(bits, day, self.window)}

    def metrics(self, account_id: str, day: date) -> Found:
        """All metrics of use; none without a feed."""
        if self.feeds.get(account_id, date.max) > day:
            return {}
        before = day - timedelta(days=self.window)
        logins, events, seconds = self._sums(account_id, day)
        found: Found = {}
        if self.is_carried("logins", day) and self.is_carried("licences", day):
            found["logins_per_user"] = ratio(logins, self.licensed_users(account_id, day))
        if self.is_carried("features", day):
            core = self.core_features(day)
            found["feature_adoption"] = ratio(
                len(self.features_used(account_id, day) & core), len(core)
            )
            found["usage_growth"] = growth(
                events, self.feature_events(account_id, before), self.settings["growth_min_events"]
            )
        if self.is_carried("users", day):
            user_days = self.user_days(account_id, day)
            active = len(user_days)
            share = ratio(active, self.known.company.seats(account_id, day))
            found["seat_utilization"] = share
            found["active_user_ratio"] = None if share is None else min(share, Fraction(1))
            found["user_growth"] = growth(
                active,
                len(self.user_days(account_id, before)),
                self.settings["growth_min_users"],
            )
            # Where nobody is active, each does nothing.
            nothing = Fraction(0)
            found["dau_mau"] = ratio(sum(user_days), self.window * active) or nothing
            found["sessions_per_user"] = ratio(sum(user_days), active) or nothing
            if self.is_carried("features", day):
                found["usage_depth"] = ratio(events, active) or nothing
            if self.is_carried("durations", day):
                hours = ratio(seconds, SECONDS_PER_HOUR * active)
                found["time_in_product"] = hours or nothing
        for metric in COUNTS_A_MONTH & found.keys():
            count = found[metric]
            found[metric] = None if count is None else count * MONTH_DAYS / self.window
        return found
