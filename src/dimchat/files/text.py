"""Text of people and other programs: reading it from bytes, finding what hides in it, showing it to a terminal.

Invisible characters hide what a text says from who reviews it, or turn around those that one sees. Some are needed
where they stand: joiners in scripts whose letters join and between pictures, selectors behind the signs that have
variants, the tags of a flag. Those pass there, and nowhere else.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import TYPE_CHECKING

from dimchat.errors import meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
_SUSPECT_ASCII = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
"""The same for a text of ASCII alone, as nearly all are: a small class is searched many times as fast."""
_ON_A_TERMINAL = {
    **{code: chr(0x2400 + code) for code in range(32) if code not in (9, 10)},
    0x7F: "\u2421",
    # Direction marks and overrides can make a line read as something else than it is.
    **dict.fromkeys(
        (*range(0x80, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd"
    ),
    **dict.fromkeys((0x2028, 0x2029), "\n"),
}
_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(data: bytes) -> str:
    """Return the text in a file's bytes: UTF-8, past the byte order mark that some editors put before it.

    Raises:
        UnicodeDecodeError: It is something else; `start` counts from the first byte after the mark.
    """
    return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")


def invisible(text: str) -> Iterator[tuple[int, str]]:
    """Yield offset and character of everything in a text that is not seen; tabs and line feeds are."""
    if _suspect(text):
        yield from ((match.start(), match[0]) for match in _judged().finditer(text) if match["needed"] is None)


def without_invisible(text: str, stand_in: str = "") -> str:
    """Return a text with something else, or nothing, in the place of each character that is not seen."""
    if not _suspect(text):
        return text
    return _judged().sub(lambda match: match[0] if match["needed"] is not None else stand_in, text)


def _suspect(text: str) -> bool:
    return bool((_SUSPECT_ASCII if text.isascii() else _any_suspect()).search(text))


@cache  # compiled when first needed: the first frame of the chat is not
def _any_suspect() -> re.Pattern[str]:
    return re.compile(f"[{SUSPECT}]")


@cache
def _judged() -> re.Pattern[str]:
    return re.compile(f"(?P<needed>{'|'.join(_NEEDED)})|[{SUSPECT}]")


def code_point(character: str) -> str:
    """Return how Unicode calls a character by its number: `U+202E`."""
    return f"U+{ord(character):04X}"


def encodable(text: str) -> str:
    """Return the text with U+FFFD for every lone surrogate, so that UTF-8 can hold it."""
    return _SURROGATE.sub("\ufffd", text)


def harmless(text: str) -> str:
    """Return the text with control characters shown as pictures, so that no terminal obeys them.

    Tabs and line ends stay.
    """
    return encodable(text).translate(_ON_A_TERMINAL)


def suggest(word: str, known: Iterable[str], *, least: int = 70) -> str | None:
    """Return the one of `known` that was probably meant by `word`, or None if none is near.

    Args:
        word: What was written.
        known: What could have been.
        least: How alike they are at least, of 100.

    >>> suggest("Titel", ["title", "text"])
    'title'
    """
    # rapidfuzz is slow to import for something that only a fault needs.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    found = process.extractOne(
        word.casefold(), list(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=least
    )
    return None if found is None else str(found[0])


def did_you_mean(word: str, known: Iterable[str], *, least: int = 70) -> str:
    """Return the end of a message about an unknown word: the known one that was probably meant, or nothing.

    The arguments are those of `suggest`.

    >>> did_you_mean("Titel", ["title", "text"])
    ", did you mean 'title'?"
    """
    return meant(suggest(word, known, least=least))
