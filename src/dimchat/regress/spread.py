"""Sharing work on items between processes, so that the result does not depend on how many there are."""

from __future__ import annotations

import pickle
import signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

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

_held: tuple[Callable[..., object], object] | None = None
"""In a process that helps: what to do, and with what."""


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
    """
    pieces = list(_pieces(items, max(least, -(-len(items) // (jobs * _SHARES)))))
    jobs = min(jobs, len(pieces))
    if jobs <= 1:
        for item in items:
            yield work(item, with_)
        return
    # Started afresh rather than forked: a fork copies locks that other threads hold.
    executor = ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_hold, initargs=(pickle.dumps((work, with_)),)
    )
    try:
        for results in executor.map(_piece, pieces):
            yield from cast("list[Result]", results)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _pieces(items: Sequence[Work], size: int) -> Iterator[Sequence[Work]]:
    """Cut items into pieces of about a size, never inside a conversation."""
    start = 0
    for at in range(1, len(items)):
        if at - start >= size and not items[at].after:
            yield items[start:at]
            start = at
    if start < len(items):
        yield items[start:]


def _hold(data: bytes) -> None:
    """Keep what the pieces to come need; an interrupt is for the process that started this one."""
    global _held  # noqa: PLW0603 - what an initializer leaves behind can stand nowhere else
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Written by the process that started this one.
    _held = pickle.loads(data)  # noqa: S301


def _piece(items: Sequence[Turn]) -> list[object]:
    if _held is None:
        raise RuntimeError("a process that helps was given work before it knew which")
    work, with_ = _held
    return [work(item, with_) for item in items]
