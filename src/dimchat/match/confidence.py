"""From a score to how often such a match is right: a logistic curve over a few measures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

BY_ITSELF = (-2.0, 3.0, 4.0, 0.2, 0.0, 0.0, 0.5, 0.0, 0.0, 0.0)
"""The coefficients where a pack brings none: constant, then the fields of `Measures`.

Own, by trial on validation sets. Only those that `calibrate` fits make confidences that say how often a match is
right."""
MOST_CONTENT = 6
"""More words of content than this count as this many."""
MOST_STRANGE = 4
"""More unknown terms than this count as this many."""
RIVALS = 13
"""How many of the best classes share the odds, however many are asked for."""
_SHARPNESS = 6.0
"""What a score is multiplied by before it is an exponent."""
_MOST = 40.0
_LEAST = -12.0
"""Exponents do not fall below this."""


class Measures(NamedTuple):
    """What the confidence in a candidate depends on; which measures there are is dimchat's own choice."""

    score: float
    """What the linear layer adds up to for its class: without a unit, below 0 where little speaks for it."""
    coverage: float
    """How much of the question the candidate's phrases hold, 0 to 1, see `Ranking.coverage`."""
    odds: float
    """The natural logarithm of the odds against the other classes, see `log_odds`."""
    outside: float
    """1 where the candidate is an outside group, else 0."""
    beside_outside: float
    """1 where the best other class is an outside group, else 0."""
    content: float
    """How many known words with content the question has, by `MOST_CONTENT`: 0 to 1."""
    strange: float
    """How many of its terms were never learnt, by `MOST_STRANGE`: 0 to 1."""
    length: float
    """The natural logarithm of one more than the number of its words."""
    elsewhere: float
    """1 where it names an aspect that is not the candidate's, else 0."""


def log_odds(scores: Sequence[float], n: int | None = None) -> list[float]:
    """Return for each score the natural logarithm of its odds against the best others together.

    The scores are taken as exponents, sharpened: a softmax (J. S. Bridle, "Probabilistic interpretation of
    feedforward classification network outputs", 1990), as odds.

    Args:
        scores: At least one, best first. The first `RIVALS` stand against each other and against every later one,
            however many there are.
        n: How many of the first are asked for; None for all.

    Raises:
        IndexError: There is no score.
    """
    top = scores[0]
    least = math.exp(_LEAST)
    parts = [max(math.exp(_SHARPNESS * (score - top)), least) for score in scores]
    total = 0.0
    for part in parts[:RIVALS]:
        total += part
    wanted = parts[:n]
    odds = [math.log(part / max(total - part, least)) for part in wanted[:RIVALS]]
    odds += [math.log(part / total) for part in wanted[RIVALS:]]
    return odds


def confidence(measures: Measures, weights: Sequence[float]) -> float:
    """Return the confidence, 0 to 1: the logistic function of the weighted sum of the measures.

    J. C. Platt, "Probabilistic outputs for support vector machines", 1999, with more measures than the score.

    Args:
        measures: Of one candidate.
        weights: The constant, then one coefficient for each measure.

    Raises:
        ValueError: There are more or fewer coefficients.
    """
    # Written out, as a sum over pairs takes twice as long, and newer Pythons round it otherwise.
    score, coverage, odds, outside, beside, content, strange, length, elsewhere = measures
    constant, *by = weights
    by_score, by_coverage, by_odds, by_outside, by_beside, by_content, by_strange, by_length, by_elsewhere = by
    sum_ = (
        constant
        + score * by_score
        + coverage * by_coverage
        + odds * by_odds
        + outside * by_outside
        + beside * by_beside
        + content * by_content
        + strange * by_strange
        + length * by_length
        + elsewhere * by_elsewhere
    )
    # Beyond this nothing changes any more.
    if sum_ < -_MOST:
        sum_ = -_MOST
    elif sum_ > _MOST:
        sum_ = _MOST
    return 1 / (1 + math.exp(-sum_))
