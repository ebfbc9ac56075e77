"""Health explains itself: scores and sentences follow from fct_health_drivers alone."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

import pytest

TOLERANCE = 1e-9
NAMED = 3


@pytest.fixture(scope="module")
def explained(marts) -> dict[tuple, list[tuple]]:
    """Label, score, weight, cost and rank of each driver, by date and account."""
    drivers = defaultdict(list)
    for day, account, metric, *driver in marts.execute(
        "select snapshot_date, account_id, metric, label, metric_score, effective_weight,"
        " points_lost, driver_rank from marts.fct_health_drivers order by driver_rank"
    ).fetchall():
        drivers[day, account].append((metric, *driver))
    return drivers


@pytest.fixture(scope="module")
def scored(marts) -> dict[tuple, tuple]:
    """Score and sentence of every account that pays, by date and account."""
    rows = marts.execute(
        "select snapshot_date, account_id, health_score, drivers from marts.fct_health_scores"
        " where is_active_scheme"
    ).fetchall()
    return {(day, account): (score, sentence) for day, account, score, sentence in rows}


def sentence(drivers: list[tuple]) -> str:
    """The dearest drivers in words."""
    if not drivers:
        return "No data to score."
    costs = [(label, lost) for _, label, _, _, lost, _ in drivers if lost > 0][:NAMED]
    if not costs:
        return "Loses no points."
    *others, last = [f"{label} ({one_decimal(lost)})" for label, lost in costs]
    return f"Loses points on {', '.join(others)}{' and ' if others else ''}{last}."


def one_decimal(points: float) -> Decimal:
    """Halves rounded up, what floats add to the ninth decimal left out."""
    exact = Decimal(points).quantize(Decimal("1e-8"), ROUND_HALF_UP)
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


def test_every_score_can_be_explained_score_from_its_drivers(explained, scored):
    assert scored
    assert explained.keys() <= scored.keys()
    for key, (score, _) in scored.items():
        drivers = explained.get(key, [])
        if score is None:
            assert not drivers, key
            continue
        explained_score = sum(weight * metric_score for _, _, metric_score, weight, _, _ in drivers)
        lost = sum(points for *_, points, _ in drivers)
        assert abs(sum(weight for _, _, _, weight, _, _ in drivers) - 1) < TOLERANCE, key
        assert abs(explained_score - score) < TOLERANCE, key
        assert abs(100 - lost - score) < TOLERANCE, key


def test_drivers_are_ranked_by_what_they_cost(explained):
    for key, drivers in explained.items():
        assert [rank for *_, rank in drivers] == list(range(1, len(drivers) + 1)), key
        ordered = sorted(drivers, key=lambda driver: (-round(driver[4], 9), driver[0]))
        assert drivers == ordered, key


def test_every_sentence_follows_from_its_drivers(explained, scored):
    sentences = {key: sentence(explained.get(key, [])) for key in scored}
    assert sentences == {key: said for key, (_, said) in scored.items()}
