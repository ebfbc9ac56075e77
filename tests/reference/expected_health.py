"""What the marts of health and segments must hold for a company."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from .customers import Customers
from .health import ACTIVE_SCHEME, AccountHealth, Standing
from .movements import arr_tier
from .rules import Number, Value, exact, read_policy
from .scores import WITHOUT_TIER, Driver
from .snapshots import segment_month, snapshot_dates

TOUCH_SCORE_PLACES = 6
TIERS = ("high_touch", "low_touch", "tech_touch")

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


def _score(scheme: str, standing: Standing, actions: Mapping[str, str | None]) -> dict[str, Any]:
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
        "action": actions.get(health.status),
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


def _effective_tier(tier: str, score: Number | None, threshold: Number) -> str:
    """In poor health the next tier up, where there is one."""
    if score is None or score >= threshold:
        return tier
    return TIERS[max(TIERS.index(tier) - 1, 0)]


def _segments(customers: Customers) -> Mart:
    mart: Mart = {}
    company = customers.company
    settings = {row["setting"]: row["value"] for row in read_policy("coverage_settings")}
    threshold = exact(settings["upgrade_below_health_score"])
    for key, touch in customers.touch.items():
        account_id, month = key
        fit = customers.segments.icp_fit(account_id, company.snapshot_day(month))
        account = customers.segments.known.accounts[account_id]
        statuses = customers.health[company.snapshot_day(month), account_id].statuses
        effective_tier = _effective_tier(
            customers.tiers[key]["touch_tier"],
            statuses[ACTIVE_SCHEME].health.evidenced_score,
            threshold,
        )
        mrr = company.closings[account_id][company.months.index(month)]
        mart[key] = {
            "mrr": mrr,
            "arr": 12 * mrr,
            "arr_tier": arr_tier(mrr),
            "touch_score": float(round(touch.score, TOUCH_SCORE_PLACES)),
            "raw_touch_tier": touch.raw_tier,
            **customers.tiers[key],
            "icp_fit_score": _float(fit),
            "is_strategic": bool(account["is_strategic"]),
            "is_temporary_upgrade": effective_tier != customers.tiers[key]["touch_tier"],
            "effective_touch_tier": effective_tier,
        }
    return mart


def expected_health(customers: Customers) -> dict[str, Mart]:
    """Health on every snapshot date, and the segments it weighs by."""
    company = customers.company
    marts: dict[str, Mart] = {
        f"fct_health_{name}": {} for name in ("metrics", "components", "scores", "drivers")
    }
    actions = customers.rules.actions
    month_of = {day: segment_month(company, day) for day in snapshot_dates(company)}
    for key, found in customers.health.items():
        day, account_id = key
        tiers = customers.tiers.get((account_id, month_of[day] or date.min), {})
        for metric, values in _metrics(found).items():
            marts["fct_health_metrics"][*key, metric] = values
        for scheme, status in found.statuses.items():
            values = _score(scheme, status, actions)
            values["touch_tier"] = tiers.get("touch_tier", WITHOUT_TIER)
            marts["fct_health_scores"][*key, scheme] = values
            for component, values in _components(status).items():
                marts["fct_health_components"][*key, scheme, component] = values
        for metric, driver in found.drivers.items():
            marts["fct_health_drivers"][*key, metric] = _driver(driver)
    return marts | {"fct_account_segments": _segments(customers)}
