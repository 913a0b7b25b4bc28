"""Names for what has none in a file: file stems, ids, titles and short answers."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from anyascii import anyascii

from dimchat.commonmark import parser
from dimchat.files.text import without_invisible
from dimchat.language.english import FUNCTION_WORDS
from dimchat.language.sentences import first_sentence
from dimchat.language.tokens import words

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST = 40
"""Characters of a stem."""
_TITLE = 70
_CUT = "\N{HORIZONTAL ELLIPSIS}"
_KEYWORDS = 3
"""From so many words of the question an id is made."""
_PERSONS = frozenset({"i", "me", "my", "we", "us", "our", "you", "your", "they", "their"})
_SIGNS = {"+": " plus ", "#": " sharp ", "&": " and ", "@": " at ", "%": " percent "}
"""What tells titles apart that are otherwise the same: C, C++, C#."""
_QUESTION = re.compile(
    r"(?:are|can|could|do|does|how|is|may|must|should|what|when|where|which|who|why|will)\b", re.IGNORECASE
)


def stem_of(text: str) -> str:
    """Return a text as half of an id: lower-case ASCII letters, digits and _, a letter first.

    It may be in any script, as AnyAscii spells it in Latin letters; "" where nothing of it can be spelt. At most
    `LONGEST` characters are kept.

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


def aspect_of(question: str) -> str:
    """Return the words of a question that tell it from others; "question" where it has none.

    >>> aspect_of("How do I reset my password?")
    'reset password'
    """
    idle = FUNCTION_WORDS | _PERSONS
    return " ".join([word for word in words(question) if word not in idle and stem_of(word)][:_KEYWORDS]) or "question"


def title_of(question: str, taken: Collection[str] = ()) -> str:
    """Return a question as a title: with a capital letter, with a question mark where it is one.

    Args:
        question: In one line.
        taken: Titles as `same_title` has them. A long question whose beginning is one of them keeps its end as well.

    >>> title_of("how do i reset my password")
    'How do i reset my password?'
    """
    text = question.rstrip(" .!:?") or question
    if len(text) > _TITLE - 1:
        # A picture of several characters that was cut through leaves one that joins nothing.
        short = without_invisible(text[: _TITLE - 1].rsplit(" ", 1)[0] + _CUT)
        half = _TITLE // 2 - 1
        if same_title(short) in taken:
            short = without_invisible(f"{text[:half].rsplit(' ', 1)[0]}{_CUT} {text[-half:].split(' ', 1)[-1]}")
        text = short
    elif _QUESTION.match(text) or question.rstrip().endswith("?"):
        text += "?"
    return text[0].upper() + text[1:]


def short_of(text: str) -> str:
    """Return the first sentence of the first paragraph, list item or heading; else what comes first in one line."""
    table = False
    for token in parser().parse(text):
        table = token.type == "table_open" or (table and token.type != "table_close")
        plain = " ".join(token.content.split()) if token.type == "inline" and not table else ""
        if plain:
            return first_sentence(plain)
    lines = [line.strip() for line in text.split("\n")]
    return next((line for line in lines if any(c.isalnum() for c in line)), " ".join(text.split()))
