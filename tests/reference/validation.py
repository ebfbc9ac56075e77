"""Validation: how well the scores of past month-ends separated leavers from those who stayed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from .customers import Customers
from .mrr import Company
from .retention import churns
from .rules import Rules, read_policy
from .scores import WITHOUT_TIER, health, schemes
from .snapshots import month_ends, segment_month

PLACES = 9

Key = tuple[str, str, int]  # scheme, touch tier, horizon in days
Outcome = tuple[Fraction, bool]  # a score, and whether the account left


@dataclass(frozen=True)
class Separation:
    """The measures of one scheme, tier and horizon."""

    observations: int
    churns: int
    auc: Fraction | None
    lift: Fraction | None
    verdict: str


def _of_the_past(rules: Rules) -> Rules:
    """The rules with the metrics alone whose past is known."""
    known = {row["metric"] for row in read_policy("health_metrics") if row["has_history"] == "true"}
    metric_weights = {
        scheme: {
            component: own
            for component, weights in parts.items()
            if (own := {metric: weights[metric] for metric in weights if metric in known})
        }
        for scheme, parts in rules.metric_weights.items()
    }
    component_weights = {
        (scheme, tier): {
            component: weight
            for component, weight in weights.items()
            if component in metric_weights[scheme]
        }
        for (scheme, tier), weights in rules.component_weights.items()
    }
    return replace(rules, metric_weights=metric_weights, component_weights=component_weights)


def _gave_notice(company: Company, account_id: str, day: date, notices: dict[str, date]) -> bool:
    """Whether all that the account pays for is canceled by the day."""
    return not any(
        holding.counted > 0 and notices.get(holding.line.subscription_id, date.max) > day
        for holding in company.holdings(account_id, day)
    )


def _outcomes(customers: Customers) -> Iterator[tuple[Key, Outcome]]:
    company, rules = customers.company, customers.rules
    past = _of_the_past(rules)
    notices = {
        row["subscription_id"]: row["canceled_on"]
        for row in company.accepted.rows["billing_subscriptions"]
        if row["canceled_on"]
    }
    left: dict[str, list[date]] = defaultdict(list)
    for (account_id, _), churn in churns(company).items():
        left[account_id].append(churn.churned_on)
    horizons = [
        int(rules.settings[name])
        for name in ("validation_horizon_days", "validation_long_horizon_days")
    ]
    ends = set(month_ends(company))
    for (day, account_id), found in customers.health.items():
        over = [days for days in horizons if day + timedelta(days=days) <= company.as_of]
        if day not in ends or not over or _gave_notice(company, account_id, day, notices):
            continue
        month = segment_month(company, day)
        touch = customers.touch.get((account_id, month)) if month else None
        tier = touch.tier if touch else None
        for scheme in schemes(past):
            now = health(past, scheme, tier, found.scores)
            weight = sum(component.weight for component in now.components.values())
            if (
                now.score is None
                or now.coverage / weight < rules.settings["low_confidence_coverage"]
            ):
                continue
            for days in over:
                last = day + timedelta(days=days)
                is_churned = any(day < churned_on <= last for churned_on in left[account_id])
                for group in (tier or WITHOUT_TIER, "all"):
                    yield (scheme, group, days), (round(now.score, PLACES), is_churned)


def _measured(outcomes: Sequence[Outcome], settings: dict[str, Fraction]) -> Separation:
    scores = sorted(score for score, _ in outcomes)
    stayed = sorted(score for score, is_churned in outcomes if not is_churned)
    gone = [score for score, is_churned in outcomes if is_churned]
    higher = sum(
        2 * len(stayed) - bisect_left(stayed, score) - bisect_right(stayed, score) for score in gone
    )
    auc = Fraction(higher, 2 * len(stayed) * len(gone)) if stayed and gone else None

    def rank(score: Fraction) -> Fraction:
        """Ties share the mean of their ranks."""
        return Fraction(bisect_left(scores, score) + bisect_right(scores, score) + 1, 2)

    worst = [is_churned for score, is_churned in outcomes if 10 * rank(score) <= len(scores)]
    lift = None
    if worst and gone:
        lift = Fraction(sum(worst), len(worst)) / Fraction(len(gone), len(outcomes))
    if len(gone) < settings["validation_min_churns"] or auc is None:
        verdict = "insufficient_data"
    elif auc >= settings["auc_strong"]:
        verdict = "strong"
    else:
        verdict = "usable" if auc >= settings["auc_usable"] else "weak"
    return Separation(len(outcomes), len(gone), auc, lift, verdict)


def validation(customers: Customers) -> dict[Key, tuple[Separation, bool]]:
    """The measures of each scheme, tier and horizon, and whether it is the best one there."""
    settings = customers.rules.settings
    grouped: dict[Key, list[Outcome]] = defaultdict(list)
    for key, outcome in _outcomes(customers):
        grouped[key].append(outcome)
    measured = {key: _measured(outcomes, settings) for key, outcomes in grouped.items()}
    judged = {key: m for key, m in measured.items() if m.verdict != "insufficient_data"}

    def is_best(key: Key) -> bool:
        rivals = [m.auc for other, m in judged.items() if other[1:] == key[1:] and other != key]
        own = judged[key].auc if key in judged else None
        return bool(rivals) and own is not None and own - max(rivals) >= settings["auc_lead"]

    return {key: (m, is_best(key)) for key, m in measured.items()}
