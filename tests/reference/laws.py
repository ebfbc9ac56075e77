"""What the laws compare: marts by key, and what of them was known by a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from .expected import KEYS, Key, in_scope
from .lines import add_months, month_of

if TYPE_CHECKING:
    from .warehouse import Row, Warehouse

DATED = tuple(mart for mart in KEYS if mart.startswith("fct_"))

Marts = dict[str, dict[Key, dict[str, Any]]]


def keyed(marts: Mapping[str, Sequence[Row]]) -> Marts:
    """Each mart's rows by their key."""
    return {
        mart: {
            tuple(row[column] for column in KEYS[mart]): row for row in in_scope(mart, marts[mart])
        }
        for mart in DATED
    }


def _youngest(marts: Marts) -> dict[tuple[str, date], date]:
    """The latest first month among a cohort's members, by grain and cohort."""
    firsts: dict[str, date] = {}
    for account_id, month in sorted(marts["fct_mrr_monthly"]):
        firsts.setdefault(account_id, month)
    youngest: dict[tuple[str, date], date] = {}
    for first in sorted(firsts.values()):
        quarter = add_months(first, -((first.month - 1) % 3))
        youngest["month", first] = youngest["quarter", quarter] = first
    return youngest


def known_by(warehouse: Warehouse, marts: Mapping[str, Sequence[Row]], day: date) -> Marts:
    """The rows dated by a month's last day, without the columns that are told afterwards."""
    rows, last = keyed(marts), month_of(day)
    youngest = _youngest(rows)

    def is_dated(mart: str, key: Key, row: Row) -> bool:
        if mart == "fct_cohort_retention":
            grain, cohort, age = key
            closed = add_months(cohort, 2) if grain == "quarter" else cohort
            return max(closed, add_months(youngest[grain, cohort], age)) <= last
        if mart == "fct_mrr_monthly" and not row["opening_mrr"] and not row["closing_mrr"]:
            return False  # rows between a churn and a return exist once the return is known
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


def unlike(before: Marts, after: Marts) -> list[str]:
    """What differs between two runs that ought to be the same."""
    problems = []
    for mart in DATED:
        old, new = before[mart], after[mart]
        problems += [f"{mart}: only before {key}" for key in old.keys() - new.keys()]
        problems += [f"{mart}: only after {key}" for key in new.keys() - old.keys()]
        problems += [
            f"{mart}: {key} {column} was {old[key][column]!r}, is {new[key][column]!r}"
            for key in old.keys() & new.keys()
            for column in old[key]
            if old[key][column] != new[key][column]
        ]
    return sorted(problems)
