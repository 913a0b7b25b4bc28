"""Whether the difference between two that were asked the same questions is more than chance.

McNemar's test, in its exact form: Q. McNemar, "Note on the sampling error of the difference between correlated
proportions or percentages", Psychometrika 12, 1947; the exact form is the sign test on the questions on which the two
differ. For learners that are compared once, it is what T. G. Dietterich recommends ("Approximate Statistical Tests for
Comparing Supervised Classification Learning Algorithms", Neural Computation 10, 1998). Since phrasings of one intent
are alike, the interval comes from a bootstrap that draws whole intents (B. Efron, R. J. Tibshirani, "An Introduction
to the Bootstrap", 1993; by percentiles), which the test itself does not take into account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

_DRAWS = 10_000


class Paired(NamedTuple):
    """Two that were asked the same questions."""

    name: str
    """What was asked."""
    size: int
    first: int
    """How many the first got right."""
    second: int
    only_first: int
    only_second: int
    p: float
    """How probable a split of the questions on which they differ is that is at least as uneven, were they as good."""
    low: float
    """The lower end of the 95 % interval of the difference in the share right, second minus first."""
    high: float


def compare(
    name: str, first: Sequence[bool], second: Sequence[bool], clusters: Sequence[str], *, seed: int = 0
) -> Paired:
    """Compare two.

    Args:
        name: What was asked.
        first: Whether the first was right, for each question.
        second: The same for the second.
        clusters: What each question belongs to, such as its intent; whole clusters are drawn.
        seed: Of the draws.
    """
    pairs = list(zip(first, second, strict=True))
    only_first = sum(a and not b for a, b in pairs)
    only_second = sum(b and not a for a, b in pairs)
    low, high = _interval(pairs, clusters, seed)
    return Paired(
        name,
        len(pairs),
        sum(first),
        sum(second),
        only_first,
        only_second,
        mcnemar(only_first, only_second),
        low,
        high,
    )


def mcnemar(only_first: int, only_second: int) -> float:
    """Return the two-sided p of McNemar's exact test.

    Args:
        only_first: Questions that only the first got right.
        only_second: Questions that only the second got right.
    """
    n = only_first + only_second
    tail, ways = 0, 1
    for k in range(min(only_first, only_second) + 1):
        tail += ways
        ways = ways * (n - k) // (k + 1)
    # Integers until the last step: 2 ** n is too large for a float where n is above a thousand.
    return float(min(1.0, 2 * tail / 2**n))


def _interval(pairs: Sequence[tuple[bool, bool]], clusters: Sequence[str], seed: int) -> tuple[float, float]:
    names = {name: at for at, name in enumerate(dict.fromkeys(clusters))}
    if not names:
        return 0.0, 0.0
    sizes, gains = np.zeros(len(names)), np.zeros(len(names))
    for (first, second), name in zip(pairs, clusters, strict=True):
        sizes[names[name]] += 1
        gains[names[name]] += int(second) - int(first)
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=_DRAWS)
    differences = (drawn @ gains) / (drawn @ sizes)
    low, high = np.percentile(differences, [2.5, 97.5]).tolist()
    return float(low), float(high)
