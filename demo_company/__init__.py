"""The demo company: a simulated B2B SaaS firm and the raw extracts of its systems.

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

DEMO_SEED = 138
DEMO_ACCOUNTS = 340
DEMO_MONTHS = 36
DEFAULT_END = date(2026, 7, 14)
"""The last day with data, two weeks into a month, so that the demo has an open month."""


@dataclass(frozen=True)
class GeneratedCompany:
    """The result of `generate`.

    `rows` counts rows by table, dirty ones included. `dirt` counts dirty rows by (table, reason),
    with the reasons of `dirt.py`. `files` are the files or folders by table.
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
    earlier_months: int | None = None,
) -> GeneratedCompany:
    """Simulate a company and write its raw extracts into the folder `out`.

    `accounts` is the approximate number of accounts active at the end. A quarter more have left.
    `months` complete months of history end with the last month that is over on `end`. The days of
    `end`'s own month follow as an open month. With `events_rows` (Parquet only) the files hold
    about that number of raw events, one part per month, instead of daily counts. One event in a
    thousand comes twice, even without `dirt`. `earlier_months` (1 or more, four years by default)
    lie between the founding and the months of history, and only billing and the CRM cover them.
    """
    rows, ledger, files, truths = run(
        seed, accounts, months, Path(out), end, file_format, dirt, events_rows, earlier_months
    )
    return GeneratedCompany(Path(out), rows, ledger, files, truths)
