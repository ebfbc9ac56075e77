"""Days, months and seconds as integers.

Inside the simulator a day is the number of days since 1970-01-01 and an instant the number of
seconds since then (UTC). They become dates and timestamps only when they are written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

_EPOCH = date(1970, 1, 1)
DAY_SECONDS = 86_400


def to_day(value: date) -> int:
    """The day number of a date."""
    return (value - _EPOCH).days


@lru_cache(maxsize=20_000)
def to_date(day: int) -> date:
    """The date of a day number."""
    return _EPOCH + timedelta(days=day)


def month_start(day: int) -> int:
    """The first day of the calendar month that holds `day`."""
    return day - to_date(day).day + 1


@lru_cache(maxsize=200_000)
def add_months(day: int, months: int) -> int:
    """`day` moved by calendar months, clamped to the last day of the month it lands in."""
    start = to_date(day)
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return to_day(date(year, month + 1, min(start.day, last)))


def quarter_start(day: int) -> int:
    """The first day of the calendar quarter that holds `day`."""
    start = to_date(day)
    return to_day(date(start.year, (start.month - 1) // 3 * 3 + 1, 1))


def at(day: int, hour: float) -> int:
    """The instant `hour` hours into `day`, in seconds, on a whole second."""
    return day * DAY_SECONDS + int(hour * 3600)


@dataclass(frozen=True)
class Timeline:
    """The simulated time.

    `earlier_months` since the founding, then `months` complete calendar months for which all
    systems hold records, then part of an open month.
    """

    end: date
    months: int
    earlier_months: int = 0

    @cached_property
    def end_day(self) -> int:
        """The last day with data."""
        return to_day(self.end)

    @cached_property
    def last_complete_month_end(self) -> int:
        """The last day of the last complete month."""
        following = to_date(self.end_day + 1)
        return self.end_day if following.day == 1 else month_start(self.end_day) - 1

    @cached_property
    def first_day(self) -> int:
        """The first day that the records of every system cover."""
        return add_months(self.last_complete_month_end + 1, -self.months)

    @cached_property
    def founded_day(self) -> int:
        """The first day of the founding month. Billing reaches back to it."""
        return add_months(self.first_day, -self.earlier_months)

    @cached_property
    def month_starts(self) -> tuple[int, ...]:
        """First days of all months since the founding, the open one included."""
        starts = []
        month = self.founded_day
        while month <= self.end_day:
            starts.append(month)
            month = add_months(month, 1)
        return tuple(starts)

    @cached_property
    def recorded_months(self) -> tuple[int, ...]:
        """First days of the months that the records of every system cover."""
        return self.month_starts[self.earlier_months :]

    def month_index(self, day: int) -> int:
        """Months from the founding to the month of `day`."""
        first, value = to_date(self.founded_day), to_date(day)
        return (value.year - first.year) * 12 + value.month - first.month
