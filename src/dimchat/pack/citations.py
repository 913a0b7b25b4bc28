"""Reading the citations in an answer: Pandoc's `[@source, locator; @other]`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEY = r"[A-Za-z0-9_](?:[A-Za-z0-9_.:/+-]*[A-Za-z0-9_])?"
_GROUP = re.compile(r"\[(@[^\[\]]*)\]")
# A locator may hold a semicolon: only one before an @ ends a citation.
_PART = re.compile(r"(?:(?!;\s*@).)+", re.DOTALL)
_ITEM = re.compile(rf"\s*@({_KEY})\s*(?:,\s*(.*\S))?\s*", re.DOTALL)
# As in Pandoc, an escaped \@ is no citation.
_BARE = re.compile(rf"(?<![\w@.\\])@({_KEY})")


@dataclass(frozen=True, slots=True)
class Cited:
    """One source named in brackets."""

    source: str
    locator: str | None
    """Where in the source, in one line."""
    start: int
    """Where its `@` stands in the text."""


def citations(text: str) -> Iterator[Cited]:
    """Yield the well-formed citations of a text, in order."""
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
    for match in _BARE.finditer(without(text)):
        yield match.start(), match[1]


def without(text: str) -> str:
    """Return the text with spaces in the place of its citations, so that offsets stay."""
    return _GROUP.sub(lambda match: " " * len(match[0]), text)


def _items(text: str) -> Iterator[tuple[int, Cited | str]]:
    for group in _GROUP.finditer(text):
        for part in _PART.finditer(text, group.start(1), group.end(1)):
            written = part[0].lstrip("; \n")
            start = part.end() - len(written)
            match = _ITEM.fullmatch(written)
            if match is None:
                yield start, written.strip()
            else:
                locator = None if match[2] is None else " ".join(match[2].split())
                yield start, Cited(match[1], locator, start)
