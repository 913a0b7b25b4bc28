"""What the tables are made of: accuracy, ranking of in against out of scope, intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ROUNDS = 2000
SEED = 0
GIVEN_UP = 0.03
"""How much accuracy in scope a cut may cost."""


class Interval(NamedTuple):
    """A difference, and where 95 of 100 resamples have it."""

    value: float
    low: float
    high: float


def auroc(inside: Floats, outside: Floats) -> float:
    """Return how often a question in scope is surer than one out of scope; ties count half.

    Args:
        inside: How sure the peer is of each question in scope.
        outside: The same for those out of scope.
    """
    both = np.concatenate([inside, outside])
    _, place, counts = np.unique(both, return_inverse=True, return_counts=True)
    ranks = (counts.cumsum() - (counts - 1) / 2)[place]
    n_in, n_out = len(inside), len(outside)
    return (float(ranks[:n_in].sum()) - n_in * (n_in + 1) / 2) / (n_in * n_out)


def rejected(inside: Floats, right: NDArray[np.bool_], outside: Floats, given_up: float = GIVEN_UP) -> float:
    """Return the share out of scope that the highest cut turns away that costs at most so much accuracy.

    Args:
        inside: How sure the peer is of each question in scope.
        right: Whether it is right about it.
        outside: How sure it is of each question out of scope.
        given_up: The cost, as a share of all questions in scope.
    """
    allowed = int(given_up * len(inside) + 1e-9)
    ordered = np.sort(inside[right])
    # A question at the cut is still answered, so it may lie at the first right one that must be kept.
    cut = ordered[allowed] if allowed < len(ordered) else np.inf
    return float((outside < cut).mean())


def resampled(statistic: Callable[[NDArray[np.intp], NDArray[np.intp]], float], n_in: int, n_out: int = 0) -> Interval:
    """Return a statistic with its bootstrap interval over questions.

    Args:
        statistic: Of the places of questions in scope and of those out of scope, drawn with replacement.
        n_in: How many questions in scope there are.
        n_out: How many out of scope.
    """
    rng = np.random.default_rng(SEED)
    values = [statistic(rng.integers(0, n_in, n_in), rng.integers(0, max(n_out, 1), n_out)) for _ in range(ROUNDS)]
    low, high = np.quantile(values, [0.025, 0.975])
    return Interval(statistic(np.arange(n_in), np.arange(n_out)), float(low), float(high))


def accuracy_ahead(ours: NDArray[np.bool_], theirs: NDArray[np.bool_]) -> Interval:
    """Return by how much accuracy differs on the same questions.

    Args:
        ours: Whether we are right about each.
        theirs: Whether they are.
    """
    ahead = ours.astype(float) - theirs
    return resampled(lambda places, _: float(ahead[places].mean()), len(ahead))


def auroc_ahead(ours: tuple[Floats, Floats], theirs: tuple[Floats, Floats]) -> Interval:
    """Return by how much the AUROC differs on the same questions.

    Args:
        ours: How sure we are in scope, and out of scope.
        theirs: How sure they are.
    """
    return resampled(
        lambda i, o: auroc(ours[0][i], ours[1][o]) - auroc(theirs[0][i], theirs[1][o]), len(ours[0]), len(ours[1])
    )
