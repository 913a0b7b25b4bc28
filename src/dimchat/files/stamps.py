"""Whether files were touched, by looking at them now and then: nothing is read, and no system is asked to tell.

A look costs one call of the system for each file, some milliseconds for the thousand files that a pack may have. It
works the same over a network, in a container and for an editor that writes another file and renames it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

QUIET = 0.1
"""Seconds for which files must be left alone before they are read: editors write in several steps."""


class Stamp(NamedTuple):
    """What the system says of a file; any writing changes it, and so does another file in its place."""

    file: int
    size: int
    written: int
    """When what is in it was last changed, in nanoseconds."""
    changed: int
    """When anything of it was: what was written may be dated back."""


Stamps = dict[str, Stamp | None]
"""Files by name; None for one that is not there or may not be looked at."""


def stamps(root: Path, names: Iterable[str]) -> Stamps:
    """Return the stamps of files, by their names relative to a folder."""
    found: Stamps = {}
    for name in names:
        try:
            seen = (root / name).stat()
        except (OSError, ValueError):
            found[name] = None
        else:
            found[name] = Stamp(seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
    return found


class Touched:
    """Tells which files were touched once they have been left alone for a while.

    What is touched while somebody works on what was told before is told the next time: a look counts from before the
    files are read.
    """

    def __init__(self, look: Callable[[], Stamps], clock: Callable[[], float]) -> None:
        """Look for the first time.

        Args:
            look: Returns the stamps.
            clock: Seconds, which never go back.
        """
        self._look, self._clock = look, clock
        self._told = self._last = look()
        self._since = clock()

    def turn(self) -> tuple[str, ...]:
        """Look again, and return the names of files that were touched and have come to rest; () for none."""
        now = self._look()
        if now != self._last:
            self._last, self._since = now, self._clock()
        if now == self._told or self._clock() - self._since < QUIET:
            return ()
        before, self._told = self._told, now
        return tuple(sorted(name for name in {*before, *now} if before.get(name) != now.get(name)))
