"""Validation: a build that keeps every law becomes publishable, and findings say what is wrong."""

import io
import shutil
from pathlib import Path

import duckdb
import pytest
from conftest import Build

from pipeline import runner
from pipeline.console import Reporter
from pipeline.outcomes import ExpectationsFailed
from pipeline.settings import Settings
from pipeline.state import current_build, record_build


@pytest.fixture
def settings(demo: Build, tmp_path: Path) -> Settings:
    """A warehouse with a copy of the demo's build, as `run` leaves it before it validates."""
    found = Settings(warehouse=tmp_path / "warehouse", target_dir=demo.target)
    found.warehouse.mkdir()
    # Under the name of the demo's own file, as views name it.
    shutil.copyfile(demo.home / "build.duckdb", found.build_file)
    record_build(found, "test", "2026-01-01T00:00:00", "demo")
    return found


def test_a_validation_that_passes_makes_the_build_publishable(settings: Settings) -> None:
    assert runner.validate_current(settings, Reporter(io.StringIO())).outcome == "validated"
    assert (settings.data_docs / "index.html").exists()
    known = current_build(settings)
    assert known is not None
    assert known.is_validated
    settings.build_file.touch()
    said = io.StringIO()
    runner.validate_current(settings, Reporter(said))
    assert "cannot be published" in said.getvalue()
    assert current_build(settings) is None


def test_an_error_of_the_engine_is_no_finding_about_the_data(settings: Settings) -> None:
    with duckdb.connect(str(settings.build_file)) as build:
        build.execute("update marts.fct_usage_monthly set seats = 7 where month = '2025-03-01'")
        build.execute("alter table marts.rpt_leakage_points drop lost_mrr")
        build.execute("drop table marts.rpt_account_review")
    with pytest.raises(ExpectationsFailed) as failed:
        runner.validate_current(settings, Reporter(io.StringIO()))
    data, errors = str(failed.value).split("could not be evaluated:")
    assert "1 of" in data
    assert "marts.fct_usage_monthly: Seats are those of the month in fct_mrr_monthly." in data
    assert "rows break it, such as account_id acc_" in data
    assert "lost_mrr" in errors
    assert "marts.rpt_account_review: The table must be there" in errors
    settings.build_file.write_bytes(b"no database")
    with pytest.raises(ExpectationsFailed, match=r"could not be evaluated: .*not a valid DuckDB"):
        runner.validate_current(settings, Reporter(io.StringIO()))
