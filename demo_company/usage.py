"""Product usage, vectorised: active users by day, their features and quantities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .catalogue import AUTOMATION, interval_months
from .company import Case
from .life import EXPANSIONS
from .params import Usage
from .product import FEATURES, GATEWAYS
from .streams import Draw
from .timeline import DAY_SECONDS, add_months, month_start, to_date

FEATURE_KEYS: tuple[str, ...] = tuple(sorted([key for key, *_ in FEATURES] + ["login"]))
"""The feature keys of usage rows, in the order of their codes."""

_LOGIN = FEATURE_KEYS.index("login")
_AUTOMATIONS = FEATURE_KEYS.index("automations")
GROWTH = frozenset(kind for kind, _ in EXPANSIONS)
_EPOCH_WEEKDAY = 3  # 1970-01-01 was a Thursday


@dataclass(frozen=True)
class UsageRows:
    """Daily usage of one account: one entry per user, feature and day, sorted by them.

    `user` and `feature` are places in `user_ids` and FEATURE_KEYS, `day` a day number, `quantity`
    automation runs (NaN elsewhere), `duration` seconds (-1 where not measured), `loaded_at` in
    seconds.
    """

    account_id: str
    user_ids: list[str]
    user: np.ndarray
    feature: np.ndarray
    day: np.ndarray
    count: np.ndarray
    quantity: np.ndarray
    duration: np.ndarray
    loaded_at: np.ndarray

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.day)


def _level_by_day(case: Case, days: np.ndarray, usage: Usage) -> np.ndarray:
    """The level of usage on each day. 1 is ordinary, 0 is no service."""
    timeline = case.timeline
    level = np.zeros(len(days))
    for low, high in case.service_months():
        level[low - days[0] : high + 1 - days[0]] = np.exp(0.50 * case.engagement(low))
    for period in case.life.periods:
        if period.decline_from is not None and period.end is not None:
            span = period.end - period.decline_from
            gone = np.clip((days - period.decline_from) / max(span * 0.8, 1), 0, 1)
            inside = (days >= period.decline_from) & (days < period.end)
            level[inside] *= (1 - 0.78 * gone)[inside]
    for start, end in case.life.pauses:
        stop = end if end is not None else timeline.end_day + 1
        level[(days >= start) & (days < stop)] = 0
    weekday = (days + _EPOCH_WEEKDAY) % 7
    level *= np.where(weekday >= 5, usage.weekend_factor, 1.0)
    for year in range(to_date(int(days[0])).year, to_date(int(days[-1])).year + 1):
        christmas = np.datetime64(f"{year}-12-24").astype("datetime64[D]").astype(int)
        level[(days >= christmas) & (days <= christmas + 8)] *= 0.35
    return np.clip(level, 0, 2.4)


def gateway_uses(case: Case, usage: Usage) -> list[tuple[str, int, int]]:
    """(feature, first day, last day) of each gateway feature that an account takes up.

    Some larger orders follow one. Now and then an account takes one up and orders nothing.
    """
    draw = Draw(case.seed, "gateways", case.account.number)
    begun = []
    for decision in case.life.decisions:
        if decision.kind in GROWTH and draw.chance(usage.gateway_before_growth):
            begun.append(decision.day - draw.integer(*usage.gateway_lead_days))
    for low, high in case.service_months():
        if draw.chance(usage.gateway_alone):
            begun.append(draw.integer(low, high))
    uses = []
    for day in begun:
        last = add_months(day, draw.integer(*usage.gateway_months))
        uses.append((draw.pick(GATEWAYS), day, last))
    return uses


def _is_open(uses: list[tuple[str, int, int]], day: np.ndarray, feature: np.ndarray) -> np.ndarray:
    """By row, whether the account has the feature in use on the day. Ordinary ones always are."""
    is_open = ~np.isin(feature, [FEATURE_KEYS.index(key) for key in GATEWAYS])
    for key, first, last in uses:
        is_open |= (feature == FEATURE_KEYS.index(key)) & (day >= first) & (day <= last)
    return is_open


def _features_touched(rng: np.random.Generator, case: Case, users: int, usage: Usage) -> np.ndarray:
    """Chance by user and feature of touching it on an active day."""
    owned = {item.line.product for sub in case.book.subscriptions for item in sub.items}
    breadth = 0.9 + 0.22 * case.account.onboarding + 0.10 * case.account.fit
    weights = np.zeros(len(FEATURE_KEYS))
    for key, _, _, _, weight in FEATURES:
        if key == "automations" and AUTOMATION in owned:
            weight *= 2.0
        if key == "forecasting" and "prod_insights" in owned:
            weight *= 3.0
        rare = weight < 0.5
        weights[FEATURE_KEYS.index(key)] = weight * (max(0.25, breadth) if rare else 1.0)
    weights *= np.exp(rng.normal(0, 0.35, len(weights)))
    dropped = rng.random(len(weights)) >= np.clip(0.55 + 4 * weights, 0, 1)
    dropped[[FEATURE_KEYS.index(key) for key in GATEWAYS]] = False
    weights[dropped] = 0
    taste = np.exp(rng.normal(0, 0.6, (users, len(weights))))
    chances = taste * weights
    total = chances.sum(axis=1, keepdims=True)
    return np.clip(usage.feature_draw * chances / np.maximum(total, 1e-9), 0, 0.95)


def _committed_runs(case: Case, day: int) -> float:
    """Paid automation runs per month on a day."""
    total = 0.0
    for sub in case.book.subscriptions:
        for item in sub.items:
            row = next((r for r in reversed(item.rows) if r.start <= day), None)
            if (
                sub.live(day)
                and row
                and row.line.product == AUTOMATION
                and (row.end is None or day < row.end)
            ):
                total += row.line.quantity / interval_months(case.account)
    return total


def _runs(rng: np.random.Generator, case: Case, day: np.ndarray, feature: np.ndarray) -> np.ndarray:
    """Automation runs by row: the month's total follows the paid runs, split over its rows."""
    runs = np.full(len(day), np.nan)
    rows = np.flatnonzero(feature == _AUTOMATIONS)
    months = np.array([month_start(int(d)) for d in day[rows]], dtype=np.int64)
    for month in np.unique(months):
        inside = rows[months == month]
        paid = _committed_runs(case, int(day[inside].max()))
        if not paid:
            continue
        wish = float(
            np.clip(
                0.62 + 0.2 * case.engagement(int(day[inside][0])) + rng.normal(0, 0.08), 0.05, 1.15
            )
        )
        share = rng.integers(2, 9, len(inside)).astype(float)
        runs[inside] = np.maximum(10, np.round(share / share.sum() * paid * wish, -1))
    return runs


def _loaded_at(rng: np.random.Generator, day: np.ndarray, end_day: int, usage: Usage) -> np.ndarray:
    """The load time of each row: one backfill, then nightly, some a few days late."""
    backfill = end_day - 44
    night = np.where(day < backfill, backfill, day + 1)
    late = (day >= backfill) & (rng.random(len(day)) < usage.late_share)
    night = night + late * rng.integers(1, 4, len(day))
    return np.minimum(night, end_day + 1) * DAY_SECONDS + 4 * 3600


def simulate_usage(case: Case, usage: Usage, scale: float = 1.0) -> UsageRows | None:
    """Daily usage of one account, or None where its usage never reaches the feed.

    `scale` multiplies the counts of events. Rows with a count of 0 are dropped.
    """
    if (
        case.account.feed == "none"
        or not case.user_ids
        or case.first_served > case.timeline.end_day
    ):
        return None
    rng = Draw(case.seed, "usage", case.account.number).rng
    end_day = case.timeline.end_day
    days = np.arange(case.first_served, end_day + 1)
    users = len(case.user_ids)
    level = _level_by_day(case, days, usage)
    zeal = usage.daily_activity * np.exp(rng.normal(0, 0.45, users))
    dormant = np.clip(usage.dormant_share - 0.09 * case.account.onboarding, 0.03, 0.6)
    zeal[rng.random(users) < dormant] *= 0.06
    made = np.array([made // DAY_SECONDS for _, made, _ in case.user_ids])
    gone = np.array([end_day + 1 if g is None else g // DAY_SECONDS for _, _, g in case.user_ids])
    weekly = np.repeat(np.exp(rng.normal(0, 0.12, len(days) // 7 + 1)), 7)[: len(days)]
    chance = np.clip(zeal[:, None] * (level * weekly)[None, :], 0, 0.97)
    chance *= (days[None, :] >= made[:, None]) & (days[None, :] < gone[:, None])
    active_user, active_day = np.nonzero(rng.random(chance.shape) < chance)
    touched = _features_touched(rng, case, users, usage)[active_user]
    hit, feature = np.nonzero(rng.random(touched.shape) < touched)
    is_open = _is_open(gateway_uses(case, usage), days[active_day[hit]], feature)
    hit, feature = hit[is_open], feature[is_open]
    logins = len(active_user)
    user = np.concatenate([active_user, active_user[hit]])
    day = days[np.concatenate([active_day, active_day[hit]])]
    feature = np.concatenate([np.full(logins, _LOGIN), feature])
    small = case.account.feed == "events"
    count = 1 + np.concatenate(
        [
            rng.poisson(0.2 if small else usage.logins_per_day, logins),
            rng.poisson(0.3 if small else 1.1, len(hit)),
        ]
    )
    if scale != 1.0:
        count = rng.poisson(count * scale)
        is_used = count > 0
        user, feature, day, count = user[is_used], feature[is_used], day[is_used], count[is_used]
    duration = np.where(
        feature == _LOGIN, -1, 120 * np.minimum(count, 4) * rng.integers(1, 6, len(count))
    )
    order = np.lexsort((day, feature, user))
    user, feature, day = user[order], feature[order], day[order]
    return UsageRows(
        case.account.account_id,
        [user_id for user_id, _, _ in case.user_ids],
        user,
        feature,
        day,
        count[order],
        _runs(rng, case, day, feature),
        duration[order],
        _loaded_at(rng, day, end_day, usage),
    )


def as_events(rows: UsageRows, case: Case) -> list[tuple]:
    """The same usage as single events: rows of product_events in the order of their time."""
    rng = Draw(case.seed, "events", case.account.number).rng
    place = np.repeat(np.arange(len(rows)), rows.count)
    second = (rng.normal(13.2, 2.6, len(place)).clip(5, 22) * 3600).astype(np.int64)
    moment = rows.day[place] * DAY_SECONDS + second
    order = np.argsort(moment, kind="stable")
    events = []
    for number, i in enumerate(order, 1):
        source = place[i]
        quantity, duration = rows.quantity[source], int(rows.duration[source])
        each = int(rows.count[source])
        events.append(
            (
                f"evt_{case.account.number:05d}_{number:06d}",
                rows.account_id,
                rows.user_ids[rows.user[source]],
                FEATURE_KEYS[rows.feature[source]],
                int(moment[i]),
                None if np.isnan(quantity) else float(quantity) / each,
                None if duration < 0 else duration // each,
                int(moment[i]) + 900,
            )
        )
    return events
