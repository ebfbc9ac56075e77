"""The practice of customer success in the demo's marts, against the plain reference."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import duckdb
import pytest
from reference.practice_base import Practice, Rows, unlike
from reference.practice_onboarding import Onboarding, onboarding, onboarding_rates


@pytest.fixture(scope="module")
def practice(marts: duckdb.DuckDBPyConnection) -> Iterator[Practice]:
    """The demo company beside its build."""
    return Practice.read(marts, date.today())


def hold(practice: Practice, mart: str, key: tuple[str, ...], expected: Rows, least: int) -> Rows:
    """Compare every column that the reference works out, in at least so many rows.

    Raises AssertionError with a sentence about each difference.
    """
    columns = tuple(next(iter(expected.values())))
    found = practice.rows(mart, key, columns)
    assert len(found) == len(expected) >= least
    assert unlike(expected, found) == []
    return found


def count_of(rows: Rows, column: str, *values: object) -> int:
    """How many rows have a value in a column, or one of some values."""
    found = [row[column] for row in rows.values() if row[column] is not None]
    return sum(value in values for value in found) if values else len(found)


# --- onboarding -------------------------------------------------------------------------------


def test_exits_from_onboarding(practice: Practice) -> None:
    """Every criterion is met by some and missed by others, and so is the exit."""
    expected = onboarding(practice)
    found = hold(practice, "fct_onboarding", ("account_id",), expected, 400)
    for criterion in ("plan_agreed", "stakeholders_known", "first_value", "adoption", "health"):
        assert count_of(found, criterion, True) >= 50, criterion
        assert count_of(found, criterion, False) >= 10, criterion
    assert count_of(found, "is_exit_met", True) >= 10
    assert count_of(found, "is_exit_met", False) >= 100
    assert count_of(found, "is_settled", False) >= 5
    assert count_of(found, "health_score") >= 200


def test_an_exit_is_judged_once(practice: Practice) -> None:
    """On the first month-end from day 90 on; who leaves before is judged then."""
    own = Onboarding(practice)
    some = next(iter(practice.journeys.values()))
    stays = replace(some, observed_until=date(2025, 1, 31), has_left=False)
    march = replace(stays, started_on=date(2024, 3, 2))
    assert own.judged_on(march) == (date(2024, 5, 31), False)
    assert own.judged_on(replace(march, started_on=date(2024, 3, 3)))[0] == date(2024, 6, 30)
    left = replace(march, observed_until=date(2024, 5, 4), has_left=True)
    assert own.judged_on(left) == (date(2024, 5, 4), True)
    assert own.exit(left)["is_exit_met"] is False


def test_rates_of_onboarding(practice: Practice) -> None:
    """Of each start quarter and tier, with the target of each rate."""
    expected = onboarding_rates(practice)
    found = hold(practice, "rpt_onboarding", ("start_quarter", "touch_tier"), expected, 80)
    for rate in ("completed_30", "completed_90", "first_action_7", "first_outcome_14", "training"):
        assert count_of(found, f"{rate}_rate") >= 30, rate
        assert count_of(found, f"is_{rate}_met", True) >= 1, rate
        assert count_of(found, f"is_{rate}_met", False) >= 1, rate
    assert count_of(found, "onboarding_csat") >= 10
    assert count_of(found, "exit_met_rate") >= 30
