"""A clock that several processes share, and that one of them sets forward."""

from __future__ import annotations

import mmap
import struct
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_ADDED, _DAYS, _SEEN, _TURNS, _WARM, _STARTED, _REAL = range(0, 56, 8)
_SIZE = 56


class Clock:
    """The real clock, and what was added to it; with how far the others have noticed."""

    def __init__(self, file: Path) -> None:
        """Open the clock in a file, which is made where it is missing."""
        if not file.exists():
            file.write_bytes(bytes(_SIZE))
        self.file = file
        with file.open("r+b") as opened:
            self._shared = mmap.mmap(opened.fileno(), _SIZE)

    def now(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic() + self._get(_ADDED)

    def today(self) -> date:
        """Return the day by the clock on the wall, which may jump."""
        return date(2026, 11, 24) + timedelta(days=self._get(_DAYS) + self.now() // 86400)

    def add(self, seconds: float) -> None:
        """Let time pass."""
        self._set(_ADDED, self._get(_ADDED) + seconds)

    def jump(self, days: int) -> None:
        """Set the clock on the wall, forwards or back."""
        self._set(_DAYS, days)

    def saw(self, now: float) -> None:
        """Note, in a visitor's process, that everything due at a time is done."""
        self._set(_SEEN, now)

    @property
    def seen(self) -> float:
        """Return the time up to which the visitor's process has done what was due."""
        return self._get(_SEEN)

    def turned(self, *, warm: bool) -> None:
        """Note, in the parent, that it has turned once more, and whether the next process is loaded."""
        self._set(_TURNS, self._get(_TURNS) + 1)
        self._set(_WARM, warm)

    @property
    def turns(self) -> float:
        """Return how many turns the parent has done."""
        return self._get(_TURNS)

    @property
    def warm(self) -> bool:
        """Tell whether the next visitor's process is loaded."""
        return bool(self._get(_WARM))

    def start(self) -> int:
        """Return, in a visitor's process, the how-manyeth it is."""
        self._set(_STARTED, self._get(_STARTED) + 1)
        return int(self._get(_STARTED))

    def take(self, *, real: bool) -> None:
        """Note that a visitor's process has the terminal, and whether it is a real one."""
        self._set(_REAL, real)

    @property
    def real(self) -> bool:
        """Tell whether the process that has the terminal is a real one."""
        return bool(self._get(_REAL))

    def _get(self, place: int) -> float:
        return float(struct.unpack_from("d", self._shared, place)[0])

    def _set(self, place: int, value: float) -> None:
        struct.pack_into("d", self._shared, place, value)
