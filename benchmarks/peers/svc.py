"""scikit-learn's usual text classifier. The features were chosen on the validation sets, the stronger ones kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.svm import LinearSVC

from peers import Guess

if TYPE_CHECKING:
    from collections.abc import Sequence


class Words:
    """`make_pipeline(TfidfVectorizer(), LinearSVC())`, as the tutorials have it."""

    def _pipeline(self) -> Pipeline:
        return make_pipeline(TfidfVectorizer(), LinearSVC())

    def fit(self, phrases: Sequence[str], intents: Sequence[str]) -> None:
        """Learn the phrases."""
        self._model = self._pipeline().fit(list(phrases), list(intents))
        self._names = [str(name) for name in self._model.classes_]

    def ask(self, text: str) -> Guess:
        """Return the intent with the largest value of the decision function."""
        values = np.atleast_1d(self._model.decision_function([text])[0])
        if len(values) == 1:  # of two intents it tells how much more it is the second
            values = np.array([-values[0], values[0]])
        best = int(values.argmax())
        return Guess(self._names[best], float(values[best]))


class WordsAndCharacters(Words):
    """One and two words, and two to four characters inside words; sublinear counts."""

    def _pipeline(self) -> Pipeline:
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
        return make_pipeline(FeatureUnion([("words", words), ("characters", characters)]), LinearSVC())
