"""How well scores predict churn, computed as rpt_health_validation computes it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from pipeline.calibrate_fit import Fit

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_TENTHS = 10


@dataclass(frozen=True)
class Separation:
    """The measures of one scheme over some month-ends.

    `churns` counts observations that churned. `auc` is null without a churn or without an account
    that stayed, `worst_decile_lift` a ratio of churn rates.
    """

    observations: int
    churns: int
    auc: float | None
    worst_decile_lift: float | None


@dataclass(frozen=True)
class Band:
    """Churn in one band of scores: the share that the score predicts, and the share seen."""

    status: str
    observations: int
    predicted: float | None
    seen: float | None


def separation(scores: Floats, churned: Flags) -> Separation:
    """Measure the n observations that have a score, not NaN."""
    has_score = ~np.isnan(scores)
    scores, churned = scores[has_score], churned[has_score]
    observations, churns = len(scores), int(churned.sum())
    ranks = rankdata(scores)
    worst = np.ceil(_TENTHS * ranks / observations) == 1 if observations else ranks == 0
    lift = None
    if worst.any() and churns:
        lift = float(churned[worst].mean() / churned.mean())
    return Separation(observations, churns, auc_of_ranks(ranks, churned), lift)


def auc_of_ranks(ranks: Floats, churned: Flags) -> float | None:
    """The share of pairs in which the account that stayed has the higher score.

    Ties share the mean of their ranks, so that they count half.
    """
    stayed = int((~churned).sum())
    pairs = stayed * int(churned.sum())
    if not pairs:
        return None
    return float((ranks[~churned].sum() - stayed * (stayed + 1) / 2) / pairs)


def bands_of(
    scores: Floats, churned: Flags, curve: Fit, least: Sequence[tuple[str, float]]
) -> tuple[Band, ...]:
    """Predicted and seen churn by status, from the highest band down.

    `least` has the lowest score of each status.
    """
    found, highest = [], np.inf
    for status, lowest in least:
        inside = (scores >= lowest) & (scores < highest)
        count, highest = int(inside.sum()), lowest
        predicted = float(curve.probabilities(scores[inside]).mean()) if count else None
        seen = float(churned[inside].mean()) if count else None
        found.append(Band(status, count, predicted, seen))
    return tuple(found)
