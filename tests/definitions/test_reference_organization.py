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
from reference.organization_pay import METRICS, attained, attainment, overall, utilizations
from reference.organization_plan import Target, acquired, bands, hires, needs_of, plan, totals
from reference.organization_roles import SCORECARD_ONLY, RoleFigures, roles, verdict
from reference.organization_stage import answers, break_even_verdict

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
    verdicts = {tier: row["cost_verdict"] for (_, tier), row in expected.items()}
    assert verdicts["high_touch"] == "below_range"
    assert verdicts["low_touch"] == "within"
    assert verdicts["tech_touch"] == "above"
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


def test_plan_follows_from_its_accounts_and_arr(company: Organization) -> None:
    rows = company.mart("rpt_org_plan")
    expected = plan(company, rows)
    assert differences(rows, ("investment_tier", "month", "scenario"), expected) == []
    assert len(expected) == 4 * 18 * 3
    assert compared(expected) > 216 * 18
    assert sum(row["hires"] for row in expected.values()) >= 20
    assert {row["binding"] for row in expected.values()} >= {"arr", "accounts", "arr_and_accounts"}
    assert {row["needs_manager"] for row in expected.values()} == {True}
    assert {row["manager_reason"] for row in expected.values()} == {"function", "tier_and_function"}


def test_worked_plan_needs_and_hires(company: Organization) -> None:
    """Four tiers as in docs/coverage.md, and the sixth strategic CSM a ramp ahead."""
    books = (
        (800, 8, 3200, 8),
        (1200, 25, 2100, 42),
        (3500, 150, 1080, 120),
        (10000, 1000, 560, 280),
    )
    found = []
    for growth in (Fraction(1), Fraction(7, 5)):
        targets = [Target("", Fraction(arr), cap, Fraction(0), 9) for arr, cap, _, _ in books]
        found.append(
            [
                max(needs_of(target, arr * growth, accounts * growth))
                for target, (_, _, arr, accounts) in zip(targets, books, strict=True)
            ]
        )
    assert found == [[4, 2, 1, 1], [6, 3, 2, 1]]
    months = [date(2026, month, 1) for month in range(1, 13)]
    needs = {month: 6 if month.month == 12 else 5 for month in months}
    started = hires(company, targets[0], needs, 5)
    assert [month.month for month, hired in started.items() if hired] == [3]
    assert [
        month.month for month, hired in hires(company, targets[0], needs, 3).items() if hired
    ] == [
        1,
        4,
        7,
    ]


def test_plan_wins_what_was_won_in_a_year(company: Organization) -> None:
    expected = acquired(company)
    rows = company.rows("intermediate.int_plan_acquisition")
    assert differences(rows, ("investment_tier",), expected) == []
    assert sum(row["monthly_accounts"] for row in expected.values()) > 5


def test_plan_is_the_forecast_and_the_run_rate(company: Organization) -> None:
    """Over all tiers, month by month, to the rounding of its rows."""
    expected = totals(company)
    assert len(expected) == 12
    for month, (arr, own) in expected.items():
        assert own == pytest.approx(arr, abs=1), month
        assert own > sum(company.arr(account_id) for account_id in company.paid)


def test_scenarios_are_as_wide_as_past_errors(company: Organization) -> None:
    expected = bands(company)
    scenarios = {
        (row["investment_tier"], row["horizon"], row["scenario"]): row
        for row in company.mart("rpt_org_plan")
    }
    assert len(expected) == 4 * 18
    for (tier, horizon), share in expected.items():
        low, middle, high = (scenarios[tier, horizon, name] for name in ("p10", "p50", "p90"))
        for today, column in (("arr_today", "arr"), ("accounts_today", "accounts")):
            width = float(share) * float(middle[today])
            assert float(high[column] - middle[column]) == pytest.approx(width, rel=1e-5)
            assert float(middle[column] - low[column]) == pytest.approx(width, rel=1e-5)
        assert share > 0


def test_organization_is_answered_by_the_definitions(company: Organization) -> None:
    expected = answers(company)
    rows = company.mart("rpt_org_stage")
    assert differences(rows, ("question",), expected) == []
    assert len(expected) == 26
    assert sum(row["value"] is not None for row in expected.values()) == 25
    assert sum(row["range"] is not None for row in expected.values()) == 23
    assert {row["verdict"] for row in expected.values()} >= {
        *("specialization", "proactive", "met", "not_met", "within", "above", "below_range"),
        *("in_place", "unrecorded", "early", "not_due", "pays_back"),
    }
    assert sum(row.get("met_since") is not None for row in expected.values()) == 3


@pytest.mark.parametrize(
    ("points", "verdict"),
    [
        (Fraction(20, 3), "pays_back"),
        (Fraction(8), "depends"),
        (Fraction(12), "depends"),
        (Fraction(121, 10), "costs_more"),
    ],
)
def test_worked_break_even(points: Fraction, verdict: str) -> None:
    """1.2 M a year against 18 M ARR is 6.7 points."""
    assert break_even_verdict(points, Fraction(8), Fraction(12)) == verdict


def test_attainment_is_that_of_the_definitions(company: Organization) -> None:
    expected = attainment(company)
    rows = company.mart("rpt_csm_attainment")
    assert differences(rows, ("csm_id",), expected) == []
    assert len(expected) == 7
    assert compared(expected) > 7 * 20
    assert sum(row["is_hired_in_year"] for row in expected.values()) == 1
    assert sum(row["attainment"] is not None for row in expected.values()) == 6
    # Some are at the cap of their expansion, and one is not.
    reached = {row["expansion_influenced_attainment"] for row in expected.values()}
    assert Fraction(3, 2) in reached
    assert len(reached) > 2


def test_worked_attainment() -> None:
    """100, 90, 150 and 50 % are 102 %; without the book they weigh too little."""
    weights = dict(zip(METRICS, (Fraction(n, 10) for n in (4, 3, 2, 1, 0)), strict=True))
    targets = dict(zip(METRICS, map(Fraction, ("0.9", "1.1", "0.1", "70", "0.85")), strict=True))
    actuals = dict(zip(METRICS, map(Fraction, ("0.9", "0.99", "0.15", "35", "0.7")), strict=True))
    found = attained(actuals, targets, Fraction(3, 2))
    assert overall(found, weights, Fraction(1, 2)) == (1, Fraction(102, 100))
    more = attained(actuals | {"expansion_influenced": Fraction(2)}, targets, Fraction(3, 2))
    assert more["expansion_influenced"] == Fraction(3, 2)
    few = found | {"book_grr": None, "book_nrr": None}
    assert overall(few, weights, Fraction(1, 2)) == (Fraction(3, 10), None)


def test_utilization_of_tiers_is_that_of_their_csms(company: Organization) -> None:
    expected = utilizations(company)
    rows = {
        (row["tier_scheme"], row["tier"]): row["csm_utilization"]
        for row in company.mart("rpt_segment_performance")
        if row["csm_utilization"] is not None
    }
    assert len(expected) == 7
    assert rows == pytest.approx({key: float(value) for key, value in expected.items()})


def test_figures_of_roles_are_those_of_other_marts(company: Organization) -> None:
    expected = roles(company)
    rows = company.mart("rpt_metrics_by_role")
    assert differences(rows, ("role", "figure"), expected) == []
    assert len(expected) == 29
    assert {row["verdict"] for row in expected.values()} == {"met", "missed"}
    shown = {row["scorecard_figure"] for row in expected.values()} - {None}
    assert len(shown) == 15
    # All but one of them are worked from other marts, and the scorecard has the same.
    values = RoleFigures(company).values()
    assert shown - values.keys() == SCORECARD_ONLY
    scorecard = {row["figure"]: row["value"] for row in company.mart("rpt_executive_scorecard")}
    for figure in shown & values.keys():
        assert equal(scorecard[figure], values[figure]), figure


def test_automation_is_counted_over_the_steps_that_fell_due(company: Organization) -> None:
    figures = RoleFigures(company)
    share = figures.from_tasks()["automation_efficiency"]
    automated = sum(row["owner_role"] == "automation" for row in figures.tasks)
    assert 100 < automated < len(figures.tasks)
    assert share == Fraction(automated, len(figures.tasks))


@pytest.mark.parametrize(
    ("value", "better", "found"),
    [
        (Fraction(1, 2), "higher", "met"),
        (Fraction(49, 100), "higher", "missed"),
        (Fraction(1, 2), "lower", "missed"),
        (Fraction(49, 100), "lower", "met"),
        (None, "higher", "no_data"),
    ],
)
def test_a_verdict_has_two_sides(value: Fraction | None, better: str, found: str) -> None:
    assert verdict(value, 0.5, better) == found
    assert verdict(value, None, better) == ("no_data" if value is None else "no_target")
