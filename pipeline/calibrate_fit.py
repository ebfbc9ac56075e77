"""Metric weights from outcomes: a logistic regression on the project's own score."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

HIGHEST_SCORE = 100
# Where all metrics that an account has weigh nothing, its score is the mean of all accounts.
_TRACE = 1e-6
_STEPS = 5_000


@dataclass(frozen=True)
class Fit:
    """A probability of churn by score: 1 ÷ (1 + exp(slope × score ÷ 100 − intercept)).

    `weights` has one weight of at least 0 per metric. Their sum is the slope.
    """

    intercept: float
    weights: Floats

    @property
    def slope(self) -> float:
        """How far a score from 0 to 100 moves the log of the ratio of leaving to staying."""
        return float(self.weights.sum())

    def probabilities(self, scores: Floats) -> Floats:
        """The probability of churn at each score, 0 to 100."""
        return _probabilities(self.intercept - self.slope * scores / HIGHEST_SCORE)


def fit_weights(scores: Floats, churned: Flags, penalty: float, usual: Floats | None = None) -> Fit:
    """Fit a weight of at least 0 for each metric, so that low scores go with churn.

    `scores` is n × metrics, 0 to 100, NaN where an account has no score. An account's health is the
    weighted mean of the scores that it has, as in the warehouse. A metric that it lacks therefore
    counts as that mean, and no other value is invented. `penalty` ÷ 2 × Σ (weight − usual)² draws
    the weights of a short history to the usual ones, 0 by default. Without a missing score it is a
    usual logistic regression.
    """
    present = ~np.isnan(scores)
    values = np.where(present, scores, 0) / HIGHEST_SCORE
    has = present.astype(float)
    middle = float(values.sum() / max(has.sum(), 1))
    metrics = scores.shape[1]
    centre = np.zeros(metrics) if usual is None else usual

    def loss(point: Floats) -> tuple[float, Floats]:
        intercept, weights = point[0], point[1:]
        slope, weight_present = weights.sum(), has @ weights + _TRACE
        health = (values @ weights + _TRACE * middle) / weight_present
        logits = intercept - slope * health
        misfit = np.logaddexp(0, logits).sum() - logits[churned].sum()
        error = _probabilities(logits) - churned
        pull = error * slope / weight_present
        gradient = -(error @ health) - values.T @ pull + has.T @ (pull * health)
        return (
            float(misfit + penalty / 2 * ((weights - centre) ** 2).sum()),
            np.concatenate([[error.sum()], gradient + penalty * (weights - centre)]),
        )

    rate = float(np.clip(churned.mean(), 1e-6, 1 - 1e-6))
    first = np.full(metrics, 1 / metrics) if usual is None else usual + 1 / metrics
    start = np.concatenate([[np.log(rate / (1 - rate)) + middle * first.sum()], first])
    found = minimize(
        loss,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(None, None), *[(0, None)] * metrics],
        options={"maxiter": _STEPS, "maxfun": 2 * _STEPS},
    )
    return Fit(float(found.x[0]), np.maximum(found.x[1:], 0))


def fit_curve(scores: Floats, churned: Flags) -> Fit:
    """The probability of churn by one score, 0 to 100, for n accounts that have one."""
    return fit_weights(scores.reshape(-1, 1), churned, penalty=0)


def health(scores: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Score and coverage of n accounts, as the warehouse computes them: NaN without any score."""
    present = ~np.isnan(scores)
    weight_present = present @ weights
    with np.errstate(invalid="ignore", divide="ignore"):
        score = np.where(present, scores, 0) @ weights / weight_present
        coverage = weight_present / weights.sum()
    return np.round(score, 9), np.round(coverage, 9)


def _probabilities(logits: Floats) -> Floats:
    return np.exp(-np.logaddexp(0, -logits))
