"""The interface of a matcher that the dialogue uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from dimchat.match.scores import Scores
    from dimchat.model import Candidate

_LEAST = 0.002
"""The confidence of what a ranking does not name, where a ranking is all there is."""


class Ranker(Protocol):
    """Anything that finds candidates for a text; `dimchat.match.Matcher` is one."""

    def rank(self, text: str, limit: int = 5) -> list[Candidate]:
        """Return at most `limit` candidates, best first."""
        ...


@runtime_checkable
class Scorer(Protocol):
    """A ranker that has a score for each of its classes at once, which is faster and finer than a ranking."""

    @property
    def intents(self) -> tuple[str, ...]:
        """Return the ids of the classes."""
        ...

    def score_all(self, text: str, *, meaning: bool = False) -> Scores | None:
        """Return what a text adds up to for every class; where `meaning` is wanted, by the encoder as well."""
        ...


class Heard(NamedTuple):
    """The probabilities of some ids for a text, and the contributions of words to them."""

    logs: NDArray[np.float64]
    """The natural logarithm of the part of each."""
    words: NDArray[np.float64]
    """What each of the wanted words adds to each: words by ids."""


class Ear:
    """Hears what texts say for certain ids."""

    def __init__(self, ranker: Ranker, ids: Sequence[str]) -> None:
        """Keep the ranker, and find the ids among its classes.

        Args:
            ranker: Any; one that scores all classes is asked for that.
            ids: What the texts are heard for.
        """
        self._ranker, self._place = ranker, {i: at for at, i in enumerate(ids)}
        classes = {name: at for at, name in enumerate(ranker.intents)} if isinstance(ranker, Scorer) else {}
        missing = len(classes)
        self._columns = np.array([classes.get(i, missing) for i in ids])

    def hear(self, text: str, wanted: Collection[str] = ()) -> Heard:
        """Return what the words of a text say for the ids.

        Args:
            text: What is ranked.
            wanted: Words of it that are looked at one by one.
        """
        if not isinstance(self._ranker, Scorer):
            return self._of_ranking(text, wanted)
        scores = self._ranker.score_all(text)
        if scores is None:
            return self._nothing()
        shares = scores.of_words(wanted)
        shares = np.concatenate((shares, np.zeros((len(shares), 1))), axis=1)[:, self._columns]
        return Heard(self._of(scores.logs), shares)

    def meant(self, text: str) -> NDArray[np.float64] | None:
        """Return what `Heard.logs` are by words and meaning together; None where no encoder is at hand."""
        scores = self._ranker.score_all(text, meaning=True) if isinstance(self._ranker, Scorer) else None
        return None if scores is None or scores.meant is None else self._of(scores.meant)

    def _of(self, logs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return numbers of classes as those of the ids."""
        own: NDArray[np.float64] = np.append(logs, np.log(_LEAST))[self._columns]
        return own

    def _of_ranking(self, text: str, wanted: Collection[str]) -> Heard:
        parts, words = np.full(len(self._place), _LEAST), np.zeros((len(wanted), len(self._place)))
        row = {word: at for at, word in enumerate(wanted)}
        for candidate in self._ranker.rank(text, len(self._place)):
            at = self._place.get(candidate.intent)
            if at is None:
                continue
            parts[at] += candidate.confidence
            for word in candidate.words:
                if word.text in row:
                    words[row[word.text], at] = word.weight
        return Heard(np.log(parts / parts.sum()), words)

    def _nothing(self) -> Heard:
        n = len(self._place)
        return Heard(np.full(n, -np.log(max(n, 1))), np.zeros((0, n)))
