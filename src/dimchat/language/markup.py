"""References, `{{fee}}`, and marks, `[about ten]{.estimate}`, in the Markdown of a pack."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MARKS: Final = ("estimate", "advice")
"""What can be said of words: that they are an estimate of ours, or advice; all else is from a source."""
AS_OF: Final = ".as_of"
"""Ends a reference to the date of a value."""
ELSEWHERE: Final = ("row.", "rows.", "slot.")
"""Begin references to what a question names, which are no values."""

_REFERENCE = re.compile(r"\{\{([^{}\n]*)\}\}")
# Brackets may stand in the words: a link, or a citation.
_MARKED = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\{\.([^{}\n]*)\}")
_STRAY = re.compile(r"\{\.[^{}\n]*\}")
_END = re.compile(r"\.?\s*\Z")


class Reference(NamedTuple):
    """A name in two braces, which stands for something that is told elsewhere."""

    name: str
    start: int
    """Where its braces begin."""

    @property
    def written(self) -> str:
        """Return how it stands in the text."""
        return f"{{{{{self.name}}}}}"

    @property
    def value(self) -> str:
        """Return the value that it is about, whether it shows it or its date."""
        return self.name.removesuffix(AS_OF)


class Mark(NamedTuple):
    """Words of which something is said."""

    kind: str
    words: str
    start: int
    """Where the words begin."""


def references(text: str) -> Iterator[Reference]:
    """Yield the references of a text in order.

    >>> [one.name for one in references("They earn {{pay.median}} ({{pay.median.as_of}}).")]
    ['pay.median', 'pay.median.as_of']
    """
    for match in _REFERENCE.finditer(text):
        yield Reference(match[1], match.start())


def filled(text: str, shown: Callable[[str], str | None]) -> str:
    """Return a text with what its references stand for.

    Args:
        text: The text.
        shown: Is given the name of each; where it returns None, the reference stays.
    """
    return _REFERENCE.sub(lambda match: match[0] if (said := shown(match[1])) is None else said, text)


def marks(text: str) -> Iterator[Mark]:
    """Yield the marks of a text in order, also those of an unknown kind.

    >>> [(one.kind, one.words) for one in marks("[Ask early.]{.advice} It takes [two days]{.estimate}.")]
    [('advice', 'Ask early.'), ('estimate', 'two days')]
    """
    for match in _MARKED.finditer(text):
        yield Mark(match[2], match[1], match.start(1))


def stray_marks(text: str) -> Iterator[tuple[int, str]]:
    """Yield offset and wording of what is written like the end of a mark and has no words before it."""
    plain = _MARKED.sub(lambda match: " " * len(match[0]), text)
    for match in _STRAY.finditer(plain):
        yield match.start(), match[0]


def worded(text: str, words: Mapping[str, str]) -> str:
    """Return a text that says its marks in words, behind what is marked and before the full stop that ends it.

    Args:
        text: The text.
        words: What is said of each kind.

    >>> worded("[Ask early.]{.advice} It takes [two days]{.estimate}.", {"advice": "(advice)", "estimate": "(roughly)"})
    'Ask early (advice). It takes two days (roughly).'
    """
    if "{." not in text:
        return text
    return _MARKED.sub(lambda match: _said(match[1], words.get(match[2], "")), text)


def unmarked(text: str, *, keep_offsets: bool = False) -> str:
    """Return a text without its marks, the words in them included, or with blanks in their place."""
    return _MARKED.sub((lambda match: " " * len(match[0])) if keep_offsets else "", text)


def _said(marked: str, said: str) -> str:
    end = _END.search(marked)
    at = end.start() if end else len(marked)
    return f"{marked[:at]} {said}{marked[at:]}" if said else marked
