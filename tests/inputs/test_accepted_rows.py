"""A row that staging accepts breaks no test and no expectation, however odd its values are."""

import csv
import random
import shutil
from pathlib import Path

import pytest
from conftest import dbt
from raw_folder import Column, contract
from test_same_facts import SETTINGS, _rows

from benchmarks.builds import WITHOUT_UNIT_TESTS
from demo_company import generate
from expectations.validation import validate_build

# Values that the contract takes at its edges; one row in so many gets some.
ODD = {
    "date": ("1990-01-01", "1999-12-31", "2026-07-14", "2029-02-28", "9998-12-31", "2024-02-29"),
    "timestamp": ("1990-01-01", "2026-07-14 23:59:59", "2029-02-28 12:00:00", "2024-02-29"),
    "int": ("0", "-1", "1", "2147483647", "5"),
    "decimal": ("0", "-1", "0.000001", "1000000000000", "-1000000000000", "100"),
    "bool": ("true", "false"),
}
ONE_IN = 8


@pytest.mark.parametrize("seed", [11, 12])
def test_odd_rows_break_nothing(seed: int, tmp_path: Path):
    chance = random.Random(seed)
    generate(seed, 25, 14, tmp_path / "generated", dirt=False)
    raw = tmp_path / "raw"
    raw.mkdir()
    for name, table in contract().items():
        rows = _rows(tmp_path / "generated", name)
        for row in rows:
            if chance.randrange(ONE_IN) == 0:
                changed = chance.choices(table.columns, k=2)
                row |= {c.name: chance.choice(_odd(c)) for c in changed if _odd(c)}
        if rows:
            columns = list(dict.fromkeys(name for row in rows for name in row))
            with (raw / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns, restval="")
                writer.writeheader()
                writer.writerows(rows)
    options = ("build", tmp_path, *WITHOUT_UNIT_TESTS, "--vars", SETTINGS)
    built = dbt(*options, CS_RAW_PATH=str(raw))
    failed = {row["unique_id"] for row in built.results if row["status"] in ("error", "fail")}
    # How much was lost is another question.
    assert not [name for name in failed if "_within_limit" not in name], built.output[-6000:]
    report = validate_build(tmp_path / "build.duckdb", tmp_path / "docs", "2500MB")
    assert not report.findings, "\n".join(report.words())
    shutil.rmtree(raw)


def _odd(column: Column) -> tuple[str, ...]:
    if column.name.endswith("_id") or column.type in ("id", "text", "currency"):
        return ()
    return column.values if column.type == "enum" else ODD[column.type]
