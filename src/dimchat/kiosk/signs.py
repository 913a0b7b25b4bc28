"""What parent and child say to each other: one byte each, so that no word of a visitor can travel."""

from __future__ import annotations

from enum import Enum
from typing import Final


class Sign(Enum):
    """One fixed message; the first group goes from child to parent, the second from parent to child."""

    READY = b"r"
    """The pack is loaded; the child waits for the terminal."""
    SHOWN = b"s"
    """The first screen is painted."""
    BEAT = b"b"
    """The child is alive."""
    VISITOR = b"v"
    """Somebody began."""
    ANSWERED = b"a"
    CLARIFIED = b"c"
    DECLINED = b"d"
    LOST = b"x"
    """A row could not be kept in the journal, and the journal does not know of it; also from the parent to the next
    child, before GO, so that it tells the journal."""
    STAFF = b"m"
    """The staff's menu is open; where the pack's files are no good, the parent says so."""
    COUNTS = b"?"
    """The staff wants to see the counts."""
    LEAVE = b"l"
    """The staff wants the kiosk to end."""
    RELOAD = b"p"
    """The staff wants the pack to be looked at now."""

    GO = b"g"
    """The terminal is yours."""
    RENEW = b"n"
    """End, if nobody is there."""
    END = b"e"
    """End now."""
    PACK_TAKEN = b"+"
    PACK_SAME = b"="
    PACK_BAD = b"-"


NUMBERS: Final = b"#"
"""Begins the only message of more than a byte: the counts as decimal numbers, up to a newline."""
