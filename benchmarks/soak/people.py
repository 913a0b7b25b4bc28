"""What a visitor does: at random, but the same with the same seed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from terminal import Terminal, click

from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

WORDS = catalogue_of("en")

QUESTIONS = (
    "what degree do I need",
    "how much does a manager earn",
    "what is the CRA",
    "how often do I renew it",
    "is the job stressful",
    "manager",
    "renew",
    "what is the weather",
    "i want to hurt somebody",
)
KEYS = ("\t", "\x1b[Z", "\r", " ", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[5~", "\x1b[6~", "\x1b", "\x7f")
STAFF = "\x1b[20~" * 5
PASTE = "\x1b[200~{}\x1b[201~"
MOMENT = 0.6
"""Seconds."""
FREE = "\x1b[201~\x1b[201~\x1b"
"""Ends a paste, or a code, that was begun and never ended."""


class Person:
    """One visitor at a terminal."""

    def __init__(self, terminal: Terminal, dice: random.Random, mark: str) -> None:
        """Take the terminal, the chance, and the word that only this visitor says."""
        self._terminal = terminal
        self._dice = dice
        self._mark = mark
        self.told = False
        """Whether the mark was typed."""
        self.shown = False
        """Whether the screen was seen to show it."""
        self._acts: dict[Callable[[], None], int] = {
            self.ask: 4,
            self.ask_marked: 8,
            self.type_on: 6,
            self.paste: 5,
            self.touch_keys: 3,
            self.touch: 6,
            self.touch_source: 2,
            self.press: 4,
            self.scroll: 2,
            self.resize_text: 1,
            self.control: 2,
            self.storm: 2,
            self.bomb: 1,
            self.knock: 1,
        }

    def act(self) -> None:
        """Do something."""
        (act,) = self._dice.choices(list(self._acts), list(self._acts.values()))
        act()
        self._terminal.quiet()
        self._look()

    def _look(self) -> None:
        self.shown = self.shown or self._mark in self._terminal.text

    def _await_mark(self) -> None:
        """Give the screen a moment to show it: under a window of the staff, say, it never does."""
        end = time.monotonic() + MOMENT
        while not self.shown and time.monotonic() < end:
            self._terminal.read(0.02)
            self._look()

    def _type(self, text: str) -> None:
        self.told = self.told or self._mark in text
        self._terminal.send(text.encode())

    def ask(self) -> None:
        """Ask something that others ask."""
        self._type(self._dice.choice(QUESTIONS) + "\r")

    def ask_marked(self) -> None:
        """Ask something with the mark in it, slowly enough that it is seen."""
        self._type(f"{self._dice.choice(QUESTIONS)} {self._mark}")
        self._await_mark()
        self._type("\r")

    def type_on(self) -> None:
        """Type, and leave it there."""
        self._type(f" {self._mark}")

    def paste(self) -> None:
        """Paste several lines."""
        self._type(PASTE.format(f"{self._mark} one\n{self._mark} two \x1b]0;{self._mark}\x07"))

    def touch_keys(self) -> None:
        """Write the mark with the keys on the screen, and ask."""
        if self._touch(WORDS("stand.keyboard")):
            self._terminal.quiet()
        places: dict[str, tuple[int, int]] = {}
        for y, row in enumerate(self._terminal.text.splitlines(), 1):
            if "".join(row.split()) in WORDS.texts("stand.key.rows"):
                places |= {letter: (row.index(letter) + 1, y) for letter in row.split()}
        if set(self._mark) <= places.keys():
            self.told = True
            for letter in self._mark:
                self._terminal.send(click(*places[letter]))
            self._await_mark()
            self._touch(WORDS("stand.key.ask"))

    def touch(self) -> None:
        """Touch anywhere."""
        self._terminal.send(
            click(self._dice.randint(1, self._terminal.columns), self._dice.randint(1, self._terminal.rows))
        )

    def touch_source(self) -> None:
        """Touch a source, where one is shown, for its code."""
        if self._touch(" [1] ") or self._touch(WORDS("stand.read_more")):
            self._terminal.quiet()

    def press(self) -> None:
        """Press keys that move."""
        self._type("".join(self._dice.choices(KEYS, k=self._dice.randint(1, 6))))

    def scroll(self) -> None:
        """Move the mouse, and turn its wheel."""
        x, y = self._dice.randint(1, self._terminal.columns), self._dice.randint(1, self._terminal.rows)
        self._type(f"\x1b[<35;{x};{y}M" + f"\x1b[<{self._dice.choice((64, 65))};{x};{y}M" * 3)

    def resize_text(self) -> None:
        """Want it larger or smaller."""
        _ = self._touch(WORDS("stand.larger")) or self._touch(WORDS("stand.smaller"))

    def control(self) -> None:
        """Press what leads out elsewhere."""
        self._type("".join(chr(self._dice.randint(0, 31)) for _ in range(5)))

    def storm(self) -> None:
        """Be a broken keyboard."""
        self._terminal.send(self._dice.randbytes(self._dice.randint(1, 60)))
        self._type(FREE)

    def bomb(self) -> None:
        """Try to make the terminal keep something."""
        self._type(f"\x1b]52;c;{self._mark}\x07\x1b]0;{self._mark}\x07[link={self._mark}]x[/link]\x1b[5i{self._mark}\r")

    def knock(self) -> None:
        """Guess the PIN."""
        self._type(f"{STAFF}{self._dice.randint(10000, 99999)}\r")
        self._terminal.quiet()
        self._type("\x1b[27u")

    def start_over(self, *, typing: bool = False) -> bool:
        """Touch what ends the visit, if it can be found; perhaps typing on as if nothing had happened."""
        for _ in range(3):
            place = self._terminal.place(WORDS("stand.start_over"))
            if place is not None:
                more = f"{self._mark} more\r".encode() if typing else b""
                self._terminal.send(click(*place) + more)
                return True
            self._type(FREE)
            self._terminal.quiet()
        return False

    def _touch(self, label: str) -> bool:
        place = self._terminal.place(label)
        if place is not None:
            self._terminal.send(click(*place))
        return place is not None
