"""What was known on a day: a company's rows from the day on which the world knew of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from .mrr import Company
from .raw import Row, known_on
from .tables import TABLES


def day_of(moment: datetime | None) -> date | None:
    """The UTC day."""
    return None if moment is None else moment.date()


def ratio(part: Any, whole: Any) -> Fraction | None:
    """A quotient, exact; of nothing there is none."""
    return Fraction(part) / Fraction(whole) if whole else None


def mean(values: Iterable[Any]) -> Fraction | None:
    """The mean, exact; of nothing there is none."""
    numbers = [Fraction(value) for value in values]
    return ratio(sum(numbers), len(numbers))


def within(day: date | None, end: date, days: int) -> bool:
    """Whether a day is one of those that end on another."""
    return day is not None and end - timedelta(days=days) < day <= end


class Known:
    """The rows of a company by account, each from the day on which it was known."""

    def __init__(self, company: Company) -> None:
        """Sort the company's accepted rows."""
        self.company = company
        self.accounts = {row["account_id"]: row for row in company.accepted.rows["crm_accounts"]}
        self._rows: dict[str, dict[str, list[tuple[date, Row]]]] = {}
        for table in TABLES:
            own: dict[str, list[tuple[date, Row]]] = defaultdict(list)
            if any(column.name == "account_id" for column in table.columns):
                for row in company.accepted.rows.get(table.name, []):
                    own[row["account_id"]].append((known_on(table, row).date(), row))
            self._rows[table.name] = own
        self._firsts = {
            name: min((since for rows in own.values() for since, _ in rows), default=date.max)
            for name, own in self._rows.items()
        }

    def rows(self, table: str, account_id: str, day: date) -> list[Row]:
        """The account's rows that were known by the end of the day."""
        return [row for since, row in self._rows[table].get(account_id, []) if since <= day]

    def all_rows(self, table: str) -> list[tuple[date, Row]]:
        """The rows of all accounts, each with the day since when it was known."""
        return [entry for own in self._rows[table].values() for entry in own]

    def first(self, table: str) -> date:
        """Since when the company has any row of the table."""
        return self._firsts[table]

    def firsts(self, table: str) -> dict[str, date]:
        """Since when each account has any."""
        return {
            account_id: min(since for since, _ in own)
            for account_id, own in self._rows[table].items()
        }
