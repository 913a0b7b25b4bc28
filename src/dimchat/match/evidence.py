"""Why a candidate was found: the phrase most like the question, and what each word added."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dimchat.model import Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dimchat.match.learnt import Learnt
    from dimchat.match.linear import Floats, Ints
    from dimchat.match.reading import Reading


class Phrases:
    """The learnt phrases, class by class."""

    def __init__(self, learnt: Learnt, idf: Floats) -> None:
        """Take what was learnt.

        Args:
            learnt: What the matcher knows.
            idf: The weights of the features.
        """
        self._learnt = learnt
        self._worth = np.square(idf[: len(learnt.holds)])
        self._classes: dict[int, tuple[Ints, NDArray[np.int64], Floats]] = {}

    def likest(self, terms: Ints, columns: list[int]) -> list[str]:
        """Return the phrase of each class that shares most with a question.

        That is the cosine between the two, but for the length of the question, which all share.

        Args:
            terms: Those of the question.
            columns: The numbers of the classes.
        """
        asked = np.zeros(len(self._worth) + 1, np.float32)
        asked[terms] = self._worth[terms]
        learnt = self._learnt
        result: list[str] = []
        for column in columns:
            own, starts, shorter = self._classes.get(column) or self._class(column)
            common = np.add.reduceat(asked[own], starts)
            common *= shorter
            best = int(learnt.first[column]) + int(common.argmax())
            result.append(
                learnt.phrases[learnt.ends[best] : learnt.ends[best + 1]].tobytes().decode("utf-8", "surrogatepass")
            )
        return result

    def _class(self, column: int) -> tuple[Ints, NDArray[np.int64], Floats]:
        """Return the terms of the phrases of a class, where each begins, and what each counts for its length."""
        a, b = self._learnt.first[column : column + 2].tolist()
        starts = self._learnt.starts[a : b + 1]
        own = self._learnt.terms[starts[0] : starts[-1]]
        shorter = (1 / np.sqrt(np.diff(starts))).astype(np.float32)
        found = self._classes[column] = (own, starts[:-1] - starts[0], shorter)
        return found


def read_words(reading: Reading, related: frozenset[int], added: list[list[float]]) -> list[tuple[Word, ...]]:
    """Return for each candidate how each word of a question was read.

    Args:
        reading: The question.
        related: Tokens with a meaning that was learnt.
        added: For each candidate, what each word added to its score.
    """
    texts, read_as, hows, silent = [], [], [], []
    canonical = reading.canonical
    for place, token in enumerate(reading.tokens):
        how = token.how
        meant = token.word
        if how == "unknown" and place in related:
            how = "synonym"
        elif how in ("filler", "unknown"):
            silent.append(place)
        elif place in canonical:
            meant = canonical[place]
            if how != "misspelt":
                how = "synonym"
        texts.append(token.text)
        read_as.append(meant)
        hows.append(how)
    for own in added:
        for place in silent:
            own[place] = 0.0
    return [tuple(map(Word, texts, read_as, hows, own)) for own in added]
