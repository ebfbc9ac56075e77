"""Probabilities of renewals and stages, derived again in plain Python from what was decided."""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean

import pytest
from conftest import PROJECT

POLICY = PROJECT / "seeds" / "policy"
CLOSED = ("closed_won", "closed_lost")


def policy(name: str, key: str, value: str) -> dict[str, float]:
    """The numbers of one column of a policy CSV, by another."""
    with (POLICY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row[key]: float(row[value]) for row in csv.DictReader(file)}


SETTINGS = policy("forecast_settings", "setting", "value")
BY_STATUS = policy("renewal_probabilities", "health_status", "probability")
BY_STAGE = policy("stage_probabilities", "stage", "probability")


@dataclass(frozen=True)
class Event:
    """One decided renewal or opportunity: its tier or type, status or stage, and end."""

    group: str
    status: str
    is_won: bool


def leaning(events: Iterable[Event], expected: float, weight: float) -> float:
    """The share won, as if `weight` more events had come out as expected."""
    won = [event.is_won for event in events]
    return (sum(won) + weight * expected) / (len(won) + weight)


def moved(rate: float, before: float, after: float) -> float:
    """A rate whose wins per loss change as they do between two others."""
    wins = rate / (1 - rate) * after / (1 - after) / (before / (1 - before))
    return wins / (1 + wins)


def probability(
    group: str,
    status: str,
    counted: Sequence[Event],
    by_status: Sequence[Event],
    start: float,
    expected: float,
    group_weight: float,
) -> float:
    """The share won of a group and status.

    `counted` has each event once, `by_status` each under its statuses. `start` and `expected` are
    the policy's probabilities of all and of the status.
    """
    company = leaning(counted, start, SETTINGS["prior_events"])
    of_group = leaning((e for e in counted if e.group == group), company, group_weight)
    if not status:
        return of_group
    same = [event for event in by_status if event.status == status]
    of_status = leaning(same, moved(company, start, expected), SETTINGS["prior_events"])
    return leaning(
        (event for event in same if event.group == group),
        moved(of_group, company, of_status),
        SETTINGS["prior_cell_events"],
    )


@dataclass(frozen=True)
class Renewal:
    """A row of fct_renewals, and the decided renewals of its forecast day."""

    tier: str
    status: str
    is_won: bool | None
    probability: float
    past_renewals: int
    known: list[Event]


@pytest.fixture(scope="module")
def renewals(marts) -> list[Renewal]:
    """Renewals without notice."""
    rows = marts.execute(
        "select touch_tier, health_status, outcome, calibrated_probability, past_renewals,"
        " forecast_on, renewal_on from marts.fct_renewals where not has_given_notice"
    ).fetchall()
    grace = timedelta(days=SETTINGS["grace_days"])
    decided = [
        (row[6] + grace, Event(row[0], row[1], row[2] == "renewed"))
        for row in rows
        if row[2] != "open"
    ]
    known: dict[date, list[Event]] = {
        day: [event for known_on, event in decided if known_on <= day]
        for day in {row[5] for row in rows}
    }
    return [
        Renewal(
            row[0],
            row[1],
            None if row[2] == "open" else row[2] == "renewed",
            row[3],
            row[4],
            known[row[5]],
        )
        for row in rows
    ]


def test_a_renewal_has_the_rate_of_its_status_tier_company_and_policy(renewals):
    assert {renewal.is_won for renewal in renewals} == {None, True, False}
    for renewal in renewals:
        is_scored = renewal.status != "unscored"
        expected = probability(
            renewal.tier,
            renewal.status if is_scored else "",
            renewal.known,
            renewal.known,
            BY_STATUS["unscored"],
            BY_STATUS[renewal.status],
            SETTINGS["prior_tier_events"],
        )
        assert renewal.probability == pytest.approx(expected, abs=1e-7), renewal.status
        same_tier = [event for event in renewal.known if event.group == renewal.tier]
        same = [event for event in same_tier if event.status == renewal.status]
        assert renewal.past_renewals == len(same if is_scored else same_tier)


def brier(renewals: Iterable[Renewal], forecast: Callable[[Renewal], float]) -> float:
    """The mean square of forecast less outcome."""
    return mean((forecast(renewal) - bool(renewal.is_won)) ** 2 for renewal in renewals)


def base_rate(renewal: Renewal) -> float:
    """The share renewed of its tier as known on the day, else the company's, else the policy's."""
    tier = [event.is_won for event in renewal.known if event.group == renewal.tier]
    known = tier or [event.is_won for event in renewal.known]
    return mean(known) if known else BY_STATUS["unscored"]


def by_cell_alone(renewal: Renewal) -> float:
    """The method before version 2.1.0: tier and status lean on the policy, at ten renewals."""
    cell = [
        event
        for event in renewal.known
        if event.group == renewal.tier and renewal.status in (event.status, "unscored")
    ]
    return leaning(cell, BY_STATUS[renewal.status], 10)


def test_forecast_renewals_come_true_at_the_rate_that_was_forecast(renewals, marts):
    decided = [renewal for renewal in renewals if renewal.is_won is not None]
    forecast = mean(renewal.probability for renewal in decided)
    actual = mean(bool(renewal.is_won) for renewal in decided)
    score = brier(decided, lambda renewal: renewal.probability)
    base_score = brier(decided, base_rate)
    assert abs(forecast - actual) <= 0.015
    assert score < brier(decided, by_cell_alone)
    assert score <= 1.05 * base_score
    (row,) = marts.execute(
        "select renewals, renewed, forecast_rate, actual_rate, brier_score, base_brier_score,"
        " policy_brier_score from marts.rpt_renewal_calibration"
        " where touch_tier = 'all' and probability_band = 'all'"
    ).fetchall()
    assert row == pytest.approx(
        (
            len(decided),
            sum(bool(renewal.is_won) for renewal in decided),
            forecast,
            actual,
            score,
            base_score,
            brier(decided, lambda renewal: BY_STATUS[renewal.status]),
        ),
        abs=1e-7,
    )


def test_bands_of_renewals_are_those_of_the_policy(renewals, marts):
    cuts = sorted((low, band) for band, low in _bands().items())
    counts: Counter[tuple[str, str]] = Counter()
    for renewal in renewals:
        if renewal.is_won is not None:
            band = max((low, name) for low, name in cuts if low <= renewal.probability)[1]
            counts[band, renewal.tier] += 1
    rows = marts.execute(
        "select probability_band, touch_tier, renewals from marts.rpt_renewal_calibration"
        " where touch_tier <> 'all' and probability_band <> 'all'"
    ).fetchall()
    assert {row[:2]: row[2] for row in rows if row[2]} == counts
    tiers = {row[1] for row in rows}
    assert {row[:2] for row in rows} == {(band, tier) for band in _bands() for tier in tiers}


def _bands() -> dict[str, float]:
    return policy("probability_bands", "probability_band", "min_probability")


def test_a_stage_has_the_share_of_its_opportunities_type_company_and_policy(marts):
    opportunities = {
        row[0]: row[1:]
        for row in marts.execute(
            "select opportunity_id, opportunity_type, stage, cast(created_at as date), closed_on"
            " from staging.stg_crm__opportunities"
        ).fetchall()
    }
    history: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for opportunity_id, stage, entered_on in marts.execute(
        "select opportunity_id, stage, cast(entered_at as date)"
        " from staging.stg_crm__opportunity_stages order by entered_at, stage"
    ).fetchall():
        history[opportunity_id].append((entered_on, stage))
    rows = marts.execute(
        "select known_by, opportunity_type, stage, past_opportunities, calibrated_probability"
        " from intermediate.int_stage_probabilities"
    ).fetchall()
    settled = timedelta(days=SETTINGS["settling_days"])
    known: dict[date, tuple[list[Event], list[Event]]] = {}
    for known_by in {row[0] for row in rows}:
        counted: list[Event] = []
        by_stage: list[Event] = []
        for opportunity_id, (kind, last_stage, created_on, closed_on) in opportunities.items():
            stages = history.get(opportunity_id) or [(closed_on or date.max, last_stage)]
            entered = [stage for entered_on, stage in stages if entered_on <= known_by]
            if created_on + settled <= known_by and entered and entered[-1] in CLOSED:
                is_won = entered[-1] == "closed_won"
                counted.append(Event(kind, "", is_won))
                passed = set(entered) if opportunity_id in history else set()
                by_stage.extend(Event(kind, stage, is_won) for stage in passed)
        known[known_by] = counted, by_stage
    assert max(len(counted) for counted, _ in known.values()) > 100
    for known_by, kind, stage, past, calibrated in rows:
        counted, by_stage = known[known_by]
        assert past == sum(event.group == kind and event.status == stage for event in by_stage)
        if stage in CLOSED:
            assert calibrated == BY_STAGE[stage]
            continue
        expected = probability(
            kind,
            stage,
            counted,
            by_stage,
            BY_STAGE["identified"],
            BY_STAGE[stage],
            SETTINGS["prior_type_events"],
        )
        assert calibrated == pytest.approx(expected, abs=1e-7), (known_by, kind, stage)
