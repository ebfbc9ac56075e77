"""Rows of the product about accounts and people: users, features, limits, milestones."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .catalogue import AUTOMATION, interval_months
from .company import Case
from .streams import Draw, clip, logistic
from .timeline import at
from .words import DEPARTMENTS

Add = Callable[..., None]

FEATURES: tuple[tuple[str, str, bool, bool, float], ...] = (
    ("workspace", "core", True, False, 1.00),
    ("boards", "core", True, False, 0.80),
    ("requests", "core", True, False, 0.62),
    ("approvals", "core", True, False, 0.48),
    ("reports", "core", True, False, 0.45),
    ("calendar", "core", True, False, 0.36),
    ("forms", "intake", False, False, 0.22),
    ("mobile", "access", False, False, 0.24),
    ("exports", "data", False, False, 0.16),
    ("automations", "automation", False, False, 0.20),
    ("api", "data", False, True, 0.16),
    ("forecasting", "insights", False, False, 0.08),
    ("audit_log", "governance", False, True, 0.12),
    ("assistant", "insights", False, True, 0.22),
)
"""Feature key, module, core, gateway, and its relative usage.

A gateway comes with every plan. Who takes one up thinks about more. What an add-on sells is none.
"""

GATEWAYS = tuple(key for key, _, _, gateway, _ in FEATURES if gateway)


def write_features(add: Add) -> None:
    """Rows of product_features."""
    for key, module, core, gateway, _ in FEATURES:
        add("product_features", key, module, core, gateway)


def _places(case: Case, draw: Draw) -> list[tuple[int, int]]:
    """(day, number of users) during an account's service, from seats and onboarding."""
    taken = clip(0.80 + 0.09 * case.account.onboarding, 0.45, 0.98)
    wanted = []
    for low, _ in case.service_months():
        seats = case.book.seats(low)
        ready = clip(0.55 + (low - case.account.start_day) / 200, 0.0, 1.0)
        wanted.append((low, max(1, round(seats * taken * ready))))
    return wanted


def write_users(add: Add, case: Case) -> None:
    """Rows of product_users, also stored in the case. Accounts without a feed have none."""
    account, draw = case.account, Draw(case.seed, "users", case.account.number)
    if account.feed == "none" or account.kind == "prospect":
        return
    end, number = case.timeline.end_day, 0
    present: list[list] = []
    everyone: list[list] = []
    for low, wanted in _places(case, draw):
        first = low == case.first_served
        for user in list(present):
            if not first and draw.chance(0.011):
                user[2] = max(low + draw.integer(0, 27), user[1] + 1)
                present.remove(user)
        while len(present) > wanted + 2 and len(present) > 1:
            user = present.pop()
            user[2] = max(low + draw.integer(0, 27), user[1] + 1)
        while len(present) < wanted:
            number += 1
            made = low + draw.integer(0, 20)
            if first and account.kind == "base":
                made = max(case.first_recorded, low - draw.integer(0, 420))
            elif first:
                made = low + min(draw.integer(0, 24), draw.integer(0, 24))
            user = [f"usr_{account.number:05d}_{number:03d}", made, None]
            everyone.append(user)
            present.append(user)
    final = case.life.periods[-1].end if case.life.periods else None
    for user_id, made, gone in everyone:
        if gone is None and final is not None and draw.chance(0.75):
            gone = final + draw.integer(0, 9)
        if made > end:
            continue
        hour = draw.uniform(7, 12)
        gone = gone if gone is not None and made < gone <= end else None
        add(
            "product_users",
            user_id,
            account.account_id,
            at(made, hour),
            at(gone, draw.uniform(13, 19)) if gone is not None else None,
            draw.pick(DEPARTMENTS) if draw.chance(0.9) else None,
        )
        case.user_ids.append(
            (user_id, at(made, hour), at(gone, 13.0) if gone is not None else None)
        )


def write_limits(add: Add, case: Case) -> None:
    """Rows of product_usage_limits: committed runs per calendar month."""
    limits: list[list] = []
    for sub in case.book.subscriptions:
        for item in sub.items:
            for place, row in enumerate(item.rows):
                if row.line.product != AUTOMATION:
                    continue
                months = interval_months(case.account)
                stop = row.end or (
                    item.rows[place + 1].start if place + 1 < len(item.rows) else sub.end
                )
                limits.append([row.start, stop, round(row.line.quantity / months, -1)])
    # Two subscriptions that begin together may differ in whether they end.
    limits.sort(key=lambda limit: (limit[0], limit[1] is None, limit[1] or 0, limit[2]))
    merged: list[list] = []
    for start, stop, quantity in limits:
        if merged and merged[-1][2] == quantity and merged[-1][1] == start:
            merged[-1][1] = stop
        elif stop is None or stop > start:
            merged.append([start, stop, quantity])
    for start, stop, quantity in merged:
        if start <= case.timeline.end_day:
            add(
                "product_usage_limits",
                case.account.account_id,
                "automations",
                quantity,
                start,
                stop,
            )


def write_milestones(add: Add, case: Case) -> None:
    """Rows of product_milestones: the progress of a new account."""
    account, draw = case.account, Draw(case.seed, "milestones", case.account.number)
    if account.kind not in ("new", "trial_only") or not draw.chance(0.94):
        return
    last = min(case.timeline.end_day, (case.life.periods[0].end or case.timeline.end_day + 1) - 1)
    pace = float(np.exp(-0.35 * account.onboarding + draw.normal(0, 0.25)))
    reach = 2.6 + 0.9 * account.onboarding
    day = float(account.start_day)
    for name, days, ease in (
        ("access_provisioned", 1.0, 4.0),
        ("first_login", 2.0, 3.0),
        ("first_action", 3.0, 1.8),
        ("first_outcome", 10.0, 0.6),
        ("go_live", 9.0, 0.5),
        ("onboarding_completed", 12.0, 0.4),
        ("full_value", 45.0, -1.0),
    ):
        day += days * pace * draw.uniform(0.4, 1.7)
        if day > last or not draw.chance(logistic(reach + ease)):
            break
        if name != "go_live" or draw.chance(0.7):
            add("product_milestones", account.account_id, name, at(int(day), draw.uniform(8, 19)))
