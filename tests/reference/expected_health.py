"""What the marts of health and segments must hold for a company."""

from __future__ import annotations

from datetime import date
from typing import Any

from .health import ACTIVE_SCHEME, AccountHealth, Standing, company_health
from .metrics import Measures
from .mrr import Company
from .rules import Number, Rules, Value
from .scores import WITHOUT_TIER, Driver
from .segments import SegmentRules, Segments
from .snapshots import segment_month

Mart = dict[tuple[Any, ...], dict[str, Any]]


def _float(number: Number | None) -> float | None:
    return None if number is None else float(number)


def _value(value: Value) -> dict[str, Any]:
    """A number or a word, each in its column."""
    is_word = isinstance(value, str)
    return {
        "value": None if is_word else float(value),
        "value_text": value if is_word else None,
    }


def _metrics(found: AccountHealth) -> dict[str, dict[str, Any]]:
    return {
        metric: _value(value) | {"metric_score": _float(found.scores.get(metric))}
        for metric, value in found.values.items()
    }


def _score(scheme: str, standing: Standing) -> dict[str, Any]:
    health = standing.health
    return {
        "health_score": _float(health.score),
        "coverage": float(health.coverage),
        "is_low_confidence": health.is_low_confidence,
        "health_status": health.status,
        "health_colour": health.colour,
        "previous_score": _float(standing.previous_score),
        "health_trend": standing.trend,
        "priority": standing.priority,
        "is_active_scheme": scheme == ACTIVE_SCHEME,
    }


def _components(standing: Standing) -> dict[str, dict[str, Any]]:
    return {
        name: {
            "component_score": _float(component.score),
            "weight": float(component.weight),
            "contribution": _float(component.contribution),
            "coverage": float(component.coverage),
        }
        for name, component in standing.health.components.items()
    }


def _driver(driver: Driver) -> dict[str, Any]:
    return _value(driver.value) | {
        "metric_score": float(driver.score),
        "effective_weight": float(driver.effective_weight),
        "points_lost": float(driver.points_lost),
        "driver_rank": driver.rank,
    }


def expected_health(company: Company) -> dict[str, Mart]:
    """By the rules of the policy CSVs."""
    rules = Rules.read()
    measures = Measures(company, rules)
    touch = Segments(measures, SegmentRules.read()).touch()
    tiers = {key: found.tier for key, found in touch.items()}
    marts: dict[str, Mart] = {
        f"fct_health_{name}": {} for name in ("metrics", "components", "scores", "drivers")
    }
    months: dict[date, date | None] = {}
    for key, found in company_health(measures, rules, tiers).items():
        day, account_id = key
        if day not in months:
            months[day] = segment_month(company, day)
        tier = tiers.get((account_id, months[day] or date.min), WITHOUT_TIER)
        for metric, values in _metrics(found).items():
            marts["fct_health_metrics"][*key, metric] = values
        for scheme, standing in found.standings.items():
            values = _score(scheme, standing) | {"touch_tier": tier}
            marts["fct_health_scores"][*key, scheme] = values
            for component, values in _components(standing).items():
                marts["fct_health_components"][*key, scheme, component] = values
        for metric, driver in found.drivers.items():
            marts["fct_health_drivers"][*key, metric] = _driver(driver)
    return marts
