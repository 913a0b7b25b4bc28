"""How often one may ask: a bucket of tokens for each key or address, filled as time goes by."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

REMEMBERED = 50_000
"""Buckets that are kept; who was not seen for longest is forgotten."""


class Rates:
    """Counts what each may still do."""

    def __init__(self, a_minute: int, at_once: int, clock: Callable[[], float]) -> None:
        """Take how much one may do.

        Args:
            a_minute: In the long run.
            at_once: After a rest.
            clock: Counts seconds.
        """
        self._each_second = a_minute / 60
        self._most = float(at_once)
        self._clock = clock
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """Of each: the tokens, and when there were so many."""

    def take(self, name: str) -> float:
        """Take a token of somebody's, and return 0; or the seconds until there is one, and take none."""
        now = self._clock()
        tokens = self._tokens(name, now)
        if tokens < 1:
            return (1 - tokens) / self._each_second
        self._held[name] = (tokens - 1, now)
        self._held.move_to_end(name)
        if len(self._held) > REMEMBERED:
            self._held.popitem(last=False)
        return 0.0

    def wait(self, name: str) -> float:
        """Return the seconds until somebody has a token; 0 where there is one."""
        return max((1 - self._tokens(name, self._clock())) / self._each_second, 0.0)

    def _tokens(self, name: str, now: float) -> float:
        tokens, then = self._held.get(name, (self._most, now))
        return min(tokens + max(now - then, 0.0) * self._each_second, self._most)
