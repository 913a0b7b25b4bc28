"""Where an arrow key leads among things that lie on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

ASIDE = 3
"""How much farther a row counts than a column: cells are twice as tall as wide, and rows are what people see."""


def nearest(start: Widget, others: Iterable[Widget], across: int, along: int) -> Widget | None:
    """Return the nearest other widget in a direction, if one lies there.

    Args:
        start: Where to begin.
        others: What can be reached.
        across: -1 for left, 1 for right, else 0.
        along: -1 for up, 1 for down, else 0.
    """
    here = start.region
    best: tuple[float, Widget] | None = None
    for other in others:
        there = other.region
        ahead = _gap(here.x, here.right, there.x, there.right) * across
        below = _gap(here.y, here.bottom, there.y, there.bottom) * along
        if other is start or (across and ahead <= 0) or (along and below <= 0):
            continue
        beside = abs(here.x + here.width / 2 - there.x - there.width / 2)
        over = abs(here.y + here.height / 2 - there.y - there.height / 2)
        distance = ahead + ASIDE * over * 4 if across else below * ASIDE * 4 + beside
        if best is None or distance < best[0]:
            best = (distance, other)
    return best[1] if best else None


def _gap(start: int, end: int, other_start: int, other_end: int) -> int:
    """Return how far the other lies after (positive) or before (negative); 0 where they overlap."""
    if other_start >= end:
        return other_start - end + 1
    if other_end <= start:
        return other_end - start - 1
    return 0
