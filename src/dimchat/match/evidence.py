"""The evidence for candidates: the phrase most like the question, and what each word added."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.model import Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from dimchat.match.features import Parameters
    from dimchat.match.linear import Floats, Ints
    from dimchat.match.ranking import Ranking, Sums
    from dimchat.match.reader import Reading


Explanation = tuple[str, tuple[Word, ...]]
"""The phrase, and how each word of the question was read."""


class Evidence:
    """The evidence for the candidates of one question, computed for those that are looked at."""

    def __init__(
        self,
        phrases: Phrases,
        ranking: Ranking,
        reading: Reading,
        sums: Sums,
        likest: Callable[[int], int] | None = None,
    ) -> None:
        """Take the question.

        Args:
            phrases: What was learnt.
            ranking: What added up the question.
            reading: How its words were read.
            sums: What it adds up to.
            likest: Tells by the number of a class which of its phrases is likest in meaning, where that decided; None
                for the phrase that shares most words.
        """
        self._phrases = phrases
        self._likest = likest
        self._ranking = ranking
        self._reading = reading
        self._sums = sums
        self._known: dict[str, Explanation] = {}

    def of(self, name: str) -> Explanation:
        """Return the phrase of a class that is most like the question, and what each word added to its score.

        The layer is linear, so that a score is its intercept and what the words add, nothing else. What they add is
        told to four places, and as 0 for those that `read_words` holds to be no evidence.

        Args:
            name: One of the classes.
        """
        found = self._known.get(name)
        if found is None:
            column = self._phrases.column(name)
            added = self._ranking.added(self._sums, column, len(self._reading.tokens)).round(4).tolist()
            words = read_words(self._reading, self._sums.related(), added)
            phrase = (
                self._phrases.likest(self._sums.terms, column)
                if self._likest is None
                else self._phrases.text(column, self._likest(column))
            )
            found = self._known[name] = phrase, words
        return found


class Own(NamedTuple):
    """The phrases of one class."""

    texts: list[str]
    """As they were learnt, at least one."""
    terms: Ints
    """Of all of them, one after another."""
    starts: NDArray[np.int64]
    """Where each of `texts` begins in `terms`."""
    shorter: Floats
    """What each of `texts` counts for its length: one by the square root of how many terms it has."""


class Phrases:
    """The learnt phrases, class by class."""

    def __init__(self, learnt: Parameters, idf: Floats) -> None:
        """Take what was learnt.

        Args:
            learnt: What the matcher knows.
            idf: The weights of the features, of terms first, see `features.rarity`.
        """
        self._learnt = learnt
        self._worth = np.square(idf[: len(learnt.holds)])
        self._classes: dict[int, Own] = {}

    def column(self, name: str) -> int:
        """Return the number of a class, which must be there: its place in `Parameters.classes`."""
        return bisect_left(self._learnt.classes, name)

    def likest(self, terms: Iterable[int], column: int) -> str:
        """Return the phrase of a class that shares most with a question.

        That is the cosine between the two, but for the length of the question, which all share (G. Salton et al., "A
        vector space model for automatic indexing", Communications of the ACM 18, 1975). A term of the phrase counts 1,
        one of the question the square of its weight; of phrases equally like it, the first is taken.

        Args:
            terms: The numbers of those of the question that were learnt.
            column: The number of the class.
        """
        asked = np.zeros(len(self._worth) + 1, np.float32)
        known = [*terms]
        asked[known] = self._worth[known]
        own = self._classes.get(column) or self._class(column)
        common = np.add.reduceat(asked[own.terms], own.starts)
        common *= own.shorter
        return own.texts[common.argmax()]

    def text(self, column: int, place: int) -> str:
        """Return a phrase of a class.

        Args:
            column: The number of the class.
            place: Which of its phrases, from 0.
        """
        return (self._classes.get(column) or self._class(column)).texts[place]

    def _class(self, column: int) -> Own:
        learnt = self._learnt
        a, b = learnt.first[column : column + 2].tolist()
        starts = learnt.starts[a : b + 1]
        ends = learnt.ends[a : b + 1].tolist()
        letters = learnt.phrases[ends[0] : ends[-1]].tobytes()
        found = self._classes[column] = Own(
            [
                letters[start - ends[0] : end - ends[0]].decode("utf-8", "surrogatepass")
                for start, end in pairwise(ends)
            ],
            learnt.terms[starts[0] : starts[-1]],
            starts[:-1] - starts[0],
            (1 / np.sqrt(np.diff(starts))).astype(np.float32),
        )
        return found


def read_words(reading: Reading, related: frozenset[int], added: Sequence[float]) -> tuple[Word, ...]:
    """Return how each word of a question was read.

    Args:
        reading: The question.
        related: Places of tokens with a meaning that was learnt.
        added: What each token added to the score of the candidate.

    Raises:
        ValueError: `added` is not as long as the question.
    """
    found = []
    canonical = reading.canonical
    for place, (token, weight) in enumerate(zip(reading.tokens, added, strict=True)):
        how = token.how
        meant = token.word
        if how == "unknown" and place in related:
            how = "synonym"
        elif how in ("filler", "unknown"):
            weight = 0.0  # noqa: PLW2901 - letters that an unknown word has by chance are no evidence
        elif place in canonical:
            meant = canonical[place]
            if how != "misspelt":
                how = "synonym"
        found.append(Word(token.text, meant, how, weight))
    return tuple(found)
