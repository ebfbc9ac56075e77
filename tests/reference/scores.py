"""Scores: what metrics are worth, and what they make of a component and of health."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from .metrics import Values
from .rules import Number, Rules, Value

UNSCORED = "unscored"
NO_DATA = "no_data"
WITHOUT_TIER = "(none)"
HUNDRED = 100

MetricScores = dict[str, Number]


@dataclass(frozen=True)
class Component:
    """A component of a scheme: nothing but its weight where none of its metrics is present."""

    score: Fraction | None
    weight: Number
    contribution: Fraction | None
    coverage: Fraction


@dataclass(frozen=True)
class Health:
    """The score of an account under a scheme, before it is set beside an earlier one."""

    score: Fraction | None
    coverage: Fraction
    is_low_confidence: bool
    status: str
    colour: str
    components: dict[str, Component]

    @property
    def evidenced_score(self) -> Fraction | None:
        """The score that rules may read."""
        return None if self.is_low_confidence else self.score


@dataclass(frozen=True)
class Driver:
    """What a metric does to the score."""

    value: Value
    score: Number
    effective_weight: Fraction
    points_lost: Fraction
    rank: int


def metric_scores(rules: Rules, values: Values) -> MetricScores:
    """The score of each metric that has one."""
    scores = {metric: rules.score(metric, value) for metric, value in values.items()}
    return {metric: score for metric, score in scores.items() if score is not None}


def schemes(rules: Rules) -> list[str]:
    """All schemes."""
    return sorted({scheme for scheme, _ in rules.component_weights})


def weights_of(rules: Rules, scheme: str, touch_tier: str | None) -> dict[str, Number]:
    """The weights of a scheme's components, by touch tier where it has them so."""
    plain = rules.component_weights.get((scheme, ""))
    return plain or rules.component_weights[scheme, touch_tier or WITHOUT_TIER]


def _mean(scores: Mapping[str, Number], weights: Mapping[str, Number]) -> Fraction | None:
    """The mean of what is present, its weights rescaled."""
    present = sum(weights[name] for name in scores)
    total = sum(weights[name] * score for name, score in scores.items())
    return Fraction(total, present) if present else None


def _present(rules: Rules, scores: MetricScores, weights: Mapping[str, Number]) -> MetricScores:
    """A component's metrics that have a score; none where it needs a ticket and has none."""
    present = {metric: scores[metric] for metric in weights if metric in scores}
    about_tickets = sum(weights[metric] for metric in rules.ticket_metrics & weights.keys())
    if 2 * about_tickets > sum(weights.values()) and not rules.ticket_metrics & present.keys():
        return {}
    return present


def _share(present: Iterable[str], weights: Mapping[str, Number]) -> Fraction:
    return Fraction(sum(weights[name] for name in present), sum(weights.values()))


def health(rules: Rules, scheme: str, touch_tier: str | None, scores: MetricScores) -> Health:
    """Metrics to components, components to health."""
    weights = weights_of(rules, scheme, touch_tier)
    means: dict[str, Fraction] = {}
    coverages: dict[str, Fraction] = {}
    for component in weights:
        points = rules.metric_weights[scheme][component]
        present = _present(rules, scores, points)
        found = _mean(present, points)
        if found is not None:
            means[component] = found
        coverages[component] = _share(present, points)
    total = _mean(means, weights)
    present_weight = sum(weights[component] for component in means)
    components = {
        component: Component(
            score=means.get(component),
            weight=weight,
            contribution=means[component] * weight / present_weight if component in means else None,
            coverage=coverages[component],
        )
        for component, weight in weights.items()
    }
    coverage = Fraction(sum(weight * coverages[name] for name, weight in weights.items()))
    is_low = total is None or coverage < rules.settings["low_confidence_coverage"]
    return Health(
        score=total,
        coverage=coverage,
        is_low_confidence=is_low,
        status=UNSCORED if is_low else rules.statuses.find(total),
        colour=rules.unscored_colour if is_low else rules.colours.find(total),
        components=components,
    )


def trend(
    rules: Rules, score: Fraction | None, before: Fraction | None, earlier: Fraction | None
) -> str:
    """The way to a score from the one before; a decline is one from the earlier one too."""
    if score is None or before is None:
        return NO_DATA
    noise = rules.settings["trend_points"]
    if score - before > noise:
        return "improving"
    is_lower = earlier is not None and score - earlier < -noise
    return "declining" if is_lower and score - before < -noise else "stable"


def priority(rules: Rules, found: Health, direction: str) -> str:
    """By colour and trend; critical only below the policy's score."""
    listed = rules.priorities[found.colour, direction]
    score = found.evidenced_score
    is_fair = score is not None and score >= rules.settings["critical_below_score"]
    return "high" if listed == "critical" and is_fair else listed


def drivers(rules: Rules, scheme: str, touch_tier: str | None, values: Values) -> dict[str, Driver]:
    """Every metric that enters the score, those that cost most first; ties by name."""
    weights = weights_of(rules, scheme, touch_tier)
    scores = metric_scores(rules, values)
    parts = {
        component: _present(rules, scores, rules.metric_weights[scheme][component])
        for component in weights
    }
    present_weight = sum(weights[name] for name, own in parts.items() if own)
    effective: dict[str, Fraction] = {}
    for component, own in parts.items():
        points = rules.metric_weights[scheme][component]
        total = sum(points[metric] for metric in own)
        for metric in own:
            share = Fraction(weights[component] * points[metric], present_weight * total)
            # A metric may count in two components.
            effective[metric] = effective.get(metric, Fraction(0)) + share
    lost = {metric: weight * (HUNDRED - scores[metric]) for metric, weight in effective.items()}
    ranked = sorted(effective, key=lambda metric: (-lost[metric], metric))
    return {
        metric: Driver(values[metric], scores[metric], effective[metric], lost[metric], rank)
        for rank, metric in enumerate(ranked, 1)
    }
