"""Names for files and ids out of titles in any script."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from anyascii import anyascii

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST = 40
_SIGNS = {"+": " plus ", "#": " sharp ", "&": " and ", "@": " at ", "%": " percent "}
"""What tells titles apart that are otherwise the same: C, C++, C#."""


def stem_of(text: str) -> str:
    """Return a text as the first or second half of an id: lower-case ASCII letters, digits and _, a letter first.

    Args:
        text: In any script, as AnyAscii spells it in Latin letters.

    Returns:
        At most `LONGEST` characters; "" where nothing of the text can be spelt.

    >>> stem_of("C++"), stem_of("Ελληνικά"), stem_of("24 hours")
    ('c_plus_plus', 'ellinika', 'n24_hours')
    """
    spelt = anyascii(unicodedata.normalize("NFC", "".join(_SIGNS.get(sign, sign) for sign in text)))
    stem = re.sub(r"[^a-z0-9]+", "_", spelt.casefold()).strip("_")
    stem = f"n{stem}" if stem[:1].isdigit() else stem
    return stem if len(stem) <= LONGEST else stem[:LONGEST].rpartition("_")[0] or stem[:LONGEST]


def numbered(stem: str, taken: Collection[str], joint: str = "_") -> str:
    """Return a stem, with the first free number behind it where it is taken."""
    number, made = 1, stem
    while made in taken:
        number += 1
        made = f"{stem}{joint}{number}"
    return made


def same_title(text: str) -> str:
    """Return what two spellings of one title share: they differ in case and blanks alone."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
