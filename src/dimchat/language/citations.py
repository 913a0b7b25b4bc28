"""The one grammar of citations in an answer, Pandoc's `[@source, locator; @other]`, and the figures that lack one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dimchat.language.english import (
    FIGURE_CALLS,
    FIGURE_IDIOMS,
    FIGURE_JOINS,
    FIGURE_LABELS,
    FIGURE_LEADS,
    FIGURE_UNITS,
    TITLES_OF_LAW,
)
from dimchat.language.markup import unmarked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_KEY = r"[A-Za-z0-9_](?:[A-Za-z0-9_.:/+-]*[A-Za-z0-9_])?"
_GROUP = re.compile(r"(\[@[^\[\]]*\])")
# A locator may hold a semicolon: only one before an @ ends a citation.
_PART = re.compile(r"(?:(?!;\s*@).)+", re.DOTALL)
_ITEM = re.compile(rf"\s*@({_KEY})\s*(?:,\s*(.*\S))?\s*", re.DOTALL)
# As in Pandoc, an escaped \@ is no citation.
_BARE = re.compile(rf"(?<![\w@.\\])@({_KEY})")

NUMBERING = re.compile(r"^\s*\d+[.)]\s", re.MULTILINE)
"""The numbers of a list, which are no figures."""
_FIGURE = rf"""
    (?<![\w.,/])(?:(?<![^\W\d_]-)|{FIGURE_LEADS})   # not the tail of a name: Q3, ICD-10
    [$€£]?\d(?:[\d,.]*\d)?
    (?:\s?%|(?:{FIGURE_UNITS})\b)?
    (?!\w|[.,]\d|-?D\b|-[a-z]+[A-Z])   # not the head of a name: 3D, 21st, 1.5T, 2019-nCoV
    | \{{\{{(?!slot\.)[^{{}}\n]*(?<!\.as_of)\}}\}}   # a value
    """
_NUMBER = r"\d[\w.()-]*"
_LABELLED = rf"(?:§+|{FIGURE_LABELS})[\s§]*{_NUMBER}(?:(?:{FIGURE_JOINS})\s*{_NUMBER})*"
_IDLE = rf"https?://\S+|(?:www\.)?(?:[\w-]+\.)+[a-z]{{2,}}/\S*|`[^`]*`|{NUMBERING.pattern}|{FIGURE_IDIOMS}"
_NAMING = rf"{FIGURE_CALLS}|{TITLES_OF_LAW}|{_LABELLED}"
# A heading, a line in bold, or whatever ends with a colon.
_LEADING = re.compile(r"\s*(?:#[^\n]*|\*\*[^*\n]*\*\*|.*:)\s*", re.DOTALL)
_BLANK = re.compile(r"\n[ \t]*\n")


class Cited(NamedTuple):
    """One source named in brackets."""

    source: str
    locator: str | None
    """Where in the source, in one line."""
    start: int
    """Where its `@` stands in the text."""

    @property
    def name(self) -> str:
        """Return how a case names it: the source, and the place in it where there is one."""
        return cited_as(self.source, self.locator)


def cited_as(source: str, locator: str | None) -> str:
    """Return how a citation is written between its brackets, without the `@`."""
    return f"{source}, {locator}" if locator else source


def citations(text: str) -> Iterator[Cited]:
    """Yield the well-formed citations of a text, in order.

    >>> [one.name for one in citations("Every 3 years. [@cra-recert, page 2; @arrt-rules]")]
    ['cra-recert, page 2', 'arrt-rules']
    """
    for _, found in _items(text):
        if isinstance(found, Cited):
            yield found


def malformed(text: str) -> Iterator[tuple[int, str]]:
    """Yield offset and wording of what stands in citation brackets and is no citation."""
    for start, found in _items(text):
        if isinstance(found, str):
            yield start, found


def bare(text: str) -> Iterator[tuple[int, str]]:
    """Yield offset and name of every `@name` outside citation brackets."""
    plain = without(text)
    # Looking for a letter is far faster than a pattern that looks behind each place.
    for match in _BARE.finditer(plain) if "@" in plain else ():
        yield match.start(), match[1]


def without(text: str, *, keep_offsets: bool = True) -> str:
    """Return the text without its citations, or with spaces in their place, so that offsets stay."""
    return _GROUP.sub((lambda match: " " * len(match[0])) if keep_offsets else "", text)


def replaced(text: str, instead: Callable[[list[tuple[str, str | None]]], str]) -> str:
    """Return the text with something else in the place of its citations.

    Args:
        text: Of an answer.
        instead: Is given the source and the locator of each citation of one pair of brackets.

    >>> replaced("Yes. [@a, p. 1; @b]", str)
    "Yes. [('a', 'p. 1'), ('b', None)]"
    """
    return _GROUP.sub(lambda match: instead([_loosely(part) for part in _PART.findall(match[0][1:-1])]), text)


def split(text: str) -> list[str]:
    """Return prose and brackets with citations in turns, prose first and last.

    >>> split("Yes. [@a] But [@b]")
    ['Yes. ', '[@a]', ' But ', '[@b]', '']
    """
    return _GROUP.split(text)


def _loosely(part: str) -> tuple[str, str | None]:
    source, _, locator = part.strip().removeprefix("@").partition(",")
    return source.strip(), " ".join(locator.split()) or None


def _items(text: str) -> Iterator[tuple[int, Cited | str]]:
    for group in _GROUP.finditer(text):
        for part in _PART.finditer(text, group.start() + 1, group.end() - 1):
            written = part[0].lstrip("; \n")
            start = part.end() - len(written)
            match = _ITEM.fullmatch(written)
            if match is None:
                yield start, written.strip()
            else:
                locator = None if match[2] is None else " ".join(match[2].split())
                yield start, Cited(match[1], locator, start)


def words_in(text: str) -> int:
    """Return how many words a person reads, citations and marks left out."""
    return sum(1 for word in without(text).split() if any(character.isalnum() for character in word))


def figures(text: str, *, naming: bool = False) -> Iterator[tuple[int, str]]:
    """Yield offset and wording of each figure of a text, citations left out.

    A figure is a number in digits: an amount, a percentage, a year, a count. None are those inside names ("COVID-19",
    "H1N1", "MRI3", "ICD-10", "ISO 9001", "3D", "Q3", "21st"), of list items and idioms ("24-hour", "24/7", "9-to-5"),
    and those in addresses and code.

    Args:
        text: Of an answer.
        naming: Whether to give numbers as well that name something and count nothing, such as sections, titles, parts,
            forms, steps and levels ("42 CFR 482.26", "Section 1834", "zone 4"), or that one calls, such as 911.

    >>> [figure for _, figure in figures("Of CT64 and ISO 9001: 64 slices for $400, 24/7, against COVID-19")]
    ['64', '$400']
    """
    # Compiled here: every start imports this module, and few look for figures.
    spared, figure = (
        re.compile(_IDLE if naming else f"{_IDLE}|{_NAMING}", re.IGNORECASE | re.MULTILINE),
        re.compile(_FIGURE, re.VERBOSE),
    )
    for found in figure.finditer(spared.sub(lambda match: " " * len(match[0]), without(text))):
        yield found.start(), found[0].strip()


def uncited_figures(text: str) -> Iterator[tuple[int, str]]:
    r"""Yield offset and wording of the first figure of each paragraph that cites nothing.

    A citation anywhere in the paragraph covers a figure, so that a sentence may lean on the one beside it. A list is
    one paragraph, together with the line that leads into it with a colon; a heading belongs to what stands under it.
    What is marked as an estimate or advice is passed over. Numbers in words are not looked at.

    >>> list(uncited_figures("It takes 3 years [@cra].\n\nSection 4 says that it costs $400."))
    [(55, '$400')]
    """
    text = unmarked(text, keep_offsets=True)
    for start, paragraph in _paragraphs(text):
        found = next(figures(paragraph), None) if next(citations(paragraph), None) is None else None
        if found:
            yield start + found[0], found[1]


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    plain = without(text)
    for gap in _BLANK.finditer(text):
        if _LEADING.fullmatch(plain, start, gap.start()):
            continue
        yield start, text[start : gap.start()]
        start = gap.end()
    yield start, text[start:]
