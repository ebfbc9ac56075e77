"""Subscriptions that replace another one, and since when."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from .raw import Row

Service = tuple[date, date]  # first day that bills, first day that does not any more


def replaced_on(
    subscriptions: Iterable[Row], service: Callable[[Row], Service], as_of: date
) -> dict[str, date]:
    """The day on which each replaced subscription gives way, as far as known on a day."""
    by_id = {row["subscription_id"]: row for row in subscriptions}

    def named(row: Row) -> Row | None:
        """The other subscription of its account that a row names, unless it began later."""
        other = by_id.get(row["renews_subscription_id"])
        if other is None or other is row or other["account_id"] != row["account_id"]:
            return None
        return other if other["started_on"] <= row["started_on"] else None

    gone: dict[str, date] = {}
    for row in by_id.values():
        before = named(row)
        if before is None:
            continue
        if before["started_on"] == row["started_on"]:
            # Begun on one day: nobody can say who was first, so a circle is cut by the ids.
            third = named(before)
            in_circle = third is not None and third["started_on"] == before["started_on"]
            if in_circle and row["subscription_id"] < before["subscription_id"]:
                continue
        first, end = service(row)
        if first < end and first <= as_of:
            name = before["subscription_id"]
            gone[name] = min(gone.get(name, date.max), first)
    return gone
