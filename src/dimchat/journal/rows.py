"""The rows of the journal: values as they are written, each with a key that its writer made."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import date, datetime

Mode = Literal["off", "counts", "full"]
MODES: tuple[Mode, ...] = ("off", "counts", "full")
Signal = Literal["yes", "no", "again", "picked", "none"]
"""What came after a reply: it was what was meant, it was not, the question was asked again in other words, one of
the choices was taken, none of them fitted."""

KEY_TIME = 12
"""The digits of a key that hold its time; the others are chance."""
_12_BITS, _48_BITS, _62_BITS = ((1 << bits) - 1 for bits in (12, 48, 62))

LONGEST = 300
"""The characters of a question that are kept at most."""
SAFETY = "safety"
LOST = "lost"


@dataclass(frozen=True, slots=True)
class Entry:
    """One question with its outcome."""

    key: str
    day: date
    hour: int
    pack: str
    """The digest of the pack that replied."""
    face: str
    """`chat`, `plain`, `kiosk`, `web` or `api`."""
    kind: str
    """Of the reply; never `safety`."""
    intents: tuple[str, ...]
    """What was answered; what a clarify offered; the outside group that a decline recognised."""
    confidence: float
    margin: float | None
    """The distance to the runner-up; None where the ranking did not decide."""
    typed: bool
    """False for a choice that was picked or browsed to."""
    text: str | None = None
    """The question without personal details, in `full` mode only."""
    reason: str | None = None
    """Of a decline: the message that gave the reason, such as `reply.unknown`; None before journals knew it."""
    pack_version: str | None = None
    """Of the pack that replied, as its file says; None before journals knew it."""
    language: str | None = None
    """In which it replied; None before journals knew it."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """A visitor's reaction to a reply."""

    key: str
    entry: str
    """The key of the entry."""
    day: date
    hour: int
    signal: Signal
    intent: str | None = None
    """What was picked."""
    text: str | None = None
    """Where one was picked: the question for which choices were offered, as its entry keeps it."""
    about: str | None = None
    """The intent whose answer this is said of; None where it was no answer, or before journals knew it."""
    pack_version: str | None = None
    """Of the pack that replied."""
    language: str | None = None
    """In which it replied."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit that has ended, as two numbers: nothing says which questions were asked in it."""

    key: str
    day: date
    pack: str
    """The digest of the pack that replied."""
    asked: int
    """Questions that were typed, small talk and safety messages left out."""
    declined: int
    """How many of them were declined."""
    pack_version: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """A count without texts: of safety messages, or of what could not be kept."""

    key: str
    day: date
    what: str
    """`safety`, `lost`, or in an outbox `dropped` and `expired`; see `dimchat.journal.fleet.outbox`."""
    count: int


@dataclass(frozen=True, slots=True)
class Decision:
    """A curator's decision about a group of questions."""

    key: str
    day: date
    form: str
    """What the questions of the group have in common; see `dimchat.journal.similarity`."""
    verdict: str
    """`phrase`, `outside`, `draft` or `aside`."""
    target: str | None = None
    """The intent, the outside group or the draft."""


Row: TypeAlias = Entry | Feedback | Visit | Tally | Decision


def new_key(now: datetime) -> str:
    """Return a UUID of version 7, in hexadecimal, whose time is cut down to the hour, as clocks show it here.

    Keys of one hour lie together in an index, and yet none of them says when in the hour a person asked.
    """
    milliseconds = int(now.replace(minute=0, second=0, microsecond=0).timestamp()) * 1000
    chance = int.from_bytes(os.urandom(10))
    number = (milliseconds & _48_BITS) << 80 | 7 << 76 | (chance >> 62 & _12_BITS) << 64 | 2 << 62 | chance & _62_BITS
    return f"{number:032x}"


def tally(now: datetime, what: str, count: int) -> Tally:
    """Return a count on a day; its key does not tell the hour either."""
    return Tally(new_key(now.replace(hour=0)), now.date(), what, count)
