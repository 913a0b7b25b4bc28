"""A question against all classes at once: what each of its words adds to each, remembered from question to question."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.match.features import LETTERS, MEANINGS, PAIRS, STRANGE, TERMS, Part, scale, spell_out
from dimchat.match.linear import INTERCEPT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dimchat.match.features import Features, Piece
    from dimchat.match.learnt import Learnt
    from dimchat.match.linear import Floats, Ints
    from dimchat.match.reading import Reading

_ROOM = 4_000_000
"""How many numbers are remembered, about; four bytes each."""
_SNAPPED = 0.25
"""What a word that was put right counts in the coverage."""
_HALF_HELD = 0.3
_COVERED = (np.arange(256) / (np.arange(256) + _HALF_HELD)).astype(np.float32)
"""How far a term is covered that so many phrases of a class hold."""


class Added(NamedTuple):
    """What a word, or the gap between two, adds to each class, before its views are brought to their lengths."""

    rows: Floats
    """Views by classes: terms, letters, meanings; for a gap, letters alone."""
    squares: tuple[float, ...]
    """For each view, what it adds to the square of the view's length."""
    known: bool
    """Whether any of it was learnt."""
    related: bool
    """Whether any of its meanings was."""
    numbers: list[int]
    """Of its terms, see `Features.numbers`."""


class Sums(NamedTuple):
    """What a question adds up to."""

    scores: Floats
    """Of all classes."""
    rows: Floats
    """What makes them up: parts by classes."""
    scales: Floats
    """What each of `rows` is multiplied by."""
    owners: list[int]
    """The token of each of `rows`, then of each of the pairs."""
    pairs: Part
    terms: Ints
    """Its known terms."""
    term_owners: list[int]
    """The token of each."""
    strange: int
    """How many of its terms were never learnt."""
    known: bool
    """Whether any of it was learnt."""
    related: frozenset[int]
    """The tokens with a meaning that was learnt."""


class Ranking:
    """Scores of classes."""

    def __init__(self, features: Features, learnt: Learnt) -> None:
        """Take what was learnt.

        Args:
            features: What goes into the linear layer.
            learnt: The layer, and how many phrases hold each term.
        """
        self._features = features
        self._learnt = learnt
        self._worth = np.square(features.weights[: len(features.terms)])
        self._most = max(_ROOM // max(4 * len(learnt.classes), 1), 64)
        self._pieces: dict[Piece, Added] = {}
        self._gaps: dict[str, Added] = {}

    def sums(self, reading: Reading) -> Sums:
        """Return what a reading adds up to."""
        one = spell_out(reading)
        words = [self._pieces.get(piece) or self._piece(piece) for piece in one.pieces]
        gaps = [self._gaps.get(gap) or self._gap(gap) for gap in one.gaps]
        known: dict[int, int] = {}
        strange: set[int] = set()
        for found, owner in zip(words, one.owners, strict=True):
            for number in found.numbers:
                if number < STRANGE:
                    known.setdefault(number, owner)
                else:
                    strange.add(number)
        numbers = [found.numbers for found in words]
        pairs, pieces = self._features.of_pairs(numbers, one.sequence)
        term_squares, letter_squares, meaning_squares = zip(*[found.squares for found in words], strict=True)
        letters = scale(LETTERS, sum(letter_squares) + sum([found.squares[0] for found in gaps]))
        size = (scale(TERMS, sum(term_squares)), letters, scale(MEANINGS, sum(meaning_squares)))
        scales = np.array([*(size * len(words)), *([letters] * len(gaps))], np.float32)
        rows = np.concatenate([found.rows for found in (*words, *gaps)])
        scores = scales @ rows
        scores += INTERCEPT
        owners = [owner for owner in one.owners for _ in size]
        owners += one.gaps.values()
        if len(pairs.features):
            learnt = self._learnt
            values = pairs.values * scale(PAIRS, pairs.square)
            values *= learnt.scale[pairs.features]
            pairs = Part(pairs.features, values, 1.0)
            scores += values @ learnt.weights[pairs.features].astype(np.float32)
            owners += [one.owners[piece] for piece in pieces]
        return Sums(
            scores,
            rows,
            scales,
            owners,
            pairs,
            np.fromiter(known, np.int32, len(known)),
            list(known.values()),
            len(strange),
            bool(known) or any(found.known for found in (*words, *gaps)),
            frozenset([owner for found, owner in zip(words, one.owners, strict=True) if found.related]),
        )

    def added(self, sums: Sums, columns: NDArray[np.intp], n_tokens: int) -> NDArray[np.float64]:
        """Return what each token adds to the scores of some classes, tokens by classes.

        Args:
            sums: The question.
            columns: The classes.
            n_tokens: How many tokens the question has.
        """
        n = len(columns)
        shares = np.concatenate(
            (
                sums.rows[:, columns] * sums.scales[:, None],
                self._learnt.weights[sums.pairs.features[:, None], columns] * sums.pairs.values[:, None],
            )
        )
        cells = np.array(sums.owners)[:, None] * n + np.arange(n)
        return np.bincount(cells.ravel(), shares.ravel(), n_tokens * n).astype(np.float64).reshape(-1, n)

    def coverage(self, reading: Reading, sums: Sums, order: NDArray[np.intp]) -> list[float]:
        """Return how much of a question the phrases of some classes hold, 0 to 1.

        Args:
            reading: The question.
            sums: What it adds up to.
            order: The classes.
        """
        worth = self._worth[sums.terms]
        total = float(worth.sum()) + sums.strange * self._features.strange**2
        tokens = reading.tokens
        snapped = [tokens[owner].how == "misspelt" for owner in sums.term_owners]
        if any(snapped):
            worth[snapped] *= _SNAPPED
        covered: list[float] = (worth @ _COVERED[self._learnt.holds[sums.terms[:, None], order]]).tolist()
        return [one / max(total, 1e-9) for one in covered]

    def _piece(self, piece: Piece) -> Added:
        features = self._features
        numbers = features.numbers(piece.terms)
        meanings = features.of_meanings(piece.word)
        parts = (features.of_terms(numbers), features.of_letters(piece.word), meanings)
        if len(self._pieces) >= self._most:
            self._pieces.clear()
        found = self._pieces[piece] = self._added(parts, numbers, related=len(meanings.features) > 0)
        return found

    def _gap(self, gap: str) -> Added:
        if len(self._gaps) >= self._most:
            self._gaps.clear()
        found = self._gaps[gap] = self._added((self._features.of_gap(gap),), [], related=False)
        return found

    def _added(self, parts: Sequence[Part], numbers: list[int], *, related: bool) -> Added:
        weights, scales = self._learnt.weights, self._learnt.scale
        rows = np.zeros((len(parts), len(self._learnt.classes)), np.float32)
        for row, part in zip(rows, parts, strict=True):
            if len(part.features):
                row[:] = (part.values * scales[part.features]) @ weights[part.features].astype(np.float32)
        known = any(len(part.features) for part in parts)
        return Added(rows, tuple(part.square for part in parts), known, related, numbers)


def best_of(scores: Floats, n: int) -> NDArray[np.intp]:
    """Return the places of the best scores, best first; of equal ones the first.

    Args:
        scores: One for each class.
        n: How many at most.
    """
    worse = -scores
    # All that tie with the last one are kept until the sort, so that it alone decides.
    last = np.partition(worse, n - 1)[n - 1] if n < len(worse) else np.inf
    places = (worse <= last).nonzero()[0]
    order: NDArray[np.intp] = places[worse[places].argsort(kind="stable")][:n]
    return order
