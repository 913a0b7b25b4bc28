"""Characters that nobody sees, or that turn around those that one sees: they hide what a text says from who reviews it.

Some are needed where they stand: joiners in scripts whose letters join and between pictures, selectors behind the
signs that have variants, the tags of a flag. Those pass there, and nowhere else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEVER = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"  # controls, and halves of what UTF-16 needs two for
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u3164\ufeff\uffa0\ufff0-\ufffc"  # without a shape
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f"  # direction, and lines of another kind
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
)
_SOMETIMES = "\u180b-\u180d\u180f\u200c\u200d\ufe00-\ufe0f\U000e0000-\U000e0fff"
_JOINING = (
    "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1a20-\u1aaf\u1b00-\u1cff\ua840-\ua877\ua8e0-\uabff"
    "\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f"
)
_PICTURES = (
    "\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_NEEDED = (
    f"(?<=[{_JOINING}])[\u200c\u200d]",
    f"(?<=[{_PICTURES}\ufe0f])\u200d(?=[{_PICTURES}])",
    f"(?<=[{_PICTURES}])[\ufe0e\ufe0f]",
    "(?<=[#*0-9])\ufe0f(?=\u20e3)",
    f"(?<=[{_HAN}\u2200-\u22ff\u1000-\u109f])[\ufe00-\ufe02]",
    f"(?<=[{_HAN}])[\U000e0100-\U000e01ef]",
    "(?<=[\u1820-\u18aa])[\u180b-\u180d\u180f]",
    "(?<=\U0001f3f4)[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f",
)
SUSPECT = _NEVER + _SOMETIMES
"""What may be hidden, as a class of a regular expression holds it."""
_SUSPECT = re.compile(f"[{SUSPECT}]")
_SUSPECT_ASCII = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
"""The same for a text of ASCII alone, as nearly all are: a small class is searched many times as fast."""
_JUDGED = re.compile(f"(?P<needed>{'|'.join(_NEEDED)})|{_SUSPECT.pattern}")


def invisible(text: str) -> Iterator[tuple[int, str]]:
    """Yield offset and character of everything in a text that is not seen; tabs and line feeds are."""
    if _suspect(text):
        yield from ((match.start(), match[0]) for match in _JUDGED.finditer(text) if match["needed"] is None)


def without(text: str, stand_in: str = "") -> str:
    """Return a text with something else, or nothing, in the place of each character that is not seen."""
    if not _suspect(text):
        return text
    return _JUDGED.sub(lambda match: match[0] if match["needed"] is not None else stand_in, text)


def _suspect(text: str) -> bool:
    return bool((_SUSPECT_ASCII if text.isascii() else _SUSPECT).search(text))


def code_point(character: str) -> str:
    """Return how Unicode calls a character by its number: `U+202E`."""
    return f"U+{ord(character):04X}"
