"""Independent random streams: one per subject and account, all from one seed.

Streams are not shared. So the number of accounts in a chunk does not change an account's history,
and a change in one subject, such as tickets, leaves all others unchanged.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


class Draw:
    """A seeded stream of draws about one subject of one account."""

    def __init__(self, seed: int, subject: str, number: int = 0) -> None:
        """Open the stream of `subject` for the account `number`."""
        self.rng = np.random.default_rng((seed, zlib.crc32(subject.encode()), number))

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return bool(self.rng.random() < probability)

    def uniform(self, low: float, high: float) -> float:
        """A number in [low, high)."""
        return float(low + (high - low) * self.rng.random())

    def integer(self, low: int, high: int) -> int:
        """A whole number in [low, high]."""
        return int(self.rng.integers(low, high + 1))

    def normal(self, mean: float = 0.0, deviation: float = 1.0) -> float:
        """A normal draw."""
        return float(self.rng.normal(mean, deviation))

    def poisson(self, mean: float) -> int:
        """A count with the given mean."""
        return int(self.rng.poisson(mean))

    def pick(self, options: Sequence[T], weights: Sequence[float] | None = None) -> T:
        """One of the options, by weight where weights are given."""
        if weights is None:
            return options[int(self.rng.integers(len(options)))]
        total = float(sum(weights))
        mark = self.rng.random() * total
        for option, weight in zip(options, weights, strict=True):
            mark -= weight
            if mark < 0:
                return option
        return options[-1]


def clip(value: float, low: float, high: float) -> float:
    """`value`, limited to [low, high]."""
    return low if value < low else high if value > high else value


def logistic(value: float) -> float:
    """The logistic function."""
    return float(1.0 / (1.0 + np.exp(-value)))
