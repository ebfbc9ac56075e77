"""What the laws compare: marts by key, and what of them was known by a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from .expected import KEYS, Key, in_scope, is_same
from .lines import add_months, month_of
from .rules import read_policy

if TYPE_CHECKING:
    from .warehouse import Row, Warehouse

SNAPSHOT = "snapshot_date"
DATED = tuple(mart for mart in KEYS if mart.startswith("fct_") or mart == "rpt_scorecard_history")
# The playbooks that are judged. By then two weekly judgements, six days apart, have decided.
CONDITIONS = {row["playbook"] for row in read_policy("playbooks") if row["judgements"]}
SETTLED = timedelta(days=14)

Marts = dict[str, dict[Key, dict[str, Any]]]


def keyed(marts: Mapping[str, Sequence[Row]]) -> Marts:
    """Each mart's rows by their key."""
    return {
        mart: {
            tuple(row[column] for column in KEYS[mart]): row for row in in_scope(mart, marts[mart])
        }
        for mart in DATED
    }


def _youngest(marts: Marts) -> dict[Key, date]:
    """The latest first month among a cohort's members, by all of its key but the age."""
    firsts: dict[str, date] = {}
    for account_id, month in sorted(marts["fct_account_segments"]):
        firsts.setdefault(account_id, month)
    youngest: dict[Key, date] = {}
    for account_id, first in sorted(firsts.items(), key=lambda item: item[1]):
        quarter = add_months(first, -((first.month - 1) % 3))
        tier = marts["fct_account_segments"][account_id, first]["touch_tier"]
        for segment in (("all", "all"), ("touch_tier", tier)):
            youngest["month", first, *segment] = youngest["quarter", quarter, *segment] = first
    return youngest


def known_by(warehouse: Warehouse, marts: Mapping[str, Sequence[Row]], day: date) -> Marts:
    """The rows dated by a month's last day, without the columns that are known later."""
    rows, last = keyed(marts), month_of(day)
    youngest = _youngest(rows)

    def is_dated(mart: str, key: Key, row: Row) -> bool:
        if mart == "fct_cohort_retention":
            grain, cohort, *segment, age = key
            closed = add_months(cohort, 2) if grain == "quarter" else cohort
            return max(closed, add_months(youngest[grain, cohort, *segment], age)) <= last
        if mart == "fct_mrr_monthly" and not row["opening_mrr"] and not row["closing_mrr"]:
            return False  # rows between a churn and a return exist once the return is known
        if SNAPSHOT in row:
            return row[SNAPSHOT] <= day
        if "known_on" in row:
            return row["known_on"] <= day and not row["is_provisional"]
        if mart == "fct_success_objectives":
            return row["created_on"] <= day
        if mart == "fct_activities":
            return (row["scheduled_on"] or row["completed_on"] or day) <= day
        if "is_provisional" in row:
            return (
                row["opened_on" if "opened_on" in row else "due_on"] <= day
                and not row["is_provisional"]
            )
        return row["month" if "month" in row else "churned_month"] <= last

    return {
        mart: {
            key: {
                name: value
                for name, value in row.items()
                if name not in warehouse.compiled.later_known[mart]
            }
            for key, row in rows[mart].items()
            if is_dated(mart, key, row)
        }
        for mart in DATED
    }


def _is_kept(day: date) -> bool:
    """Whether every run looks at the day: at each month's end, at the latest Sundays alone."""
    return (day + timedelta(days=1)).day == 1


def _trigger_of(event: Row) -> str | None:
    """The trigger that an event leads to."""
    name, _, value = event["row_key"].partition("=")
    return value if name == "trigger_id" else None


def unlike(before: Marts, after: Marts) -> list[str]:
    """What differs between two runs that ought to be the same, on the days that both look at."""
    days = [{key[0] for key in marts["fct_health_scores"]} for marts in (before, after)]
    # Outside the weeks that a run judges, it finds a trigger at month-ends or not at all.
    weekly_from = max(
        min((day for day in own if not _is_kept(day)), default=date.max) for own in days
    )
    # A condition that was open by then, or was about to open, depends on the dates judged before.
    unsettled = {
        (row["account_id"], row["playbook"])
        for marts in (before, after)
        for row in marts["fct_playbook_triggers"].values()
        if days[0] != days[1]
        and row["playbook"] in CONDITIONS
        and row["opened_on"] - SETTLED < weekly_from
    }

    def is_shared(marts: Marts, mart: str, key: Key) -> bool:
        trigger_id = key[0] if KEYS[mart][0] == "trigger_id" else None
        if mart == "fct_account_events":
            trigger_id = _trigger_of(marts[mart][key])
        if trigger_id is not None:
            trigger = marts["fct_playbook_triggers"].get((trigger_id,))
            return (
                trigger is not None
                and trigger["opened_on"] >= weekly_from
                and (trigger["account_id"], trigger["playbook"]) not in unsettled
            )
        return KEYS[mart][0] != SNAPSHOT or _is_kept(key[0]) or all(key[0] in own for own in days)

    problems = []
    for mart in DATED:
        old, new = (
            {key: row for key, row in marts[mart].items() if is_shared(marts, mart, key)}
            for marts in (before, after)
        )
        problems += [f"{mart}: only before {key}" for key in old.keys() - new.keys()]
        problems += [f"{mart}: only after {key}" for key in new.keys() - old.keys()]
        problems += [
            f"{mart}: {key} {column} was {old[key][column]!r}, is {new[key][column]!r}"
            for key in old.keys() & new.keys()
            if old[key] != new[key]
            for column in old[key]
            if not is_same(old[key][column], new[key][column])
        ]
    return sorted(problems)
