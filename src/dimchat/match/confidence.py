"""From a score to how often such a match is right: a logistic curve over a few measures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

BY_ITSELF = (-2.0, 3.0, 4.0, 1.0, 0.0, 0.5)
"""The coefficients where a pack brings none: constant, then the fields of `Measures`."""
MOST_CONTENT = 6
"""More words of content than this count as this many."""


class Measures(NamedTuple):
    """What the confidence in a candidate depends on."""

    score: float
    coverage: float
    """How much of the question the candidate's phrases hold, 0 to 1."""
    gap: float
    """The score minus that of the best other class."""
    beside_outside: float
    """1 where the best other class is an outside group, else 0."""
    content: float
    """How many known words with content the question has, by `MOST_CONTENT`."""


def confidence(measures: Measures, weights: Sequence[float]) -> float:
    """Return the confidence, 0 to 1.

    Args:
        measures: Of one candidate.
        weights: The constant, then one coefficient for each measure.
    """
    sum_ = weights[0]
    for weight, measure in zip(weights[1:], measures, strict=True):
        sum_ += weight * measure
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, sum_))))
