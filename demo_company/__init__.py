"""The demo company: a simulated B2B SaaS firm and the raw extracts that its systems would give.

`generate` writes one file for each table of the raw contract. The committed demo is its output
with the fixed arguments DEMO_SEED, DEMO_ACCOUNTS, DEMO_MONTHS and DEFAULT_END.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from .company_run import run
from .truths import Loss, Truths

__all__ = [
    "DEFAULT_END",
    "DEMO_ACCOUNTS",
    "DEMO_MONTHS",
    "DEMO_SEED",
    "GeneratedCompany",
    "Loss",
    "Truths",
    "generate",
]

DEMO_SEED = 42
DEMO_ACCOUNTS = 340
DEMO_MONTHS = 36
DEFAULT_END = date(2026, 7, 14)
"""The last day with data: two weeks into a month, so that the demo has an open month."""


@dataclass(frozen=True)
class GeneratedCompany:
    """What was written.

    `rows` counts rows by table, dirty ones included; `dirt` counts dirty rows by (table, reason),
    reasons as in `dirt.py`; `files` are the files or folders by table.
    """

    out: Path
    rows: dict[str, int] = field(default_factory=dict)
    dirt: dict[tuple[str, str], int] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    truths: Truths = field(default_factory=Truths)


def generate(
    seed: int,
    accounts: int,
    months: int,
    out: Path,
    end: date = DEFAULT_END,
    file_format: Literal["csv", "parquet"] = "csv",
    dirt: bool = True,
    events_rows: int | None = None,
) -> GeneratedCompany:
    """Simulate a company and write its raw extracts into the folder `out`.

    `accounts` is about the number of accounts active at the end; a quarter more came and went.
    `months` complete months of history end with the last one that is over on `end`; the days of
    `end`'s own month after it are there as an open month. With `events_rows` (Parquet only) usage
    is written as about that many raw events, a part a month, instead of daily counts; one in a
    thousand of them comes twice, `dirt` or not.
    """
    rows, ledger, files, truths = run(
        seed, accounts, months, Path(out), end, file_format, dirt, events_rows
    )
    return GeneratedCompany(Path(out), rows, ledger, files, truths)
