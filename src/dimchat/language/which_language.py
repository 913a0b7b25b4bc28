"""Telling which of a few languages a message is in, by its words: cheaply, and in doubt not at all.

Guessers that count letters are often wrong on a few words, and most messages are a few words. Here small words count
that one language has and no other, and words that the lines of one language have and the others lack. A name, an
acronym or a number is in every language and tells nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Self

from dimchat.language.tokens import words
from dimchat.language.tongue import ENGLISH, code_of, tongue_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_SHORTEST = 3
"""A small word of fewer letters may be an abbreviation in another language: "es", "la"."""
_SHORTEST_OF_CONTENT = 4
_IN_NAMES = frozenset(("los", "las", "del", "san", "santa", "der", "die", "von"))
"""Small words that stand in names of places and people everywhere."""
_MARKS = {"es": "¿¡"}
"""Characters that one language has."""
_ACCENTED = {"es": re.compile(r"\b[a-zñ]*[áíóúñ][a-záéíóúñ]*\b")}
"""Words with letters that a language writes and English hardly; in small letters, as names keep theirs everywhere."""
_MAYBE = {"es": "é"}
"""Letters that a language writes and English in words from elsewhere: they say nothing alone."""
_SURE, _FEW = 2, 2


class Signs(NamedTuple):
    """The words that speak for a language."""

    small: frozenset[str]
    """Small words that no other of the languages has."""
    weak: frozenset[str]
    """Small words of which that is not sure: they say nothing alone."""
    content: frozenset[str]
    """Words of its lines that no other of the languages knows."""


class Telling:
    """Tells languages apart."""

    def __init__(self, signs: Mapping[str, Signs]) -> None:
        """Take what speaks for each language, by its code."""
        self._signs = dict(signs)

    @classmethod
    def of(cls, lines: Mapping[str, Iterable[str]]) -> Self:
        """Return what tells languages apart whose lines are known.

        Args:
            lines: What people type in each, by its code.
        """
        known = {code: {word for line in own for word in words(line)} for code, own in lines.items()}
        small = {code: tongue_of(code).function_words | tongue_of(code).telling for code in known}
        return cls({code: _signs(code, known, small) for code in known})

    @classmethod
    def from_data(cls, data: Mapping[str, Iterable[str]]) -> Self:
        """Return what `data` described."""
        return cls({code: Signs(*(frozenset(part.split()) for part in parts)) for code, parts in data.items()})

    def data(self) -> dict[str, list[str]]:
        """Return it as what JSON can say."""
        return {code: [" ".join(sorted(part)) for part in parts] for code, parts in self._signs.items()}

    def told(self, text: str, present: str) -> str:
        """Return the language of a text: the present one, unless another is told by it.

        Args:
            text: A message as it was typed.
            present: The language that is spoken.
        """
        found = words(text)
        scores = {code: self._score(code, text, found) for code in self._signs}
        best = max(scores, key=lambda code: (scores[code][0], code == present))
        score, tells = scores[best]
        ahead = score > scores.get(present, (0, False))[0]
        return best if ahead and tells and (score >= _SURE or len(found) <= _FEW) else present

    def hinted(self, text: str, present: str) -> tuple[str, ...]:
        """Return the other languages of which a text has any sign, however weak.

        Args:
            text: A message as it was typed.
            present: The language that is spoken.
        """
        found = words(text)
        return tuple(code for code in self._signs if code != present and self._score(code, text, found)[0])

    def _score(self, code: str, text: str, found: Collection[str]) -> tuple[int, bool]:
        """Return how much speaks for a language, and whether something does that is no weak word."""
        small, weak, content = (len(part.intersection(found)) for part in self._signs[code])
        marks = any(mark in text for mark in _MARKS.get(code, ""))
        accented = code in _ACCENTED and _ACCENTED[code].search(text) is not None
        maybe = code in _MAYBE and any(mark in text for mark in _MAYBE[code]) and not accented
        score = 2 * (small + marks) + weak + content + accented + maybe
        return score, bool(small or content or marks or accented)


def _signs(code: str, known: Mapping[str, set[str]], small: Mapping[str, frozenset[str]]) -> Signs:
    others = [other for other in known if other != code]
    theirs = {word for other in others for word in small[other]}
    foreign = theirs.union(*(known[other] for other in others))
    own = small[code] - theirs

    def told(word: str, shortest: int) -> bool:
        return len(word) >= shortest and word.isalpha() and not (word in foreign or _is_english(word, others))

    sure = frozenset(word for word in own if word not in _IN_NAMES and told(word, _SHORTEST))
    content = frozenset(word for word in known[code] - small[code] if told(word, _SHORTEST_OF_CONTENT))
    return Signs(sure, own - sure, content)


def _is_english(word: str, languages: Iterable[str]) -> bool:
    """Return whether English is among some languages and its dictionary has a word."""
    if all(code_of(language) != ENGLISH for language in languages):
        return False
    from dimchat.language.senses import dictionary  # noqa: PLC0415 - an index holds what was found

    return word in dictionary()
