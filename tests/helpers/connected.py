"""Small companies whose systems a loader left in files, built through the connectors.

A build parses the project and takes half a minute, so share one in a module's fixture.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from conftest import Build, dbt

Rows = Sequence[Mapping[str, Any]]
SHARED = Path(__file__).resolve().parents[3] / "shared" / "acceptance"


@dataclass(frozen=True)
class Connected:
    """A build over the files of some systems."""

    build: Build

    @property
    def output(self) -> str:
        """What dbt printed."""
        return self.build.output

    @property
    def code(self) -> int:
        """The exit code of dbt."""
        return self.build.returncode

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query on the build."""
        path = str(self.build.home / "build.duckdb")
        with duckdb.connect(path, read_only=True) as connection:
            return connection.execute(sql).fetchall()


def write_tables(folder: Path, tables: Mapping[str, Rows]) -> Path:
    """Write a CSV file for each table. A table without rows is not written."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        if rows:
            names = list(dict.fromkeys(key for row in rows for key in row))
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, names, restval="")
                writer.writeheader()
                writer.writerows(rows)
    return folder


def connected(
    home: Path,
    systems: Mapping[str, Mapping[str, Rows] | Path | str],
    raw: Mapping[str, Rows] | None = None,
    policy: Mapping[str, Rows] | None = None,
    select: str | None = None,
    with_tests: bool = False,
    **settings: Any,
) -> Connected:
    """Build a company from the tables of its systems.

    A system is given as its tables, as a folder of files, or as the name of a schema. `raw` are the
    company's own contract tables, `policy` its own policy files. `settings` are vars of dbt.
    """
    home.mkdir(parents=True, exist_ok=True)
    places = {
        system: str(
            given
            if isinstance(given, (Path, str))
            else write_tables(home / "sources" / system, given)
        )
        for system, given in systems.items()
    }
    environment = {}
    if raw:
        environment["CS_RAW_PATH"] = str(write_tables(home / "raw", raw))
    if policy:
        environment["CS_POLICY_PATH"] = str(write_tables(home / "policy", policy))
    given_vars = {"sources": places, "run_date": "2025-07-01", "max_rejected_share": 1} | settings
    chosen = ["--select", *select.split()] if select else []
    kinds = ["unit_test"] if with_tests else ["unit_test", "test"]
    excluded = [word for kind in kinds for word in ("--exclude-resource-type", kind)]
    build = dbt("build", home, *chosen, *excluded, "--vars", json.dumps(given_vars), **environment)
    return Connected(build)
