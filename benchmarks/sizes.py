"""The companies that a build is measured on."""

from dataclasses import dataclass
from pathlib import Path

from demo_company import generate


@dataclass(frozen=True)
class Size:
    """So many accounts active at the end, and about so many events of theirs."""

    accounts: int
    events: int
    months: int = 36
    is_for_local_spark: bool = False

    def make(self, raw: Path) -> None:
        """Generate its raw data, typed and clean, usage as Parquet parts of single events."""
        generate(
            seed=1,
            accounts=self.accounts,
            months=self.months,
            out=raw,
            file_format="parquet",
            dirt=False,
            events_rows=self.events,
        )


# The demo is what the repository holds.
SIZES: dict[str, Size | None] = {
    "demo": None,
    "s": Size(accounts=1_000, events=1_000_000, is_for_local_spark=True),
    "m": Size(accounts=10_000, events=100_000_000),
}
