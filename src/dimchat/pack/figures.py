"""Finding figures in an answer that no citation stands behind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dimchat.pack.citations import citations, without

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIGURE = re.compile(
    r"""
    (?<![\w.,/])(?<![^\W\d_]-)      # not the tail of a name: Q3, ICD-10
    [$€£]?\d(?:[\d,.]*\d)?
    (?:\s?%|(?:[kKmMx]|bn|%)\b)?
    (?!\w|[.,]\d|-?D\b)          # not the head of a name: 3D, 21st, 1.5T
    """,
    re.VERBOSE,
)
_NUMBERING = r"^\s*\d+[.)]\s"
_IDIOM = r"\b24/7\b|\b24[ -]hours?\b|\b9[ -]to[ -]5\b|\b(?:911|988)\b"
_TITLE_OF_LAW = r"\b\d+\s+(?:CFR|C\.F\.R\.|USC|U\.S\.C\.)"
_LABEL = (
    r"(?:§+|\b(?:sections?|sec\.|(?:sub)?parts?|titles?|chapters?|articles?|paragraphs?|appendix|rules?|forms?|levels?"
    r"|phases?|steps?|stages?|zones?|types?|class(?:es)?|tiers?|tables?|version|pages?|schedule|iso|cfr|c\.f\.r\.|usc"
    r"|u\.s\.c\.|public\s+law|p\.l\.|no\.))"
)
_LABELLED = rf"{_LABEL}[\s§]*\d[\w.()-]*(?:(?:,|\s*and|\s*or|\s*to|\u2013)\s*\d[\w.()-]*)*"
_SPARED = re.compile(
    rf"https?://\S+|`[^`]*`|{_NUMBERING}|{_IDIOM}|{_TITLE_OF_LAW}(?:\s*(?:part|§+)?\s*\d[\w.()-]*)?|{_LABELLED}|\b401\(k\)|\b501\(c\)",
    re.IGNORECASE | re.MULTILINE,
)
# A heading, a line in bold, or whatever ends with a colon.
_LEADING = re.compile(r"\s*(?:#[^\n]*|\*\*[^*\n]*\*\*|.*:)\s*", re.DOTALL)
_BLANK = re.compile(r"\n[ \t]*\n")


def uncited_figures(text: str) -> Iterator[tuple[int, str]]:
    """Yield offset and wording of the first figure of each paragraph that cites nothing.

    A figure is a number in digits: an amount, a percentage, a year, a count. A citation anywhere
    in the paragraph covers it, so that a sentence may lean on the one beside it. A list is one
    paragraph, together with the line that leads into it with a colon; a heading belongs to what
    stands under it.

    These numbers claim nothing and are passed over: those of list items, of sections, titles,
    parts, forms, steps, levels and the like ("42 CFR 482.26", "Section 1834", "zone 4"), those
    inside names ("ICD-10", "3D", "Q3", "21st"), idioms ("24-hour", "24/7", "9-to-5"), 911 and 988, and
    those in addresses and code. Numbers in words are not looked at.
    """
    for start, paragraph in _paragraphs(text):
        if next(citations(paragraph), None) is not None:
            continue
        plain = _SPARED.sub(lambda match: " " * len(match[0]), without(paragraph))
        found = _FIGURE.search(plain)
        if found:
            yield start + found.start(), found[0].strip()


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    plain = without(text)
    for gap in _BLANK.finditer(text):
        if _LEADING.fullmatch(plain, start, gap.start()):
            continue
        yield start, text[start : gap.start()]
        start = gap.end()
    yield start, text[start:]


def words_in(text: str) -> int:
    """Return how many words a person reads, citations and marks left out."""
    return sum(1 for word in without(text).split() if any(character.isalnum() for character in word))
