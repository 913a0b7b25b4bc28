"""A question against all classes at once: what each of its words adds to each, remembered from question to question."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.match.features import LETTERS, MEANINGS, PAIRS, STRANGE, TERMS, scale, spell_out
from dimchat.match.linear import INTERCEPT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dimchat.match.features import Between, Features, Piece, Side
    from dimchat.match.learnt import Learnt
    from dimchat.match.linear import Floats
    from dimchat.match.reading import Reading

_ROOM = 4_000_000
"""How many numbers are remembered, about; four bytes each."""
_MOST_BETWEEN = 1 << 14
"""How many pairs of neighbours are remembered."""
VIEWS = 3
"""Those that a single word has: terms, letters, meanings."""
_SORTED = 512
"""Up to so many classes sorting them all is the fastest way to the best."""
_SNAPPED = 0.25
"""What a word that was put right counts in the coverage."""
_HALF_HELD = 0.3
_COVERED = [n / (n + _HALF_HELD) for n in range(256)]
"""How far a term is covered that so many phrases of a class hold."""


class Added(NamedTuple):
    """What a word adds to each class, before its views are brought to their lengths."""

    rows: Floats
    """Views by classes: terms, letters, meanings."""
    squares: tuple[float, float, float]
    """For each view, what it adds to the square of the view's length."""
    known: bool
    """Whether any of it was learnt."""
    related: bool
    """Whether any of its meanings was."""
    terms: list[tuple[int, bytes]]
    """Numbers of its terms, see `Features.numbers`, and for each a row of `Learnt.holds`; empty for an unknown one."""


class Sums(NamedTuple):
    """What a question adds up to."""

    scores: Floats
    """Of all classes."""
    rows: tuple[Floats, Floats]
    """What makes them up: parts by classes, first those of words, then those of neighbours."""
    scales: tuple[Floats, Floats]
    """What each of `rows` is multiplied by."""
    owners: list[int]
    """The token of each of `rows`, one after the other."""
    terms: dict[int, int]
    """Its known terms, and the token of each."""
    held: list[bytes]
    """For each of `terms`, its row of `Learnt.holds`."""
    strange: int
    """How many of its terms were never learnt."""
    known: bool
    """Whether any of it was learnt."""
    related: frozenset[int]
    """The tokens with a meaning that was learnt."""


class Ranking:
    """Scores of classes. What it remembers changes how long an answer takes, never what it is."""

    def __init__(self, features: Features, learnt: Learnt) -> None:
        """Take what was learnt.

        Args:
            features: What goes into the linear layer.
            learnt: The layer, and how many phrases hold each term.
        """
        self._features = features
        self._learnt = learnt
        # Single numbers come faster out of these than out of arrays.
        self._idf = features.weights.data
        self._steps = learnt.scale.data
        self._strange_square = features.strange**2
        self._most = max(_ROOM // max(4 * len(learnt.classes), 1), 64)
        self._pieces: dict[Piece, Added] = {}
        self._between: dict[tuple[Piece, Piece], Between] = {}

    def __reduce__(self) -> tuple[type[Ranking], tuple[Features, Learnt]]:
        """Return what makes another one, which remembers nothing yet: processes that share work send it around."""
        return type(self), (self._features, self._learnt)

    def sums(self, reading: Reading) -> Sums:
        """Return what a reading adds up to."""
        one = spell_out(reading)
        pieces = one.pieces
        words = [self._pieces.get(piece) or self._piece(piece) for piece in pieces]
        terms: dict[int, int] = {}
        held: list[bytes] = []
        strange: set[int] = set()
        for found, owner in zip(words, one.owners, strict=True):
            for number, row in found.terms:
                if not row:
                    strange.add(number)
                elif number not in terms:
                    terms[number] = owner
                    held.append(row)
        gaps: dict[Side, int] = {}
        pairs: dict[Side, int] = {}
        for (before, after), owner in zip(pairwise(one.sequence), reading.owners, strict=False):
            beside = (pieces[before], pieces[after])
            between = self._between.get(beside) or self._neighbours(beside)
            gaps.setdefault(between.gap, owner)
            for pair in between.pairs:
                pairs.setdefault(pair, one.owners[before])
        term_square, letter_square, meaning_square = map(sum, zip(*[found.squares for found in words], strict=True))
        letters = scale(LETTERS, letter_square + sum([weight * weight for _, weight in gaps]))
        sizes = (scale(TERMS, term_square), letters, scale(MEANINGS, meaning_square)) * len(words)
        owners = [owner for owner in one.owners for _ in range(VIEWS)]
        features: list[int] = []
        values: list[float] = []
        for sides, size in ((gaps, letters), (pairs, scale(PAIRS, sum([weight * weight for _, weight in pairs])))):
            for (feature, weight), owner in sides.items():
                if feature >= 0:
                    features.append(feature)
                    values.append(weight * size * self._steps[feature])
                    owners.append(owner)
        scales, beside_scales = np.array(sizes, np.float32), np.array(values, np.float32)
        rows = np.concatenate([found.rows for found in words])
        beside_rows = self._learnt.weights.take(features, axis=0).astype(np.float32)
        scores = scales @ rows
        scores += INTERCEPT
        scores += beside_scales @ beside_rows
        return Sums(
            scores,
            (rows, beside_rows),
            (scales, beside_scales),
            owners,
            terms,
            held,
            len(strange),
            bool(terms or features) or any(found.known for found in words),
            frozenset([owner for found, owner in zip(words, one.owners, strict=True) if found.related]),
        )

    def added(self, sums: Sums, column: int, n_tokens: int) -> NDArray[np.float64]:
        """Return what each token adds to the score of a class.

        Args:
            sums: The question.
            column: The number of the class.
            n_tokens: How many tokens the question has.
        """
        shares = [rows[:, column] * scales for rows, scales in zip(sums.rows, sums.scales, strict=True)]
        return np.bincount(sums.owners, np.concatenate(shares), n_tokens).astype(np.float64, copy=False)

    def coverage(self, reading: Reading, sums: Sums, columns: list[int]) -> list[float]:
        """Return how much of a question the phrases of some classes hold, 0 to 1.

        Args:
            reading: The question.
            sums: What it adds up to.
            columns: The classes.
        """
        worth = [self._idf[term] ** 2 for term in sums.terms]
        total = max(sum(worth) + sums.strange * self._strange_square, 1e-9)
        tokens = reading.tokens
        counted = [
            (own * _SNAPPED if tokens[owner].how == "misspelt" else own, row)
            for own, owner, row in zip(worth, sums.terms.values(), sums.held, strict=True)
        ]
        return [sum([own * _COVERED[row[column]] for own, row in counted]) / total for column in columns]

    def _piece(self, piece: Piece) -> Added:
        features = self._features
        numbers = features.numbers(piece.terms)
        parts = (features.of_terms(numbers), features.of_letters(piece.word), features.of_meanings(piece.word))
        weights, scales, holds = self._learnt.weights, self._learnt.scale, self._learnt.holds
        rows = np.zeros((VIEWS, len(self._learnt.classes)), np.float32)
        for row, part in zip(rows, parts, strict=True):
            if len(part.features):
                row[:] = (part.values * scales[part.features]) @ weights[part.features].astype(np.float32)
        terms, letters, meanings = parts
        if len(self._pieces) >= self._most:
            self._pieces.clear()
        found = self._pieces[piece] = Added(
            rows,
            (terms.square, letters.square, meanings.square),
            any(len(part.features) for part in parts),
            len(meanings.features) > 0,
            [(number, holds[number].tobytes() if number < STRANGE else b"") for number in numbers],
        )
        return found

    def _neighbours(self, beside: tuple[Piece, Piece]) -> Between:
        if len(self._between) >= _MOST_BETWEEN:
            self._between.clear()
        found = self._between[beside] = self._features.between(*beside)
        return found


def best_of(scores: Floats, n: int) -> tuple[list[int], list[float]]:
    """Return the places of the best scores, best first, and the scores; of equal ones the first.

    Args:
        scores: One for each class.
        n: How many at most.
    """
    worse = -scores
    if n < _SORTED < len(worse):
        # All that tie with the last one are kept until the sort, so that it alone decides.
        places = (worse <= np.partition(worse, n - 1)[n - 1]).nonzero()[0]
        order = places[worse[places].argsort(kind="stable")][:n]
    else:
        order = worse.argsort(kind="stable")[:n]
    return order.tolist(), scores[order].tolist()
