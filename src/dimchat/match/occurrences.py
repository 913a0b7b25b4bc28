"""Lines taken apart once, for all that learn from them: which feature stands in which line, and how often."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.match.features import FIRST_MEANING, FIRST_PAIR, Features, gap, meanings, pairs, runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dimchat.match.features import Keys, Spelt
    from dimchat.match.linear import Floats
    from dimchat.match.reading import Piece

    Places = NDArray[np.intp]
    Listed = tuple[Keys, Floats]

N_VIEWS = 4
"""Terms, letters, pairs and meanings: in the order of their keys."""
_BELOW = 1 << 32
"""Taken off the number of a term, so that it is below every key."""


class Occurrences(NamedTuple):
    """Which features stand in which rows; the first five are parallel, row by row, features ascending."""

    rows: Places
    features: Places
    """Numbers of features: terms first, then keys."""
    segments: Places
    """Which view of which row each belongs to: the number of the row times `N_VIEWS`, and of the view."""
    shares: Floats
    """How much of the feature there is: 1 for each word that has it, of a meaning the word's share in it."""
    squares: Floats
    """What it counts in the square of its view's length: the same, squared word by word."""
    starts: Places
    """Where each row begins, then the end of the last: one more than there are rows."""
    strange: NDArray[np.float64]
    """As `squares`, of all that is no feature because no line has it: rows by views."""
    terms: list[str]
    """The names of the features that are terms, in order."""
    keys: Keys
    """The keys of the others, ascending, see `features`; pairs name the places of `terms`."""

    @property
    def n_features(self) -> int:
        """Return how many features there are."""
        return len(self.terms) + len(self.keys)


def take_apart(spelt: Sequence[Spelt], n_lines: int) -> Occurrences:
    """Return what stands in which row.

    Args:
        spelt: One for each row.
        n_lines: How many of the first are lines that may be learnt. What only the others have is no feature.
    """
    terms = sorted({term for one in spelt[:n_lines] for piece in one.pieces for term in piece.terms})
    numbers = Features.blank(terms).numbers
    pieces: dict[Piece, int] = {}
    sides: dict[tuple[int, int], int] = {}
    row_pieces = [[pieces.setdefault(piece, len(pieces)) for piece in one.pieces] for one in spelt]
    row_sides = [
        [sides.setdefault((own[a], own[b]), len(sides)) for a, b in pairwise(one.sequence)]
        for own, one in zip(row_pieces, spelt, strict=True)
    ]
    words = [piece.word for piece in pieces]
    own_terms = [numbers(piece.terms) for piece in pieces]
    of_word = {word: _joined(_ones(runs(word)), meanings(word)) for word in words}
    lists = [
        _joined(_ones(np.array(own, np.int64) - _BELOW), of_word[word])
        for own, word in zip(own_terms, words, strict=True)
    ]
    lists += [
        _ones(np.array([gap(words[a], words[b]), *pairs(own_terms[a], own_terms[b])], np.int64)) for a, b in sides
    ]
    keys, places = np.unique(np.concatenate([*(own for own, _ in lists), np.empty(0, np.int64)]), return_inverse=True)
    shares = np.concatenate([*(own for _, own in lists), np.empty(0, np.float32)])
    starts = np.cumsum([0, *(len(own) for own, _ in lists)])
    rows, which = _flat(row_pieces)
    at, owner = _spans(starts, which)
    beside_rows, which = _flat(row_sides)
    beside_at, beside_owner = _spans(starts, which + len(pieces))
    # Neighbours count once in a line, however often they stand there.
    once = np.unique(beside_rows[beside_owner] * len(keys) + places[beside_at])
    codes = np.concatenate((rows[owner] * len(keys) + places[at], once))
    return _sorted(
        codes, np.concatenate((shares[at], np.ones(len(once), np.float32))), keys, (len(spelt), n_lines), terms
    )


def _sorted(codes: Places, shares: Floats, keys: Keys, n: tuple[int, int], terms: list[str]) -> Occurrences:
    """Return occurrences in their order.

    Args:
        codes: For each, its row times the number of keys, and the place of its key.
        shares: Parallel to it.
        keys: Ascending; terms by their numbers, less `_BELOW`.
        n: How many rows there are, and how many of them are lines.
        terms: The names of terms.
    """
    order = codes.argsort(kind="stable")
    codes, shares = codes[order], shares[order]
    first = np.append(True, codes[1:] != codes[:-1])[: len(codes)].nonzero()[0]
    rows, places = np.divmod(codes[first], max(len(keys), 1))
    squares = np.add.reduceat(shares * shares, first) if len(first) else shares
    shares = np.add.reduceat(shares, first) if len(first) else shares
    n_rows, n_lines = n
    learnable = np.zeros(len(keys), bool)
    learnable[places[rows < n_lines]] = True
    views = _views(keys)
    known = learnable[places]
    segments = rows * N_VIEWS + views[places]
    strange = np.bincount(segments[~known], squares[~known], n_rows * N_VIEWS).astype(np.float64)
    rows = rows[known]
    return Occurrences(
        rows,
        (learnable.cumsum() - 1)[places[known]],
        segments[known],
        shares[known],
        squares[known],
        rows.searchsorted(np.arange(n_rows + 1)),
        strange.reshape(n_rows, N_VIEWS),
        terms,
        keys[learnable][len(terms) :],
    )


def _views(keys: Keys) -> Places:
    return np.searchsorted(np.array([0, FIRST_PAIR, FIRST_MEANING]), keys, "right")


def _ones(keys: Keys) -> Listed:
    return keys, np.ones(len(keys), np.float32)


def _joined(*lists: Listed) -> Listed:
    keys, shares = zip(*lists, strict=True)
    return np.concatenate(keys), np.concatenate(shares)


def _flat(lists: Sequence[Sequence[int]]) -> tuple[Places, Places]:
    """Return for each number of all lists the list that it stands in, and the number."""
    return (
        np.repeat(np.arange(len(lists)), [len(one) for one in lists]),
        np.array([*chain.from_iterable(lists)], np.intp),
    )


def _spans(starts: Places, which: Places) -> tuple[Places, Places]:
    """Return the places in certain spans, one after another, and for each which of these it is in.

    Args:
        starts: Where each span begins, then the end of the last.
        which: Numbers of spans.
    """
    sizes = starts[which + 1] - starts[which]
    owner = np.repeat(np.arange(len(which)), sizes)
    return np.arange(len(owner)) + np.repeat(starts[which] - (sizes.cumsum() - sizes), sizes), owner
