"""The rules of health as the policy CSVs state them, numbers exact."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

POLICY = Path(__file__).resolve().parents[2] / "seeds" / "policy"

Value = Fraction | str
Number = int | Fraction
Weights = dict[str, Number]


def read_policy(name: str, folder: Path = POLICY) -> list[dict[str, str]]:
    """The rows of a policy CSV."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def exact(text: str) -> Number:
    """A number as written; whole ones as whole numbers, which are faster."""
    number = Fraction(text)
    return number.numerator if number.denominator == 1 else number


@dataclass(frozen=True)
class Bands:
    """What half-open bands give, each from its least value to the next."""

    least: tuple[Fraction, ...]
    results: tuple[Any, ...]

    @classmethod
    def of(cls, rows: list[tuple[Fraction, Any]]) -> Bands:
        """From pairs of least value and result."""
        rows = sorted(rows)
        return cls(tuple(row[0] for row in rows), tuple(row[1] for row in rows))

    def find(self, value: Fraction) -> Any:
        """The result of the band that the value lies in; below the lowest there is none."""
        position = bisect_right(self.least, value)
        return self.results[position - 1] if position else None


@dataclass(frozen=True)
class Rules:
    """Windows, bands and weights of health."""

    windows: dict[str, int]
    words: dict[str, dict[str, Number]]
    bands: dict[str, Bands]
    metric_weights: dict[str, dict[str, Weights]]  # scheme, component, metric
    component_weights: dict[tuple[str, str], Weights]  # scheme and touch tier, component
    ticket_metrics: frozenset[str]
    statuses: Bands
    actions: dict[str, str | None]
    colours: Bands
    unscored_colour: str
    priorities: dict[tuple[str, str], str]
    settings: dict[str, Fraction]
    kinds: dict[str, str]

    @classmethod
    def read(cls, folder: Path = POLICY) -> Rules:
        """From the policy CSVs."""
        words: dict[str, dict[str, Number]] = defaultdict(dict)
        bands: dict[str, list[tuple[Fraction, Number]]] = defaultdict(list)
        for row in read_policy("health_metric_bands", folder):
            if row["value_text"]:
                words[row["metric"]][row["value_text"]] = exact(row["score"])
            else:
                bands[row["metric"]].append((Fraction(row["min_value"]), exact(row["score"])))
        metric_weights: dict[str, dict[str, Weights]] = defaultdict(lambda: defaultdict(dict))
        for row in read_policy("health_metric_weights", folder):
            weights = metric_weights[row["scheme"]][row["component"]]
            weights[row["metric"]] = exact(row["weight"])
        component_weights: dict[tuple[str, str], Weights] = defaultdict(dict)
        for row in read_policy("health_weights", folder):
            weights = component_weights[row["scheme"], row["touch_tier"]]
            weights[row["component"]] = exact(row["weight"])
        colours = read_policy("health_colours", folder)
        metrics = read_policy("health_metrics", folder)
        statuses = read_policy("health_status_bands", folder)
        settings = {
            row["setting"]: Fraction(row["value"]) for row in read_policy("health_settings", folder)
        }
        windows = {row["metric"]: int(row["window_days"] or 0) for row in metrics}
        return cls(
            # The trend of tickets looks back as usage does.
            windows=windows | {"ticket_trend": int(settings["usage_window_days"])},
            words=dict(words),
            bands={metric: Bands.of(rows) for metric, rows in bands.items()},
            metric_weights={scheme: dict(parts) for scheme, parts in metric_weights.items()},
            component_weights=dict(component_weights),
            ticket_metrics=frozenset(
                row["metric"] for row in metrics if row["is_ticket"] == "true"
            ),
            statuses=Bands.of([(Fraction(row["min_score"]), row["status"]) for row in statuses]),
            actions={row["status"]: row["play"] or None for row in statuses},
            colours=Bands.of(
                [(Fraction(row["min_score"]), row["colour"]) for row in colours if row["min_score"]]
            ),
            unscored_colour=next(row["colour"] for row in colours if not row["min_score"]),
            priorities={
                (row["colour"], row["trend"]): row["priority"]
                for row in read_policy("health_priority", folder)
            },
            settings=settings,
            kinds={
                row["activity_type"]: row["kind"] for row in read_policy("activity_kinds", folder)
            },
        )

    def score(self, metric: str, value: Value) -> Number | None:
        """What a value of a metric is worth."""
        if isinstance(value, str):
            return self.words[metric].get(value)
        return self.bands[metric].find(value)
