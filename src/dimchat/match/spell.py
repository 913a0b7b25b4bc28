"""Misspelt words become the nearest known word."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SHORTEST = 4
"""Shorter words have too many neighbours to be put right."""
LONG = 8
"""From this length on two edits are forgiven."""


class Speller:
    """Known words, found again by what was typed."""

    def __init__(self, frequency: Mapping[str, int]) -> None:
        """Keep the words.

        Args:
            frequency: Known words and how often each was seen.
        """
        self._frequency = frequency
        self._by_length: dict[int, list[str]] = {}

    def nearest(self, word: str) -> str | None:
        """Return the known word that was probably meant, or None.

        Ties go to the same first letter, then to the commoner word, then to the alphabet.
        """
        size = len(word)
        if size < SHORTEST or not word.isalpha():
            return None
        if not self._by_length:
            for known in self._frequency:
                self._by_length.setdefault(len(known), []).append(known)
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - most questions are spelt well and start sooner without
        from rapidfuzz.process import extract  # noqa: PLC0415

        limit = 2 if size >= LONG else 1
        best: tuple[float, bool, int, str] | None = None
        for length in range(size - limit, size + limit + 1):
            near = self._by_length.get(length, ())
            for other, edits, _ in extract(word, near, scorer=OSA.distance, score_cutoff=limit, limit=None):
                found = (edits, other[0] != word[0], -self._frequency[other], other)
                if best is None or found < best:
                    best = found
        return best[3] if best else None
