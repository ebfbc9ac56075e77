"""The organization of customer success in the demo, against a plain-Python reading of its rules."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import duckdb
import pytest
from reference.organization import Organization
from reference.organization_capacity import capacity, segments, upgrade_candidates

# Amounts are rounded to cents and shares to nine digits; a float holds fifteen.
CENT = 0.0051
TOLERANCE = 1e-8

Row = dict[str, Any]


def equal(actual: Any, expected: Any) -> bool:
    """Whether a value of a mart is the expected one, as far as its column can hold it."""
    if isinstance(expected, bool | str | date) or expected is None or actual is None:
        return actual == expected
    least = CENT if isinstance(actual, Decimal) else TOLERANCE * max(1, abs(expected))
    return abs(float(actual) - float(expected)) <= least


def differences(
    rows: Iterable[Row], keys: tuple[str, ...], expected: Mapping[Any, Row]
) -> list[tuple[Any, ...]]:
    """Each value that differs, and each row on one side alone."""
    actual = {tuple(row[key] for key in keys): row for row in rows}
    wanted = {key if isinstance(key, tuple) else (key,): row for key, row in expected.items()}
    found: list[tuple[Any, ...]] = [("row", key) for key in actual.keys() ^ wanted.keys()]
    for key in actual.keys() & wanted.keys():
        found += [
            (key, column, actual[key][column], value)
            for column, value in wanted[key].items()
            if not equal(actual[key][column], value)
        ]
    return sorted(found, key=str)


def compared(expected: Mapping[Any, Row]) -> int:
    """How many values are compared that are known."""
    return sum(value is not None for row in expected.values() for value in row.values())


@pytest.fixture(scope="module")
def company(marts: duckdb.DuckDBPyConnection) -> Organization:
    return Organization(marts)


def test_capacity_is_that_of_the_definitions(company: Organization) -> None:
    expected = capacity(company)
    rows = company.mart("rpt_coverage_capacity")
    assert differences(rows, ("investment_tier",), expected) == []
    assert len(expected) == 4
    assert compared(expected) >= 4 * 22
    assert sum(row["accounts_by_arr"] for row in expected.values()) == len(company.paid) > 300
    # The rules differ, and accounts lie on either side of their range.
    assert any(row["accounts_by_arr"] != row["accounts_by_rank"] for row in expected.values())
    for status in ("under", "within", "over"):
        assert sum(row[f"{status}_accounts"] for row in expected.values()) > 0


def test_segments_are_those_of_the_definitions(company: Organization) -> None:
    expected = segments(company)
    rows = [
        row for row in company.mart("rpt_segment_performance") if "arr_" not in row["tier_scheme"]
    ]
    assert differences(rows, ("tier_scheme", "tier"), expected) == []
    assert len(expected) == 7
    assert compared(expected) >= 7 * 8
    verdicts = {expected["touch_tier", tier]["cost_verdict"] for tier in ("high_touch", "low_touch")}
    assert verdicts == {"below_range", "within"}
    assert expected["touch_tier", "tech_touch"]["cost_verdict"] == "above"
    shares = {
        tier: (row["published_share_low"], row["published_share_high"])
        for (scheme, tier), row in expected.items()
        if scheme == "investment_tier"
    }
    assert shares["strategic"] == (Fraction(1, 20), Fraction(1, 20))
    assert shares["smb"] == (Fraction(2, 5), Fraction(1, 2))


def test_upgrade_candidates_are_those_of_the_assessments(company: Organization) -> None:
    expected = upgrade_candidates(company)
    actual = {key for key, row in company.accounts.items() if row["is_upgrade_candidate"]}
    assert len(expected) > 10
    assert actual == expected
