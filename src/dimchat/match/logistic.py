"""Logistic regression by Newton's method, from nothing or from where other data led."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dimchat.match.options import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.match.held_out import Floats

_ROUNDS = 40
_GROWING = (1, 2, 3)
"""The coefficients that must not be negative: a better score, coverage or odds never make a match less sure."""
_LEAST = 1e-6
_SETTLED = 1e-8


def curve(
    measures: Floats,
    right: Floats,
    ridge: float = DEFAULT.ridge,
    counts: Floats | None = None,
    toward: Sequence[float] | None = None,
) -> Floats:
    """Return the coefficients of a logistic regression, the constant first, as `confidence` takes them.

    A ridge keeps them finite (S. le Cessie and J. C. van Houwelingen, "Ridge estimators in logistic regression",
    Applied Statistics 41, 1992); Newton's method finds them. Those that come out negative and must not be (`_GROWING`)
    are set to 0 and the rest is fitted again: own. So are those of measures that are the same for all matches.

    Args:
        measures: A row of `Measures` for each match: matches by measures, at least one match.
        right: 1 for each that was right, else 0.
        ridge: What the square of a coefficient costs, by two; the constant is all but free. With `toward`, how many
            lines speak for that.
        counts: How often each match is to be counted; once by default.
        toward: Where the coefficients begin, the constant's too. What the distance from there costs is in terms of what
            these lines tell of each (A. Zellner, "On assessing prior distributions and Bayesian regression analysis
            with g-prior distributions", 1986).
    """
    rows = np.column_stack((np.ones(len(measures)), measures))
    free = [column for column in range(rows.shape[1]) if column == 0 or np.ptp(rows[:, column]) > 0]
    while True:
        weights = np.zeros(rows.shape[1])
        own = None if toward is None else np.asarray(toward, float)[free]
        weights[free] = newton(rows[:, free], right, ridge, counts, own)
        negative = [column for column in free if column in _GROWING and weights[column] < 0]
        if not negative:
            return weights
        free = [column for column in free if column not in negative]


def newton(
    rows: Floats, right: Floats, cost: float, counts: Floats | None = None, toward: Floats | None = None
) -> Floats:
    """Return the coefficients of a logistic regression with a ridge, by Newton's method.

    Args:
        rows: The first column is the constant's.
        right: 1 for each row that was right, else 0.
        cost: As `ridge` for `curve`.
        counts: As for `curve`.
        toward: As for `curve`.
    """
    often = np.ones(len(rows)) if counts is None else counts
    weights = start = np.zeros(rows.shape[1]) if toward is None else toward

    def shares(tried: Floats) -> Floats:
        sums: Floats = 1 / (1 + np.exp(-np.clip(rows @ tried, -30, 30)))
        return sums

    def bends(sure: Floats) -> Floats:
        return (rows * (often * sure * (1 - sure))[:, None]).T @ rows

    ridge = np.diag([_LEAST, *[cost] * (rows.shape[1] - 1)])
    if toward is not None:
        ridge = bends(shares(start)) * cost / max(float(often.sum()), 1.0) + _LEAST * np.eye(len(start))

    def gain(tried: Floats) -> float:
        sure = np.clip(shares(tried), _LEAST**2, 1 - _LEAST**2)
        logs = right * np.log(sure) + (1 - right) * np.log1p(-sure)
        return float(often @ logs) - float((tried - start) @ ridge @ (tried - start)) / 2

    now = gain(weights)
    for _ in range(_ROUNDS):
        sure = shares(weights)
        slope = rows.T @ (often * (right - sure)) - ridge @ (weights - start)
        step = np.linalg.solve(bends(sure) + ridge, slope)
        # Few lines that are easily told apart would throw it far over the mark.
        while (then := gain(weights + step)) < now - _LEAST and float(np.abs(step).max()) >= _SETTLED:
            step = step / 2
        weights, now = weights + step, then
        if float(np.abs(step).max()) < _SETTLED:
            break
    return weights
