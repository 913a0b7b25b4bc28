"""Learning some of the lines: which features there are then, what they weigh, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.match import features as views
from dimchat.match.features import FIRST_MEANING, LAST, Features, rarity, renumbered
from dimchat.match.learnt import Learnt
from dimchat.match.linear import add_bayes, quantised

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from dimchat.match.linear import Flags, Floats, Places
    from dimchat.match.occurrences import Occurrences

MANY = 3000
"""From this many phrases on, pairs and runs of letters that were seen once are left out."""
WEIGHTS_MOST = 40_000_000
"""How many numbers the linear layer may have, about."""
_VIEWS = np.array([views.TERMS, views.LETTERS, views.PAIRS, views.MEANINGS])
"""What they weigh, in the order of `Occurrences`."""


class Rows(NamedTuple):
    """All that may be learnt: lines first, then what is learnt whichever lines are; all but the first two by row."""

    n_lines: int
    """How many of the rows are lines."""
    names: list[str]
    """Of the classes, sorted; each has a line."""
    classes: Places
    """Numbers of classes."""
    near: Flags
    """Whether a row is a near miss: a negative for its class and for no other."""
    trust: Floats
    """How much a row counts, above 0; 1 for what a person wrote."""
    keys: NDArray[np.uint64]
    """See `linear.Examples`."""

    def chosen(self, kept: Flags) -> tuple[Flags, Flags]:
        """Return which classes and which rows there are where some of the lines are learnt.

        Args:
            kept: Which lines.
        """
        classes = np.zeros(len(self.names), bool)
        classes[self.classes[: self.n_lines][kept]] = True
        return classes, np.append(kept, classes[self.classes[self.n_lines :]])


class Course:
    """Some of the lines, and the features that are learnt from them."""

    def __init__(self, rows: Rows, found: Occurrences, kept: Flags) -> None:
        """Choose and weigh features.

        Args:
            rows: What may be learnt.
            found: What stands in the rows; there may be more rows than are learnt.
            kept: Which of the lines are learnt.
        """
        self._all = rows
        self._found = found
        self._kept = kept
        self.classes, self.rows = rows.chosen(kept)
        """Which classes there are, and which rows are learnt."""
        n = int(kept.sum())
        end = found.starts[rows.n_lines]
        often = np.bincount(found.features[:end][kept[found.rows[:end]]], minlength=found.n_features)
        self.known = self._chosen(often, n)
        """Which features are learnt."""
        self._weights = rarity(n, often).astype(np.float32)
        self._strange = float(rarity(n, np.zeros(1, np.intp))[0])
        self._numbers = self.known.cumsum() - 1

    def _chosen(self, often: Places, n: int) -> Flags:
        """Return which features are learnt.

        Args:
            often: How many of the lines have each.
            n: How many lines there are.
        """
        found = self._found
        places = np.arange(found.n_features)
        term = places < len(found.terms)
        meaning = places >= len(found.terms) + found.keys.searchsorted(FIRST_MEANING)
        least = 2 if n > MANY else 1
        known: Flags = (often >= least) | ((term | meaning) & (often > 0))
        while known.sum() > WEIGHTS_MOST // max(int(self.classes.sum()), 1) and least < n:
            least += 1
            known = (often >= least) | (term & (often > 0))
        return known

    def values(self, first: int, end: int) -> Floats:
        """Return the values of all features of some rows, each view brought to the length that it weighs.

        What is not learnt has none, but counts in the length.

        Args:
            first: The first of the rows.
            end: The one after the last.
        """
        found = self._found
        span = slice(found.starts[first], found.starts[end])
        features, segments = found.features[span], found.segments[span] - first * len(_VIEWS)
        known = self.known[features]
        values = np.where(known, self._weights[features], np.float32(self._strange))
        squares = found.strange[first:end].reshape(-1) * self._strange**2
        squares += np.bincount(segments, values * values * found.squares[span], len(squares))
        sizes = np.tile(_VIEWS, end - first) / np.sqrt(np.where(squares > 0, squares, np.inf))
        values *= found.shares[span]
        values *= sizes.astype(np.float32)[segments]
        values *= known
        return values

    def of_row(self, row: int, values: Floats) -> tuple[Places, Floats]:
        """Return the learnt features of a row, by their new numbers, and their values.

        Args:
            row: The number of the row.
            values: What `values` returned for it.
        """
        features = self._found.features[self._found.starts[row] : self._found.starts[row + 1]]
        known = self.known[features].nonzero()[0]
        return self._numbers[features[known]], values[known]

    def features(self) -> Features:
        """Return the features that are learnt."""
        found = self._found
        terms, keys = np.split(self.known, [len(found.terms)])
        return Features(
            [found.terms[place] for place in terms.nonzero()[0].tolist()],
            np.append(renumbered(found.keys[keys], terms), LAST),
            self._weights[self.known],
            self._strange,
        )

    def learnt(
        self, weights: Floats, values: Floats, texts: Sequence[str], plain: Sequence[str], outside: Collection[str]
    ) -> Learnt:
        """Return what was learnt.

        Args:
            weights: Of the machine: the learnt features by the classes that there are; changed.
            values: What `values` returned for all rows.
            texts: The lines that were learnt.
            plain: Those of them without any word of content, see `Learnt`.
            outside: Classes that are outside groups.
        """
        lines = self._kept.nonzero()[0]
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        numbers = (self.classes.cumsum() - 1)[self._all.classes]
        add_bayes(weights, self._counts(values, numbers).reshape(weights.shape))
        steps, scale = quantised(weights)
        own, terms, starts = self._terms(lines)
        n_terms = int(self.known[: len(self._found.terms)].sum())
        cells = terms * weights.shape[1] + numbers[own]
        holds = np.bincount(cells[terms < n_terms], minlength=n_terms * weights.shape[1])
        names = [self._all.names[place] for place in self.classes.nonzero()[0].tolist()]
        return Learnt(
            names,
            sorted(set(plain)),
            np.array([name in outside for name in names], np.uint8),
            steps,
            scale,
            np.minimum(holds, 255).astype(np.uint8).reshape(n_terms, weights.shape[1]),
            np.frombuffer(b"".join(encoded), np.uint8),
            np.cumsum([0, *map(len, encoded)]),
            np.searchsorted(numbers[lines], np.arange(weights.shape[1] + 1)),
            terms.astype(np.int32),
            starts,
        )

    def _counts(self, values: Floats, numbers: Places) -> Floats:
        """Return what the values of each learnt feature add up to in each class.

        Args:
            values: What `values` returned for all rows.
            numbers: The class of each row, among those that there are.
        """
        found = self._found
        shares = np.where(self.rows & ~self._all.near, self._all.trust, np.float32(0))
        features, rows = found.features[: len(values)], found.rows[: len(values)]
        at = (self.known[features] & (shares > 0)[rows]).nonzero()[0]
        rows = rows[at]
        n_classes = int(self.classes.sum())
        cells = self._numbers[features[at]] * n_classes + numbers[rows]
        return np.bincount(cells, values[at] * shares[rows], int(self.known.sum()) * n_classes).astype(np.float32)

    def _terms(self, lines: Places) -> tuple[Places, Places, Places]:
        """Return the terms of learnt lines, one line after another: the line of each, the term, and where lines begin.

        Where a line has none, the number above all others stands for it.

        Args:
            lines: Their numbers.
        """
        found = self._found
        end = found.starts[self._all.n_lines]
        rows = found.rows[:end]
        at = ((found.features[:end] < len(found.terms)) & self._kept[rows]).nonzero()[0]
        own, terms = rows[at], self._numbers[found.features[at]]
        none = np.setdiff1d(lines, own)
        n_terms = int(self.known[: len(found.terms)].sum())
        own, terms = np.append(own, none), np.append(terms, np.full(len(none), n_terms))
        order = own.argsort(kind="stable")
        own = own[order]
        return own, terms[order], np.append(own.searchsorted(lines), len(own))
