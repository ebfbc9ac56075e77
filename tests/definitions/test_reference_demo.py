"""The demo company's marts, as `dbt build` makes them, against the reference and the laws."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
from random_company import COLUMNS
from reference.expected import KEYS, all_differences
from reference.laws import DATED, known_by, unlike
from reference.mrr import Company
from reference.warehouse import DEMO, fetch, warehouse

from benchmarks.truncation import sources, truncate_raw

# A rate that was known at every cut, so that each run sees the same one.
FX_RATE_ON = date(2024, 7, 1)
CUTS = (date(2024, 9, 30), date(2025, 6, 30), date(2026, 2, 28))


def test_demo_equals_the_reference(marts):
    as_of, fx_rate_on = marts.execute(
        "select as_of_date, fx_rate_on from intermediate.int_run_context"
    ).fetchone()
    company = Company.read(DEMO, as_of, date.today(), fx_rate_on=fx_rate_on)
    assert all_differences(company, fetch(marts, KEYS)) == []


@pytest.fixture(scope="module")
def whole():
    return warehouse().run(DEMO, marts=DATED, fx_rate_on=FX_RATE_ON)


@pytest.mark.parametrize("day", CUTS)
def test_what_comes_later_changes_nothing_before(whole, tmp_path: Path, day: date):
    """The truncation law: cut at a month's end, every row dated by then is the same."""
    truncate_raw(DEMO, tmp_path, day, COLUMNS)
    cut = warehouse().run(tmp_path, day, marts=DATED, fx_rate_on=FX_RATE_ON)
    full = known_by(warehouse(), whole, day)
    assert full["fct_cohort_retention"]
    assert full["fct_health_scores"]
    assert full["fct_playbook_tasks"] or day != CUTS[-1]
    assert unlike(full, known_by(warehouse(), cut, day)) == []


def test_a_cut_holds_nothing_that_came_later(tmp_path: Path):
    """Every table is there, and no row of it was known only after the day."""
    truncate_raw(DEMO, tmp_path, CUTS[0])
    for source in sources():
        for path in tmp_path.glob(f"{source.file}.*"):
            columns = [part.strip() for part in source.known_at.split("/") if part]
            column = f"coalesce({', '.join(columns)})" if columns else "null"
            moment = f"try_cast({column} as timestamp)"
            (late,) = duckdb.execute(
                f"select count(*) from '{path}' where {moment} >= date '{CUTS[0]}' + 1"
            ).fetchone()
            assert late == 0, path.name
    tables = {path.name.partition(".")[0] for path in DEMO.iterdir()}
    assert {path.name.partition(".")[0] for path in tmp_path.iterdir()} == tables - {"_demo__seeds"}
