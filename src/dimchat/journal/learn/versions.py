"""Versions of a pack side by side: how much of what was asked each of them declined, and how sure that is.

The share is a ratio of two sums over visits, questions declined by questions asked. Visits are drawn, not questions:
who was declined once asks again. So its variance is that of a ratio estimator over clusters,

    v(r) = n / (n - 1) * sum((d - r q)^2) / (sum q)^2

with d and q of each of n visits (Cochran, Sampling Techniques, 3rd edition, 1977, chapter 6, without the correction for
a finite population). An interval is r +- 1.96 sqrt(v); two versions have visits of their own, so that of their
difference has the sum of both variances.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlalchemy as sa

    from dimchat.journal.learn.scope import Queries

Z = 1.96
"""Of the normal distribution, for 95 of a hundred."""
LEAST_VISITS = 30
"""With fewer visits the normal distribution says too little."""


class Share(NamedTuple):
    """The share of typed questions that a version of the pack declined, with its interval."""

    version: str
    visits: int
    asked: int
    declined: int
    share: float
    within: tuple[float, float] | None
    """The interval for 95 of a hundred, 0 to 1; None where there are too few visits."""
    change: float | None = None
    """By how much the share differs from that of the version before it; None for the first one."""
    change_within: tuple[float, float] | None = None
    """The interval of that; where it holds no 0, the versions differ."""


def versions(connection: sa.Connection, queries: Queries) -> tuple[Share, ...]:
    """Return the versions that replied, in the order in which they came; those of older journals have no name.

    Args:
        connection: To the journal.
        queries: What is asked of it.
    """
    rows = sorted(connection.execute(queries.visits()).all(), key=lambda row: (row[1], row[0] or ""))
    return side_by_side((row[0] or "", *map(int, row[2:8])) for row in rows)


def side_by_side(rows: Iterable[tuple[Any, ...]]) -> tuple[Share, ...]:
    """Return the shares of versions.

    Args:
        rows: Each with the version, the number of visits, and the sums over them of q, d, q q, q d and d d.
    """
    found: list[Share] = []
    before: tuple[float, float | None] | None = None
    for version, visits, asked, declined, *products in rows:
        if not asked:
            continue
        share = declined / asked
        variance = _variance(visits, asked, share, products)
        change = None if before is None else share - before[0]
        both = None if before is None or before[1] is None or variance is None else variance + before[1]
        within = _interval(share, variance, 0.0, 1.0)
        differs = None if change is None else _interval(change, both, -1.0, 1.0)
        found.append(Share(version, visits, asked, declined, share, within, change, differs))
        before = share, variance
    return tuple(found)


def _variance(visits: int, asked: int, share: float, products: list[int]) -> float | None:
    if visits < LEAST_VISITS:
        return None
    asked_asked, asked_declined, declined_declined = products
    squares = declined_declined - 2 * share * asked_declined + share * share * asked_asked
    return max(squares, 0.0) * visits / (visits - 1) / asked**2


def _interval(middle: float, variance: float | None, least: float, most: float) -> tuple[float, float] | None:
    if variance is None:
        return None
    half = Z * sqrt(variance)
    return max(middle - half, least), min(middle + half, most)
