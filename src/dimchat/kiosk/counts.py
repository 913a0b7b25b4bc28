"""How much was done today: numbers only, kept in the parent's memory and nowhere else."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields, replace
from typing import TYPE_CHECKING

from dimchat.kiosk.signs import NUMBERS, Sign

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of one day."""

    visitors: int = 0
    answered: int = 0
    clarified: int = 0
    declined: int = 0
    crashes: int = 0
    lost: int = 0
    """Rows that could not be kept in the journal."""

    def add(self, name: str) -> Counts:
        """Return the counts with one more of a kind."""
        return replace(self, **{name: getattr(self, name) + 1})

    def to_bytes(self) -> bytes:
        """Return the counts as the parent sends them."""
        return NUMBERS + b" ".join(b"%d" % number for number in astuple(self)) + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes) -> Counts:
        """Return the counts that `to_bytes` wrote.

        Raises:
            ValueError: The data is something else.
        """
        numbers = [int(part) for part in data.strip().removeprefix(NUMBERS).split()]
        if len(numbers) != len(fields(cls)):
            raise ValueError("not as many numbers as there are counts")
        return cls(*numbers)


COUNTED = {
    Sign.VISITOR: "visitors",
    Sign.ANSWERED: "answered",
    Sign.CLARIFIED: "clarified",
    Sign.DECLINED: "declined",
    Sign.LOST: "lost",
}


class Today:
    """Counts that begin anew when the date changes."""

    def __init__(self, day: date) -> None:
        """Begin at zero."""
        self._day = day
        self._counts = Counts()

    def on(self, day: date) -> Counts:
        """Return the counts of a day."""
        if day != self._day:
            self._day, self._counts = day, Counts()
        return self._counts

    def add(self, name: str, day: date) -> None:
        """Count one more of a kind on a day."""
        self._counts = self.on(day).add(name)
