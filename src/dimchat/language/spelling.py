"""Misspelt words become the nearest known word; names in a file get a suggestion."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

SHORTEST = 4
"""Words of fewer letters have too many neighbours to be put right."""
LONG = 8
"""From so many letters on, two edits are forgiven, else one."""


class Speller:
    """Known words, found again by what was typed."""

    def __init__(self, frequency: Mapping[str, int], shortest: int = SHORTEST, long: int = LONG) -> None:
        """Keep the words.

        Args:
            frequency: Known words and how often each was seen.
            shortest: Shorter words are left alone.
            long: From so many letters on, two edits are forgiven, else one.
        """
        self._frequency = frequency
        self._shortest = shortest
        self._long = long
        self._known: tuple[list[str], list[int], NDArray[np.int32]] | None = None

    def nearest(self, word: str) -> str | None:
        """Return the known word that was probably meant, or None where none is near enough.

        The distance, in edits, is that of optimal string alignment (as F. J. Damerau's, CACM 7, 1964, but no part is
        edited twice). Ties go to the same first letter, then to the commoner word, then to the alphabet: own.

        Args:
            word: In lower case, as `tokens.words` finds it; what is too short or not of letters alone is left alone.
        """
        size = len(word)
        if size < self._shortest or not word.isalpha():
            return None
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - most questions are spelt well and start sooner without
        from rapidfuzz.process import extract  # noqa: PLC0415

        limit = 2 if size >= self._long else 1
        found = extract(word, self._alike(word, limit), scorer=OSA.distance, score_cutoff=limit, limit=None)
        return min(
            ((edits, other[0] != word[0], -self._frequency[other], other) for other, edits, _ in found),
            default=(0, False, 0, None),
        )[3]

    def _alike(self, word: str, limit: int) -> list[str]:
        """Return the known words whose lengths and sets of letters allow for a distance of at most `limit`."""
        if self._known is None:
            known = sorted(self._frequency, key=len)
            self._known = known, list(map(len, known)), _letters(known)
        known, lengths, letters = self._known
        first = bisect_left(lengths, len(word) - limit)
        differ = letters[first : bisect_right(lengths, len(word) + limit)] ^ _letters_of(word)
        for _ in range(2 * limit):
            # An edit adds a letter, or takes one away, or both: this takes the lowest bit off each.
            differ &= differ - 1
        return [known[first + at] for at in (differ == 0).nonzero()[0].tolist()]


def edits(word: str, other: str) -> int:
    """Return the distance that `Speller.nearest` goes by."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - most questions are spelt well and start sooner without

    return OSA.distance(word, other)


def _letters_of(word: str) -> int:
    """Return the set of letters of one word as `_letters` does, without the way through an array."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits - (1 << 32) if bits >> 31 else bits


def _letters(words: Sequence[str]) -> NDArray[np.int32]:
    """Return the set of letters of each word as the bits of a number; none of the words is empty."""
    import numpy as np  # noqa: PLC0415 - who only wants a suggestion does without

    if not words:
        return np.empty(0, np.int32)
    starts = np.cumsum([0, *map(len, words[:-1])])
    codes = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.int32)
    return np.bitwise_or.reduceat(np.left_shift(np.int32(1), codes & 31, dtype=np.int32), starts)
