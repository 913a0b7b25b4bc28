"""BM25: the ten likest phrases vote with their scores."""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import bm25s
import snowballstemmer

from peers import Guess

if TYPE_CHECKING:
    from collections.abc import Sequence

VOTES = 10


class Vote:
    """Stemmed words, no stop words: the best of the settings tried on the validation sets."""

    def _tokens(self, texts: list[str]) -> Any:  # noqa: ANN401 - bm25s's own
        return bm25s.tokenize(texts, stopwords=None, stemmer=self._stem, show_progress=False)

    def fit(self, phrases: Sequence[str], intents: Sequence[str]) -> None:
        """Index the phrases."""
        self._stem = snowballstemmer.stemmer("english").stemWords
        self._intents = list(intents)
        self._index = bm25s.BM25()
        self._index.index(self._tokens(list(phrases)), show_progress=False)

    def ask(self, text: str) -> Guess:
        """Return the intent with the most votes."""
        found, scores = self._index.retrieve(self._tokens([text]), k=VOTES, show_progress=False)
        votes: defaultdict[str, float] = defaultdict(float)
        for at, score in zip(found[0], scores[0], strict=True):
            votes[self._intents[at]] += float(score)
        return Guess(*max(votes.items(), key=itemgetter(1)))
