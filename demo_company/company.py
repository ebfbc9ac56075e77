"""One account with all its simulated facts, for the writers of rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from .book import Book
from .life import Life, latent
from .population import Account
from .team import Ownership
from .timeline import Timeline


@dataclass
class Contact:
    """A person at a customer. `departed` is None before they leave."""

    contact_id: str
    kind: str
    arrived: int
    departed: int | None


@dataclass
class Case:
    """An account, its life, its contracts, its owner, and the people known there."""

    account: Account
    life: Life
    book: Book
    ownership: Ownership
    timeline: Timeline
    seed: int
    contacts: list[Contact] = field(default_factory=list)
    user_ids: list[tuple[str, int, int | None]] = field(default_factory=list)

    @property
    def first_known(self) -> int:
        """The first day for rows about the account: the day after its own row."""
        return max(self.account.created_at // 86_400 + 1, 0)

    @property
    def first_recorded(self) -> int:
        """The first day for records of work, use and support, which begin later than billing."""
        return max(self.first_known, self.timeline.first_day)

    @property
    def first_served(self) -> int:
        """The first day of service that the records cover."""
        return max(self.account.start_day, self.timeline.first_day)

    @property
    def is_customer(self) -> bool:
        """Whether the account pays at any time."""
        return self.account.kind in ("base", "new")

    def engagement(self, day: int) -> float:
        """Engagement in the month of a day, a low value outside service."""
        return latent(self.life.engagement, self.timeline, day, -1.0)

    def satisfaction(self, day: int) -> float:
        """Satisfaction in the month of a day, a low value outside service."""
        return latent(self.life.satisfaction, self.timeline, day, -0.8)

    def service_months(self) -> list[tuple[int, int]]:
        """(first, last) days of each calendar month in service, within the records."""
        spans = []
        starts = self.timeline.recorded_months
        stops = (*starts[1:], self.timeline.end_day + 1)
        for period in self.life.periods:
            for start, stop in zip(starts, stops, strict=True):
                low = max(start, period.start)
                high = min(
                    stop - 1,
                    self.timeline.end_day,
                    (period.end if period.end is not None else stop) - 1,
                )
                if low <= high:
                    spans.append((low, high))
        return spans

    def present_contacts(self, day: int) -> list[Contact]:
        """Contacts who are present on a day."""
        return [
            c
            for c in self.contacts
            if c.arrived <= day and (c.departed is None or c.departed > day)
        ]
