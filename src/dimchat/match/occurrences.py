"""Lines taken apart once, for all that learn from them: which feature stands in which line, and how often."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.match.features import FIRST_MEANING, FIRST_PAIR, Features, gap, meanings, pairs, runs
from dimchat.match.linear import mixed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dimchat.match.features import Keys, Spelt
    from dimchat.match.linear import Flags, Floats, Places
    from dimchat.match.reader import Piece


N_VIEWS = 4
"""Terms, letters, pairs and meanings: in the order of their keys."""
_CHUNK = 1024
_BELOW = 1 << 32
"""Taken off the number of a term, so that it is below every key."""


class Table(NamedTuple):
    """The features of each row; the first five are parallel, row by row, features ascending."""

    rows: Places
    features: Places
    segments: Places
    """Which view of which row each belongs to: the number of the row times `N_VIEWS`, and of the view."""
    shares: Floats
    """How much of the feature there is: 1 for each word that has it, of a meaning the word's share in it."""
    squares: Floats
    """What it counts in the square of its view's length: the same, squared word by word."""
    starts: Places
    """Where each row begins, then the end of the last: one more than there are rows."""
    strange: NDArray[np.float64]
    """As `squares`, of all that is no feature: rows by views."""

    def only(self, known: Flags) -> Table:
        """Return a table in which all that is not known is strange.

        Args:
            known: For each occurrence, whether it is.
        """
        strange = np.bincount(self.segments[~known], self.squares[~known], self.strange.size)
        return Table(
            self.rows[known],
            self.features[known],
            self.segments[known],
            self.shares[known],
            self.squares[known],
            np.append(0, known.cumsum())[self.starts],
            self.strange + strange.reshape(self.strange.shape),
        )

    def first(self, n_rows: int) -> Table:
        """Return a table of the first rows."""
        end = self.starts[n_rows]
        return Table(
            self.rows[:end],
            self.features[:end],
            self.segments[:end],
            self.shares[:end],
            self.squares[:end],
            self.starts[: n_rows + 1],
            self.strange[:n_rows],
        )

    def pick(self, rows: Places) -> Table:
        """Return a table of some of the rows, renumbered in the order of the choice."""
        at, owner = _spans(self.starts, rows)
        sizes = self.starts[rows + 1] - self.starts[rows]
        return Table(
            owner,
            self.features[at],
            self.segments[at] % N_VIEWS + owner * N_VIEWS,
            self.shares[at],
            self.squares[at],
            np.append(0, sizes.cumsum()),
            self.strange[rows],
        )


class Occurrences(NamedTuple):
    """The features that occur in rows."""

    table: Table
    """Numbers of features are those of terms first, then of keys."""
    terms: list[str]
    """The names of the features that are terms, in order."""
    keys: Keys
    """The keys of the others, ascending, see `features`; pairs name the places of `terms`."""

    @property
    def n_features(self) -> int:
        """Return how many features there are."""
        return len(self.terms) + len(self.keys)


class Bundles(NamedTuple):
    """Features that only ever stand in rows together and in proportion, such as the letters of a rare word.

    A linear machine gives them weights in that proportion, so that it can learn each bundle as one feature of the
    same length. Whatever lines are learnt, they are as rare as each other.
    """

    table: Table
    """With numbers of bundles for numbers of features."""
    first: Places
    """A feature of each bundle."""
    of: Places
    """The bundle of each feature; 0 for those that are in none."""
    parts: Floats
    """What each feature is of its bundle's length, 0 to 1."""


class _Lists(NamedTuple):
    """Keys of pieces, then of neighbours, list by list."""

    starts: Places
    """Where each list begins, then the end of the last."""
    places: Places
    """Of the keys among all of them."""
    shares: Floats
    """Parallel to it."""
    once: Flags
    """Of all keys, whether they count once in a row, however often they stand there."""


def take_apart(spelt: Sequence[Spelt], n_lines: int) -> Occurrences:
    """Return what stands in which row.

    Args:
        spelt: One for each row.
        n_lines: How many of the first are lines that may be learnt. What only the others have is no feature.
    """
    terms = sorted({term for one in spelt[:n_lines] for piece in one.pieces for term in piece.terms})
    pieces: dict[Piece, int] = {}
    sides: dict[tuple[int, int], int] = {}
    owned: list[list[int]] = []
    for one in spelt:
        own = [pieces.setdefault(piece, len(pieces)) for piece in one.pieces]
        owned.append(own + [~sides.setdefault((own[a], own[b]), len(sides)) for a, b in pairwise(one.sequence)])
    keys, lists = _listed(list(pieces), list(sides), Features.blank(terms))
    # Some rows at a time, so that what is needed on the way fits into little memory.
    parts = [_of_rows(owned[start : start + _CHUNK], len(pieces), lists) for start in range(0, len(owned), _CHUNK)]
    sizes = np.concatenate([np.empty(0, np.intp), *(own for own, _, _, _ in parts)])
    places = np.concatenate([np.empty(0, np.intp), *(own for _, own, _, _ in parts)])
    shares = np.concatenate([np.empty(0, np.float32), *(own for _, _, own, _ in parts)])
    squares = np.concatenate([np.empty(0, np.float32), *(own for _, _, _, own in parts)])
    rows = np.repeat(np.arange(len(spelt)), sizes)
    segments = rows * N_VIEWS + np.searchsorted(np.array([0, FIRST_PAIR, FIRST_MEANING]), keys, "right")[places]
    learnable = np.zeros(len(keys), bool)
    learnable[places[: sizes[:n_lines].sum()]] = True
    table = Table(
        rows,
        learnable.cumsum()[places] - 1,
        segments,
        shares,
        squares,
        np.append(0, sizes.cumsum()),
        np.zeros((len(spelt), N_VIEWS)),
    )
    return Occurrences(table.only(learnable[places]), terms, keys[learnable][len(terms) :])


def _listed(pieces: Sequence[Piece], sides: Sequence[tuple[int, int]], features: Features) -> tuple[Keys, _Lists]:
    """Return the keys of pieces and of neighbours, ascending, and where they stand.

    Args:
        pieces: Each once.
        sides: Pairs of neighbours, by the places of both among `pieces`.
        features: The terms.
    """
    words = [piece.word for piece in pieces]
    own_terms = [features.numbers(piece.terms) for piece in pieces]
    of_word = {word: (runs(word), *meanings(word)) for word in words}
    every = [np.empty(0, np.int64)]
    sizes = []
    for own, word in zip(own_terms, words, strict=True):
        letters, meant, _ = of_word[word]
        every += [np.array(own, np.int64) - _BELOW, letters, meant]
        sizes.append(len(own) + len(letters) + len(meant))
    ends = np.cumsum(sizes).tolist()
    beside = [[gap(words[a], words[b]), *pairs(own_terms[a], own_terms[b])] for a, b in sides]
    keys, places = np.unique(
        np.concatenate([*every, np.array([*chain.from_iterable(beside)], np.int64)]), return_inverse=True
    )
    shares = np.ones(len(places), np.float32)
    for word, end in zip(words, ends, strict=True):
        own_shares = of_word[word][2]
        shares[end - len(own_shares) : end] = own_shares
    once = np.zeros(len(keys), bool)
    once[places[sum(sizes) :]] = True
    return keys, _Lists(np.cumsum([0, *sizes, *map(len, beside)]), places, shares, once)


def _of_rows(owned: Sequence[Sequence[int]], n_pieces: int, lists: _Lists) -> tuple[Places, Places, Floats, Floats]:
    """Return how many keys stand in each row, the place of each key, ascending in a row, its share and its square.

    Args:
        owned: For each row, which pieces it has, and by the complement of its number which neighbours.
        n_pieces: How many pieces there are.
        lists: The keys of both.
    """
    which = np.array([*chain.from_iterable(owned)], np.intp)
    at, owner = _spans(lists.starts, np.where(which < 0, n_pieces + ~which, which))
    rows = np.repeat(np.arange(len(owned)), [len(own) for own in owned])[owner]
    codes = rows * len(lists.once) + lists.places[at]
    order = codes.argsort(kind="stable")
    codes, shares = codes[order], lists.shares[at[order]]
    first = np.append(True, codes[1:] != codes[:-1])[: len(codes)].nonzero()[0]
    if not len(first):
        return np.zeros(len(owned), np.intp), first, shares, shares
    rows, places = np.divmod(codes[first], len(lists.once))
    once = lists.once[places]
    amounts, squares = np.add.reduceat(shares, first), np.add.reduceat(shares * shares, first)
    amounts[once] = squares[once] = 1
    return np.bincount(rows, minlength=len(owned)), places, amounts, squares


def bundle(table: Table, n_rows: int, wanted: Flags) -> Bundles:
    """Return the bundles of features in the first rows of a table.

    Args:
        table: What stands in the rows.
        n_rows: How many of them count.
        wanted: Which features are bundled, each in one of the rows at least; the others become strange.
    """
    table = table.first(n_rows)
    table = table.only(wanted[table.features])
    rows, features, shares, squares = table.rows, table.features, table.shares, table.squares
    one = np.ones(len(wanted), np.float32)
    one[features[::-1]] = shares[::-1]
    chosen = wanted.nonzero()[0]
    # Whatever has the same marks, summed in the same order, stands in the same rows, in proportion.
    marks = mixed(np.arange(2 * n_rows, dtype=np.uint64)).astype(np.float64).reshape(2, n_rows)
    own = one[features].astype(np.float64)
    seen = np.bincount(features, marks[0][rows] * (shares / own), len(wanted))[chosen]
    long = np.bincount(features, marks[1][rows] * (squares / own**2), len(wanted))[chosen]
    view = np.zeros(len(wanted), np.intp)
    view[features] = table.segments % N_VIEWS
    order = np.lexsort((seen, long, view[chosen]))
    alike = np.column_stack((seen, long, view[chosen]))[order]
    new = np.append(True, (alike[1:] != alike[:-1]).any(axis=1))[: len(order)]
    leader = np.empty(len(chosen), np.intp)
    leader[order] = np.minimum.reduceat(order, new.nonzero()[0])[new.cumsum() - 1] if len(order) else order
    first, of_chosen = np.unique(leader, return_inverse=True)
    lengths = np.sqrt(np.bincount(of_chosen, one[chosen].astype(np.float64) ** 2)).astype(np.float32)
    of, parts = np.zeros(len(wanted), np.intp), np.zeros(len(wanted), np.float32)
    of[chosen] = of_chosen
    parts[chosen] = one[chosen] / lengths[of_chosen]
    leads = np.zeros(len(wanted), bool)
    leads[chosen[first]] = True
    kept = leads[features]
    features = features[kept]
    return Bundles(
        Table(
            rows[kept],
            of[features],
            table.segments[kept],
            shares[kept] / parts[features],
            squares[kept] / parts[features] ** 2,
            rows[kept].searchsorted(np.arange(n_rows + 1)),
            table.strange,
        ),
        chosen[first],
        of,
        parts,
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
