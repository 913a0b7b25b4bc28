"""Sharing work on items between processes, so that the result does not depend on how many there are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from dimchat.files import pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Turn(Protocol):
    """Something that may follow other messages in a conversation."""

    @property
    def after(self) -> tuple[str, ...]:
        """Return the messages before it."""
        ...


Work = TypeVar("Work", bound=Turn)
With = TypeVar("With")
Result = TypeVar("Result")

_SHARES = 8
"""Into how many pieces for each process the work is cut, so that none waits long for the last one."""
LEAST = 16
"""Smaller pieces cost more to hand over than they bring."""


def spread(
    work: Callable[[Work, With], Result], items: Sequence[Work], with_: With, *, jobs: int = 1, least: int = LEAST
) -> Iterator[Result]:
    """Yield `work(item, with_)` for each item, in order.

    Args:
        work: A function of a module, so that another process can find it.
        items: What to work on; the turns of a conversation stand together.
        with_: What the work needs; it is pickled for each process.
        jobs: How many processes share the work; 1 starts none.
        least: So many items make a piece of work, where each is small.

    Raises:
        ChildProcessError: A process that helps came to an end.
    """
    pieces = list(_pieces(items, max(least, -(-len(items) // (jobs * _SHARES)))))
    if min(jobs, len(pieces)) <= 1:
        for item in items:
            yield work(item, with_)
        return
    for results in pool.shared(partial(_piece, work, with_), pieces, jobs=jobs):
        yield from results


def _pieces(items: Sequence[Work], size: int) -> Iterator[Sequence[Work]]:
    """Cut items into pieces of about a size, never inside a conversation."""
    start = 0
    for at in range(1, len(items)):
        if at - start >= size and not items[at].after:
            yield items[start:at]
            start = at
    if start < len(items):
        yield items[start:]


def _piece(work: Callable[[Work, With], Result], with_: With, items: Sequence[Work]) -> list[Result]:
    return [work(item, with_) for item in items]
