"""The meanings that English words share, from WordNet.

G. A. Miller, "WordNet: A Lexical Database for English", Communications of the ACM 38 (1995). `python
scripts/make_senses.py` makes the file from WordNet 3.0, whose licence lies beside it. Nothing in it was learnt from
running text. Which related meanings count, and how much, is own: cross-fitted on few-shot samples of training sets
(see there).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dimchat.files import container
from dimchat.language.english import DOUBLING, INFLECTIONS, SUPERLATIVE

if TYPE_CHECKING:
    from numpy.typing import NDArray

KIND = "senses"
"""What the container of the dictionary says that it holds."""
FILE = Path(__file__).with_name("senses.bin")
"""The dictionary that dimchat ships with."""
MOST_LEMMAS = 3
"""So many dictionary forms of a word count."""
_SHORTEST = 3


class Dictionary:
    """The meanings of words, looked up in the bytes of the file: nothing is built when it is read."""

    def __init__(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Take the arrays of the file.

        Args:
            arrays: `letters` (ASCII) and `ends` (one more than there are words), the words in order; `starts` (one more
                as well), `meanings` and `weights` (1 to 255, parallel), what each means. All have one dimension.

        Raises:
            KeyError: One is missing.
        """
        self._letters = arrays["letters"].tobytes()
        # Single numbers come faster out of these than out of arrays.
        self._ends = arrays["ends"].data
        self._starts = arrays["starts"].data
        self._meanings = arrays["meanings"]
        self._weights = arrays["weights"]

    def __contains__(self, word: str) -> bool:
        """Return whether a word, or what it may be a form of, has a meaning."""
        return bool(self._lemmas(word))

    def tells_apart(self, word: str, other: str) -> bool:
        """Return whether two words are both English and forms of different ones, such as "leaning" and "learning"."""
        own, theirs = set(self._lemmas(word)), set(self._lemmas(other))
        return bool(own and theirs) and own.isdisjoint(theirs)

    def meanings(self, word: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the numbers of a word's meanings, ascending, and their weights, parallel.

        The weights of its dictionary forms are added up and brought to length 1 as a vector: own, so that a word of
        many meanings says no more than a word of one.

        Args:
            word: In lower case, inflected or not; what the dictionary does not hold has no meanings: both are empty.
        """
        places = self._lemmas(word)
        if len(places) == 1:
            # The commonest case: all of it lies together, in order.
            span = slice(self._starts[places[0]], self._starts[places[0] + 1])
            weights = self._weights[span].astype(np.float64)
            return self._meanings[span].astype(np.int64), (weights / np.sqrt(weights @ weights)).astype(np.float32)
        total: dict[int, float] = {}
        for at in places:
            span = slice(self._starts[at], self._starts[at + 1])
            # A word means some thirty things: too few for arrays to pay.
            for meaning, weight in zip(self._meanings[span].tolist(), self._weights[span].tolist(), strict=True):
                total[meaning] = total.get(meaning, 0.0) + weight
        meanings = sorted(total)
        weights = np.array([total[meaning] for meaning in meanings])
        return np.array(meanings, np.int64), (weights / np.sqrt(weights @ weights)).astype(np.float32)

    def _lemmas(self, word: str) -> list[int]:
        """Return the places of a word and of what it may be a form of."""
        forms = [word]
        for ending, instead in INFLECTIONS:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
                forms.append(word[: -len(ending)] + instead)
        for ending in DOUBLING:
            rest = word.removesuffix(ending)
            if len(rest) < len(word) and len(rest) > _SHORTEST and rest[-1] == rest[-2]:
                forms.append(rest[:-1])
        places = [at for form in dict.fromkeys(forms) if (at := self._place(form)) is not None]
        return places[:MOST_LEMMAS]

    def _place(self, word: str) -> int | None:
        sought = word.encode("utf-8", "replace")
        letters, ends = self._letters, self._ends
        low, high = 0, len(ends) - 1
        # As bisect does, which would call back for every step.
        while low < high:
            middle = (low + high) // 2
            if letters[ends[middle] : ends[middle + 1]] < sought:
                low = middle + 1
            else:
                high = middle
        return low if low < len(ends) - 1 and letters[ends[low] : ends[low + 1]] == sought else None


def digest(file: Path = FILE) -> str:
    """Return what tells this dictionary from another: a matcher that was fitted with one is of no use with another.

    The checksum that it names is compared by `dictionary`.

    Raises:
        IndexFileError: It cannot be read, or is none.
    """
    return container.digest(file, "The meanings of words")


@cache
def dictionary() -> Dictionary:
    """Return the dictionary that dimchat ships with.

    Raises:
        IndexFileError: The file is damaged.
        OSError: It cannot be read.
    """
    return Dictionary(container.read(KIND, FILE.read_bytes())[1])


def is_superlative(word: str) -> bool:
    """Return whether a word is another one with -est: "largest" tells more of a question's form than of its matter."""
    rest = word.removesuffix(SUPERLATIVE)
    forms = (rest, f"{rest}e", rest[:-1], f"{rest[:-1]}y") if len(rest) >= _SHORTEST and rest != word else ()
    return any(form in dictionary() for form in forms)
