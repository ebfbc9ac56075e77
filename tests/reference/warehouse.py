"""The warehouse under test: built once by dbt, then run again on other companies in place."""

from __future__ import annotations

import atexit
import csv
import shutil
import tempfile
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
from conftest import PROJECT, dbt
from random_company import (
    COLUMNS,
    RUN_DATE,
    USAGE,
    RandomCompany,
    write_csv,
    write_policy,
    write_usage,
)

from benchmarks.compiled import Compiled

from .expected import KEYS
from .lines import Policy

DEMO = PROJECT / "seeds" / "demo"
MARTS = tuple(KEYS)
# Literals of the build that a run exchanges for its own.
AS_OF = date(2026, 6, 30)
FX_RATE_ON = date(2026, 1, 1)

Row = dict[str, Any]


def _copy_complete(source: Path, target: Path) -> None:
    """Copy a table with the columns of the contract in its order, which the compiled SQL reads."""
    if target.stem == USAGE:
        if source.with_suffix(".parquet").exists():
            shutil.copyfile(source.with_suffix(".parquet"), target.with_suffix(".parquet"))
        else:
            write_usage(target.with_suffix(".parquet"), [])
        return
    rows: list[dict[str, str]] = []
    if source.exists():
        with source.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    columns = COLUMNS[target.stem]
    write_csv(target, columns, ({name: row.get(name, "") for name in columns} for row in rows))


class Warehouse:
    """A build of what the demo company bills, and its SQL to run on any other."""

    def __init__(self, home: Path) -> None:
        """Build in an empty folder, which takes seconds."""
        self.raw, self.policy = home / "raw", home / "policy"
        self.raw.mkdir(parents=True)
        self.policy.mkdir()
        self._fill(DEMO)
        write_policy(Policy(), self.policy / "mrr_policy.csv")
        variables = f"{{as_of_date: {AS_OF}, fx_rate_on: {FX_RATE_ON}, run_date: {RUN_DATE}}}"
        build = dbt(
            "build",
            home,
            *("--quiet", "--vars", variables, "--select", *(f"+{mart}" for mart in MARTS)),
            *("--resource-type", "model", "--resource-type", "seed"),
            CS_RAW_PATH=str(self.raw),
            CS_POLICY_PATH=str(self.policy),
        )
        if build.returncode:
            raise RuntimeError(f"dbt build failed:\n{build.output[-4000:]}")
        self.connection = duckdb.connect(str(home / "build.duckdb"), config={"threads": 2})
        self.connection.execute("set TimeZone = 'UTC'")
        self.manifest = build.target / "manifest.json"
        self.compiled = Compiled(self.manifest, MARTS)

    def _fill(self, source: Path) -> None:
        for name in COLUMNS:
            _copy_complete(source / f"{name}.csv", self.raw / f"{name}.csv")

    def run(
        self,
        source: RandomCompany | Path,
        as_of: date | None = None,
        fx_rate_on: date | None = None,
        marts: Iterable[str] = MARTS,
        policy: Policy | None = None,
    ) -> dict[str, list[Row]]:
        """The marts of a company, random or in a folder of raw tables."""
        if isinstance(source, RandomCompany):
            source.write(self.raw)
            policy, as_of = source.policy, as_of or source.as_of
        else:
            self._fill(source)
        write_policy(policy or Policy(), self.policy / "mrr_policy.csv")
        as_of = as_of or AS_OF
        literals = {
            f"'{AS_OF}'": f"'{as_of}'",
            f"'{FX_RATE_ON}'": f"'{fx_rate_on or date(as_of.year, 1, 1)}'",
        }
        # A few rows are counted sooner by one alone, and one transaction waits but once.
        threads = 1 if isinstance(source, RandomCompany) else 2
        self.connection.execute(f"set threads = {threads}")
        self.connection.begin()
        self.compiled.run(self.connection, literals)
        self.connection.commit()
        return fetch(self.connection, marts)


def fetch(connection: duckdb.DuckDBPyConnection, marts: Iterable[str]) -> dict[str, list[Row]]:
    """The rows of marts."""
    found = {}
    for mart in marts:
        schema = "quality" if mart.startswith("dq_") else "marts"
        cursor = connection.execute(f"select * from {schema}.{mart}")
        names = [column[0] for column in cursor.description]
        found[mart] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


@cache
def warehouse() -> Warehouse:
    """The one warehouse of a test session."""
    home = Path(tempfile.mkdtemp(prefix="reference-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return Warehouse(home)
