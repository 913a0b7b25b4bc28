"""Messages from a page to the server, read without trust, and the codes that close a conversation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dimchat.journal import Mode
    from dimchat.wording import Catalogue

WIDTHS = range(20, 501)
HEIGHTS = range(8, 201)
"""Characters and lines that a screen may have: more would let a visitor fill the memory."""
MOST_PING = 64


@dataclass(frozen=True, slots=True)
class Typed:
    """Keys, pasted text, the mouse: what a terminal sends."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Resized:
    """The screen has another size."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Pinged:
    """The page measures the way to the server and back."""

    data: str


@dataclass(frozen=True, slots=True)
class Focused:
    """The conversation got the focus, or lost it."""

    focused: bool


@dataclass(frozen=True, slots=True)
class Stayed:
    """The visitor wants to go on."""


Message = Typed | Resized | Pinged | Focused | Stayed


def read(text: str) -> Message | None:
    """Return what a message says, or None for what says nothing that we know.

    Args:
        text: What the page sent, meant to be a JSON list of a word and what belongs to it.
    """
    try:
        envelope = json.loads(text)
    except (ValueError, RecursionError):
        return None
    message: Message | None = None
    match envelope:
        case ["stdin", str(data)]:
            message = Typed(data.encode("utf-8", "replace"))
        case ["resize", {"width": int(width), "height": int(height)}]:
            message = Resized(*fitting(width, height))
        case ["ping", str(data)]:
            message = Pinged(data[:MOST_PING])
        case ["focus" | "blur" as kind, *_]:
            message = Focused(kind == "focus")
        case ["stay", *_]:
            message = Stayed()
    return message


def fitting(width: int, height: int) -> tuple[int, int]:
    """Return the nearest size that a screen may have."""
    return within(width, WIDTHS), within(height, HEIGHTS)


def within(number: int, bounds: range) -> int:
    """Return the nearest number within bounds."""
    return min(max(number, bounds.start), bounds.stop - 1)


class CloseCode(IntEnum):
    """One reason."""

    LEFT = 4000
    """The visitor left."""
    AGAIN = 4001
    """The kiosk was reset: the next visit begins."""
    IDLE = 4002
    """The visitor was silent for too long."""
    FULL = 4003
    """There is no place."""
    FAILED = 4004
    """A fault."""
    STOPPED = 4005
    """The server ends."""
    CROWDED = 4006
    """There is no place for one more from this address."""


def endings(words: Catalogue, mode: Mode) -> dict[str, tuple[str, str]]:
    """Return a heading and a sentence for every way in which a conversation ends.

    Args:
        words: What dimchat says.
        mode: Of the journal: what is left of a conversation.
    """
    kept = words(f"page.kept.{mode}")
    headings = words.below("page.ended")
    return {name: (heading, words(f"page.ended_text.{name}", kept=kept)) for name, heading in headings.items()}
