"""A visitor's text, made safe to print."""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")
_PICTURES = {code: chr(0x2400 + code) for code in range(32) if code not in (9, 10)}
_PICTURES[0x7F] = "\u2421"
_PICTURES |= dict.fromkeys(range(0x80, 0xA0), "\ufffd")
# Direction marks and overrides can make a line read as something else than it is.
_PICTURES |= dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd")
_PICTURES |= {0x2028: "\n", 0x2029: "\n"}


def encodable(text: str) -> str:
    """Return the text with U+FFFD for every lone surrogate, so that UTF-8 can hold it."""
    return _SURROGATE.sub("\ufffd", text)


def harmless(text: str) -> str:
    """Return the text with control characters shown as pictures, so that no terminal obeys them.

    Tabs and line ends stay.
    """
    return encodable(text).translate(_PICTURES)
