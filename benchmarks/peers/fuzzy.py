"""rapidfuzz's `extractOne` over all phrases, as most small bots do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process, utils

from peers import Guess

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Fuzzy:
    """The likest phrase wins; lower case, without punctuation."""

    scorer: Callable[..., Any]

    def fit(self, phrases: Sequence[str], intents: Sequence[str]) -> None:
        """Keep the phrases."""
        self._phrases = [utils.default_process(phrase) for phrase in phrases]
        self._intents = list(intents)

    def ask(self, text: str) -> Guess:
        """Return the intent of the likest phrase."""
        _, score, at = process.extractOne(utils.default_process(text), self._phrases, scorer=type(self).scorer)
        return Guess(self._intents[at], score)


class WRatio(Fuzzy):
    """Its default scorer."""

    scorer = staticmethod(fuzz.WRatio)


class TokenSetRatio(Fuzzy):
    """Compares sets of words."""

    scorer = staticmethod(fuzz.token_set_ratio)


class Ratio(Fuzzy):
    """Compares whole texts."""

    scorer = staticmethod(fuzz.ratio)
