"""How many years of school a text asks for, by Flesch and Kincaid: long sentences and long words ask for more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_SENTENCE = re.compile(r"(?<=[a-z0-9)\]%\"'\u2019\u201d][.!?])\s+(?=\W*[A-Z0-9])")
_WORD = re.compile(r"[^\W_][\w$,.'\u2019/-]*", re.UNICODE)
_LETTER = re.compile(r"[a-z]", re.IGNORECASE)
_AS_A_NAME = 2


class Counts(NamedTuple):
    """What is counted of a text."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0

    def plus(self, other: Counts) -> Counts:
        """Return the counts of two texts together."""
        return Counts(*(one + more for one, more in zip(self, other, strict=True)))

    @property
    def grade(self) -> float:
        """Return the grade; 0 for no words.

        >>> round(Counts(sentences=1, words=10, syllables=14).grade, 1)
        4.8
        """
        if not (self.sentences and self.words):
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def counts_of(text: str, syllables: Callable[[str], int], names: Collection[str] = ()) -> Counts:
    """Return the counts of a text.

    Args:
        text: As a person reads it, without marks.
        syllables: Counts those of a word in lower case.
        names: Words, in lower case, that nobody can write shorter: they count two syllables at most.

    >>> counts_of("Yes. The radiographer has 3 of them.", lambda word: 4 if len(word) > 5 else 1, ["radiographer"])
    Counts(sentences=2, words=7, syllables=8)
    """
    words = [word.strip(".,'\u2019/-") for word in _WORD.findall(text)]
    total = 0
    for word in words:
        lower = word.lower()
        # A figure or an abbreviation is one sign to the eye.
        found = 1 if word.isupper() or not _LETTER.search(word) else max(1, syllables(lower))
        total += min(found, _AS_A_NAME) if lower in names else found
    sentences = [part for part in _SENTENCE.split(text.strip()) if part]
    return Counts(len(sentences), len(words), total)
