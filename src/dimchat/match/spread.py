"""What a text adds up to for every class at once, without a judgement of how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from dimchat.match.ranking import Sums


class Spread(NamedTuple):
    """A text against all classes, in the order of `Matcher.intents`."""

    logs: NDArray[np.float64]
    """The natural logarithm of the part of each class, one number for each; the parts add up to 1.

    The scores are taken as exponents: a softmax (J. S. Bridle, "Probabilistic interpretation of feedforward
    classification network outputs", 1990), here not sharpened."""
    words: tuple[str, ...]
    """All words of the text, in their order."""
    shares: NDArray[np.float64]
    """What each of the words adds to the score of each class: words by classes."""

    @classmethod
    def of(cls, sums: Sums, words: Sequence[str]) -> Self:
        """Make it of the sums of a ranking.

        Args:
            sums: What the text adds up to.
            words: Its words, one for each token.

        Raises:
            ValueError: There are no classes.
            IndexError: There are fewer words than tokens that add something.
        """
        scores = sums.scores.astype(np.float64)
        scores -= scores.max()
        rows = sums.rows
        owned = np.zeros((len(words), len(rows)))
        owned[sums.row_owners(), np.arange(len(rows))] = sums.scales
        return cls(scores - np.log(np.exp(scores).sum()), tuple(words), owned @ rows)

    def of_words(self, wanted: Collection[str]) -> NDArray[np.float64]:
        """Return the shares of certain words only: a row for each time that one stands in the text, by classes."""
        return self.shares[[at for at, word in enumerate(self.words) if word in wanted]]
