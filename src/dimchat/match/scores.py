"""From the sums of a text to scores of its classes: a softmax, and how often such a match is right."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from dimchat.match.options import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from dimchat.match.options import Options
    from dimchat.match.ranking import Sums
    from dimchat.match.reader import Reading

_PLACES = 10_000
_MOST = 40.0
_LEAST = -12.0
"""Exponents do not fall below this."""


class Scores(NamedTuple):
    """A text against all classes, in the order of `Matcher.intents`."""

    logs: NDArray[np.float64]
    """The natural logarithm of the part of each class, one number for each; the parts add up to 1.

    The scores are taken as exponents: a softmax (J. S. Bridle, "Probabilistic interpretation of feedforward
    classification network outputs", 1990), here not sharpened."""
    words: tuple[str, ...]
    """All words of the text, in their order."""
    shares: NDArray[np.float64]
    """What each of the words adds to the score of each class: words by classes."""
    meant: NDArray[np.float64] | None = None
    """The logarithms by words and meaning together; None where the encoder was not asked, or is not at hand."""

    @classmethod
    def of(cls, sums: Sums, words: Sequence[str]) -> Self:
        """Make it of the sums of a ranking.

        Args:
            sums: What the text adds up to.
            words: Its words, one for each token.

        Raises:
            ValueError: There are no classes.
            IndexError: There are fewer words than tokens that add something.
        """
        rows = sums.rows
        owned = np.zeros((len(words), len(rows)))
        owned[sums.row_owners(), np.arange(len(rows))] = sums.scales
        return cls(logs(sums.scores.astype(np.float64)), tuple(words), owned @ rows)

    def of_words(self, wanted: Collection[str]) -> NDArray[np.float64]:
        """Return the shares of certain words only: a row for each time that one stands in the text, by classes."""
        return self.shares[[at for at, word in enumerate(self.words) if word in wanted]]


def logs(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the natural logarithm of the part of each score, taken as exponents."""
    below = scores - scores.max()
    parts: NDArray[np.float64] = below - np.log(np.exp(below).sum())
    return parts


class Measures(NamedTuple):
    """The measures that the confidence in a candidate is computed from; their choice is dimchat's own."""

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
    """How many known words with content the question has, by `Options.most_content`: 0 to 1."""
    strange: float
    """How many of its terms were never learnt, by `Options.most_strange`: 0 to 1."""
    length: float
    """The natural logarithm of one more than the number of its words."""
    elsewhere: float
    """1 where it names an aspect that is not the candidate's, else 0."""


class Found(NamedTuple):
    """A question against all classes."""

    reading: Reading
    """How its words were read."""
    order: list[int]
    """Places of the best classes in `Matcher.intents`, best first: as many as asked for, at least two if there are."""
    measures: list[Measures]
    """For each of `order`."""
    share: float
    """What the confidence is multiplied by, 0 to 1."""
    sums: Sums
    """What it adds up to."""


def log_odds(scores: Sequence[float], n: int | None = None, options: Options = DEFAULT) -> list[float]:
    """Return for each score the natural logarithm of its odds against the best others together.

    The scores are taken as exponents, sharpened: a softmax (J. S. Bridle, "Probabilistic interpretation of
    feedforward classification network outputs", 1990), as odds.

    Args:
        scores: At least one, best first. The first `Options.rivals` stand against each other and against
            every later one, however many there are.
        n: How many of the first are asked for; None for all.
        options: Rivals and sharpness.

    Raises:
        IndexError: There is no score.
    """
    rivals, sharpness = options.rivals, options.sharpness
    top = scores[0]
    least = math.exp(_LEAST)
    parts = [max(math.exp(sharpness * (score - top)), least) for score in scores]
    total = 0.0
    for part in parts[:rivals]:
        total += part
    wanted = parts[:n]
    odds = [math.log(part / max(total - part, least)) for part in wanted[:rivals]]
    odds += [math.log(part / total) for part in wanted[rivals:]]
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


def rounded(value: float) -> float:
    """Return a number to four places; `round(value, 4)` takes several times as long."""
    return round(value * _PLACES) / _PLACES
