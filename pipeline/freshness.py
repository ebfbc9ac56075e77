"""How old the newest row of each named system is in a snapshot."""

from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from pipeline.engine import has_table

OBJECTS = "dq_source_objects"
DAYS_FROM_HOURS = 48


@dataclass(frozen=True)
class Freshness:
    """A system of a snapshot. The time is ISO 8601 in UTC, None where the loader does not say.

    `age_hours` counts from then until now.
    """

    system: str
    objects: int
    rows: int
    newest_loaded_at: str | None
    age_hours: float | None

    def line(self) -> str:
        """The system as a line of text."""
        now = datetime.now(UTC).replace(tzinfo=None)
        age = age_in_words(self.newest_loaded_at, now)
        return f"{self.system}: {self.rows:,} rows of {self.objects} objects, {age}"


def freshness(connection: duckdb.DuckDBPyConnection, catalog: str) -> tuple[Freshness, ...]:
    """The systems of an attached file, the oldest first. None without named sources."""
    if not has_table(connection, catalog, "quality", OBJECTS):
        return ()
    now = datetime.now(UTC).replace(tzinfo=None)
    found = connection.execute(
        "select source_system, count(*) filter (where is_present), sum(rows_read)::bigint, "
        f"max(newest_loaded_at) from {catalog}.quality.{OBJECTS} "
        "group by all order by max(newest_loaded_at) nulls first, source_system"
    ).fetchall()
    return tuple(
        Freshness(
            system,
            objects,
            rows,
            newest.isoformat(timespec="seconds") if newest else None,
            round(_hours(newest, now), 2) if newest else None,
        )
        for system, objects, rows, newest in found
    )


def age_in_words(moment: str | None, now: datetime) -> str:
    """How old the newest row of a system is. `moment` is ISO 8601 in UTC, as `now` is."""
    if moment is None:
        return "the loader does not say when its newest row came"
    hours = _hours(datetime.fromisoformat(moment), now)
    age = f"{hours:.1f} hours" if hours < DAYS_FROM_HOURS else f"{hours / 24:.0f} days"
    return f"newest row {age} ago ({moment})"


def _hours(moment: datetime, now: datetime) -> float:
    return (now - moment).total_seconds() / 3600
