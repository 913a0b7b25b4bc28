"""What processes that fork share, and what one gives back.

A visitor's process that filled a `cached_property` itself would do so while somebody waits, in memory of its own: so
that is done before. What a turn took for a moment goes back to the system after it.
"""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress
from functools import cache, cached_property
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_OURS = "dimchat"


def work_out(*roots: object) -> None:
    """Fill each `cached_property` of our own objects that can be reached from others.

    Args:
        roots: Where to begin; classes and modules are not looked into, what a function keeps of its calls is.
    """
    seen: set[int] = set()
    held: list[object] = [*roots]
    while held:
        one = held.pop()
        if id(one) in seen or not gc.is_tracked(one) or isinstance(one, type | ModuleType):
            continue
        seen.add(id(one))
        if isinstance(one, FunctionType):
            held += one.__closure__ or ()
            continue
        if type(one).__module__.partition(".")[0] == _OURS:
            for kind in type(one).__mro__:
                for name, value in vars(kind).items():
                    if isinstance(value, cached_property):
                        getattr(one, name)
        held += gc.get_referents(one)


def give_back() -> None:
    """Give free memory back to the system, a fifth of a millisecond's work; only the C library of GNU can."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    with suppress(OSError, AttributeError):
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
        return found
    return None
