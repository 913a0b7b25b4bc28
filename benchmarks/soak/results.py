"""What was found, and whether that is good enough."""

from __future__ import annotations

import statistics
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 3.0
"""Seconds without a screen that a restart may take."""
GROWTH = 0.10
"""How much the parent's memory may grow or shrink after the first hour."""
FIRST_HOUR = 1.0
WARMING = 5
"""Visitors after which a stand that was started anew has read what it reads once: its memory is judged from then on."""


class Results:
    """Collects what a run meets."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        """Begin with nothing; how it goes is told on the way."""
        self._tell = tell
        self.visitors = self.real = self.told = self.shown = self.silent = 0
        self.troubles: Counter[str] = Counter()
        self.editions: set[int] = set()
        self.leaks: list[str] = []
        self.faults: list[str] = []
        self.restarts_of_all: list[float] = []
        self._gaps: dict[str, list[float]] = {}
        self._memory: list[tuple[float, int, int]] = []
        self._warm: list[int] = []
        self._begun = 0

    def happened(self, trouble: str) -> None:
        """Count a trouble."""
        self.troubles[trouble] += 1

    def visited(self, *, real: bool, told: bool, shown: bool) -> None:
        """Count a visitor: was the process real, was the marker typed, was it seen on the screen?"""
        self.visitors += 1
        self.real += real
        self.told += told
        self.shown += shown

    def leak(self, number: int, where: str) -> None:
        """Note that something of a visitor, or of one before, was left."""
        self.leaks.append(f"after visitor {number}: {where}")
        self._tell(f"LEAK {self.leaks[-1]}")

    def fault(self, what: str) -> None:
        """Note what must not be."""
        self.faults.append(what)
        self._tell(f"FAULT {what}")

    def without_screen(self, why: str, seconds: float) -> None:
        """Note how long there was only the calm screen."""
        self._gaps.setdefault(why, []).append(seconds)

    def started_anew(self, seconds: float) -> None:
        """Note that the whole stand had to be started, and how long there was no screen."""
        self.restarts_of_all.append(seconds)
        self._begun = self.visitors

    def memory(self, hour: float, kilobytes: int, files: int) -> None:
        """Note what the parent holds."""
        self._memory.append((hour, kilobytes, files))
        if hour >= FIRST_HOUR and self.visitors - self._begun > WARMING:
            self._warm.append(kilobytes)

    def tell_on(self) -> None:
        """Tell how it goes."""
        hour, kilobytes, files = self._memory[-1] if self._memory else (0.0, 0, 0)
        longest = max((max(gaps) for gaps in self._gaps.values()), default=0.0)
        self._tell(
            f"hour {hour:5.2f}, {self.visitors:4} visitors, {len(self.leaks)} leaks, {len(self.faults)} faults, "
            f"longest without a screen {longest:.2f} s, parent {kilobytes} KB, {files} files"
        )

    @property
    def growth(self) -> tuple[int, int, int]:
        """Return the parent's memory at the end of the first hour, and the least and most after it, in kilobytes."""
        return (self._warm[0], min(self._warm), max(self._warm)) if self._warm else (0, 0, 0)

    def good(self, *, lenient: bool) -> bool:
        """Tell whether everything is as it must be; a busy machine may be forgiven that it is slow."""
        first, least, most = self.growth
        flat = first > 0 and (most - first) <= GROWTH * first and (first - least) <= GROWTH * first
        slow = [seconds for gaps in self._gaps.values() for seconds in gaps if seconds > LONGEST]
        return not (self.leaks or self.faults or (slow and not lenient)) and flat and self.real > 0

    def report(self, *, lenient: bool) -> str:
        """Return it all as lines of text."""
        first, least, most = self.growth
        files = [count for _, _, count in self._memory]
        rows = [
            f"visitors           {self.visitors}, {self.real} with a real process; {self.silent} just went away",
            f"markers            {self.told} visitors said theirs, {self.shown} were seen on the screen",
            "troubles           " + ", ".join(f"{name} {times}" for name, times in sorted(self.troubles.items())),
            f"packs              editions {sorted(self.editions)} were shown, no broken one",
            f"leaks              {len(self.leaks)}",
            f"faults             {len(self.faults)}",
        ]
        rows += [
            f"without a screen   {why}: {len(gaps)} times, median {statistics.median(gaps):.2f} s, "
            f"longest {max(gaps):.2f} s, {sum(gap > LONGEST for gap in gaps)} above {LONGEST:g} s"
            for why, gaps in sorted(self._gaps.items())
        ]
        if self.restarts_of_all:
            rows.append(
                f"terminal lost      the whole stand was started anew {len(self.restarts_of_all)} times, longest "
                f"{max(self.restarts_of_all):.2f} s until its screen"
            )
        change = f"{(least - first) / max(first, 1):+.1%} to {(most - first) / max(first, 1):+.1%}"
        rows += [
            f"parent's memory    {first} KB after the first hour, then {least} to {most} KB ({change})",
            f"parent's files     {min(files, default=0)} to {max(files, default=0)} open",
            *(f"LEAK  {each}" for each in self.leaks[:20]),
            *(f"FAULT {each}" for each in self.faults[:20]),
            "good" if self.good(lenient=lenient) else "NOT GOOD",
        ]
        return "\n".join(rows)
