"""A question against all classes at once: what each of its words adds to each, remembered from question to question."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.match.features import LETTERS, MEANINGS, PAIRS, TERMS, scale, spell_out
from dimchat.match.linear import INTERCEPT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dimchat.match.features import Features, Part, Piece
    from dimchat.match.learnt import Learnt
    from dimchat.match.linear import Floats, Ints
    from dimchat.match.reading import Reading

_ROOM = 4_000_000
"""How many numbers are remembered, about; four bytes each."""
_SNAPPED = 0.25
"""What a word that was put right counts in the coverage."""
_HALF_HELD = 0.3
"""A term that n phrases of a class hold is covered by n / (n + this)."""


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
        self._most = max(_ROOM // max(4 * len(learnt.classes), 1), 64)
        self._pieces: dict[Piece, Added] = {}
        self._gaps: dict[str, Added] = {}

    def sums(self, reading: Reading) -> Sums:
        """Return what a reading adds up to."""
        features = self._features
        one = spell_out(reading)
        numbers = features.numbers(one)
        parts = []
        owners: list[int] = []
        terms: list[int] = []
        term_owners: list[int] = []
        strange: set[int] = set()
        term_square = letter_square = meaning_square = 0.0
        n_terms = len(features.terms)
        for piece, own, owner in zip(one.pieces, numbers, one.owners, strict=True):
            found = self._pieces.get(piece) or self._piece(piece, own)
            parts.append(found)
            owners += (owner, owner, owner)
            a, b, c = found.squares
            term_square += a
            letter_square += b
            meaning_square += c
            for number in own:
                if number >= n_terms:
                    strange.add(number)
                elif number not in terms:
                    terms.append(number)
                    term_owners.append(owner)
        for gap, owner in one.gaps:
            found = self._gaps.get(gap) or self._gap(gap)
            parts.append(found)
            owners.append(owner)
            letter_square += found.squares[0]
        pairs, pieces = features.of_pairs(numbers, one.places)
        size = scale(PAIRS, pairs.square)
        pairs = pairs._replace(values=pairs.values * size * self._learnt.scale[pairs.features])
        letters = scale(LETTERS, letter_square)
        scales = np.array(
            [scale(TERMS, term_square), letters, scale(MEANINGS, meaning_square)] * len(one.pieces)
            + [letters] * len(one.gaps),
            np.float32,
        )
        rows = np.concatenate([part.rows for part in parts]) if parts else np.empty((0, len(self._learnt.classes)), np.float32)
        scores = scales @ rows
        if len(pairs.features):
            scores += pairs.values @ self._learnt.weights[pairs.features].astype(np.float32)
        scores += INTERCEPT
        owners += [one.owners[piece] for piece in pieces.tolist()]
        return Sums(
            scores,
            rows,
            scales,
            owners,
            pairs,
            np.array(terms, np.int32),
            term_owners,
            len(strange),
            any(part.known for part in parts),
            frozenset(owner for part, owner in zip(parts, one.owners, strict=False) if part.related),
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
        return np.bincount(cells.ravel(), shares.ravel(), n_tokens * n).reshape(-1, n)

    def coverage(self, reading: Reading, sums: Sums, order: NDArray[np.intp]) -> list[float]:
        """Return how much of a question the phrases of some classes hold, 0 to 1.

        Args:
            reading: The question.
            sums: What it adds up to.
            order: The classes.
        """
        worth = np.square(self._features.weights[sums.terms])
        total = float(worth.sum()) + sums.strange * self._features.strange**2
        tokens = reading.tokens
        snapped = [tokens[owner].how == "misspelt" for owner in sums.term_owners]
        if any(snapped):
            worth[snapped] *= _SNAPPED
        held = self._learnt.holds[sums.terms[:, None], order].astype(np.float32)
        held /= held + _HALF_HELD
        covered: list[float] = (worth @ held / max(total, 1e-9)).tolist()
        return covered

    def _piece(self, piece: Piece, numbers: list[int]) -> Added:
        features = self._features
        meanings = features.of_meanings(piece.word if piece.meant else "")
        found = self._rows(features.of_terms(numbers), features.of_letters(piece.word), meanings)
        if len(self._pieces) >= self._most:
            self._pieces.clear()
        self._pieces[piece] = found._replace(related=bool(len(meanings.features)))
        return self._pieces[piece]

    def _gap(self, gap: str) -> Added:
        if len(self._gaps) >= self._most:
            self._gaps.clear()
        found = self._gaps[gap] = self._rows(self._features.of_gap(gap))
        return found

    def _rows(self, *parts: Part) -> Added:
        weights, scales = self._learnt.weights, self._learnt.scale
        rows = np.zeros((len(parts), len(self._learnt.classes)), np.float32)
        for row, part in zip(rows, parts, strict=True):
            if len(part.features):
                row[:] = (part.values * scales[part.features]) @ weights[part.features].astype(np.float32)
        known = any(len(part.features) for part in parts)
        return Added(rows, tuple(part.square for part in parts), known, related=False)
