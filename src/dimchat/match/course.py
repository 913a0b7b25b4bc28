"""Learning some of the lines: which features there are then, what they weigh, and what comes of it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.match.features import FIRST_MEANING, LAST, Features, Parameters, rarity, renumbered
from dimchat.match.linear import add_bayes, quantised

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from dimchat.match.linear import Flags, Floats, Places
    from dimchat.match.occurrences import Bundles, Occurrences, Table
    from dimchat.match.options import Options


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

    def __init__(self, rows: Rows, found: Occurrences, kept: Flags, options: Options) -> None:
        """Choose and weigh features.

        Args:
            rows: What may be learnt.
            found: What stands in the rows; there may be more rows than are learnt.
            kept: Which of the lines are learnt.
            options: Of the matcher.
        """
        self._options = options
        # In the order of `Occurrences`.
        self._views = np.array([options.terms, options.letters, options.pairs, options.meanings])
        self._all = rows
        self._found = found
        self._kept = kept
        self.classes, self.rows = rows.chosen(kept)
        """Which classes there are, and which rows are learnt."""
        n = int(kept.sum())
        table = found.table
        end = table.starts[rows.n_lines]
        often = np.bincount(table.features[:end][kept[table.rows[:end]]], minlength=found.n_features)
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
        least = 2 if n > self._options.many_phrases else 1
        known: Flags = (often >= least) | ((term | meaning) & (often > 0))
        while known.sum() > self._options.most_weights // max(int(self.classes.sum()), 1) and least < n:
            least += 1
            known = (often >= least) | (term & (often > 0))
        return known

    def values(self, table: Table, features: Places | None = None) -> Floats:
        """Return the values of all that stands in rows, each view brought to the length that it weighs.

        What is not learnt has none, but counts in the length.

        Args:
            table: The rows.
            features: For each feature of the table, one that is as rare; the same by default.
        """
        known, weights = self.known, self._weights
        if features is not None:
            known, weights = known[features], weights[features]
        values = np.where(known, weights, np.float32(self._strange))[table.features]
        squares = table.strange.reshape(-1) * self._strange**2
        squares += np.bincount(table.segments, values * values * table.squares, len(squares))
        sizes = np.tile(self._views, len(table.strange)) / np.sqrt(np.where(squares > 0, squares, np.inf))
        values *= table.shares
        values *= sizes.astype(np.float32)[table.segments]
        values *= known[table.features]
        return values

    def held(self, table: Table) -> Iterator[tuple[Places, Floats]]:
        """Yield for each row the learnt features that stand in it, and their values.

        Args:
            table: The rows.
        """
        values = self.values(table)
        known = self.known[table.features].nonzero()[0]
        features, values = self._numbers[table.features[known]], values[known]
        for start, end in pairwise(known.searchsorted(table.starts).tolist()):
            yield features[start:end], values[start:end]

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
        self,
        machine: Floats,
        values: Floats,
        bundles: Bundles,
        *,
        texts: Sequence[str],
        plain: Sequence[str],
        outside: Collection[str],
    ) -> Parameters:
        """Return what was learnt.

        Args:
            machine: The weights of the machine: bundles by all classes.
            values: What it learnt from, see `values`.
            bundles: What its features are.
            texts: The lines that were learnt.
            plain: Those of them without any word of content, see `Parameters`.
            outside: Classes that are outside groups.
        """
        lines = self._kept.nonzero()[0]
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        numbers = (self.classes.cumsum() - 1)[self._all.classes]
        of, parts = bundles.of[self.known], bundles.parts[self.known, None]
        counts = self._counts(values, bundles.table)
        if not self.classes.all():
            machine, counts = machine.compress(self.classes, axis=1), counts.compress(self.classes, axis=1)
        weights, counts = machine.take(of, axis=0), counts.take(of, axis=0)
        weights *= parts
        counts *= parts
        add_bayes(weights, counts, self._options)
        steps, scale = quantised(weights)
        own, terms, starts = self._terms(lines)
        n_terms = int(self.known[: len(self._found.terms)].sum())
        cells = terms * weights.shape[1] + numbers[own]
        holds = np.bincount(cells[terms < n_terms], minlength=n_terms * weights.shape[1])
        names = [self._all.names[place] for place in self.classes.nonzero()[0].tolist()]
        return Parameters(
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

    def _counts(self, values: Floats, table: Table) -> Floats:
        """Return what the values of each bundle add up to in each class.

        Args:
            values: Of all bundles that stand in rows.
            table: These rows.
        """
        shares = np.where(self.rows & ~self._all.near, self._all.trust, np.float32(0))
        counts = np.zeros((int(table.features.max(initial=-1)) + 1, len(self.classes)), np.float32)
        cells = table.features * counts.shape[1] + self._all.classes[table.rows]
        np.add.at(counts.reshape(-1), cells, values * shares[table.rows])
        return counts

    def _terms(self, lines: Places) -> tuple[Places, Places, Places]:
        """Return the terms of learnt lines, one line after another: the line of each, the term, and where lines begin.

        Where a line has none, the number above all others stands for it.

        Args:
            lines: Their numbers.
        """
        found, table = self._found, self._found.table
        end = table.starts[self._all.n_lines]
        rows = table.rows[:end]
        at = ((table.features[:end] < len(found.terms)) & self._kept[rows]).nonzero()[0]
        own, terms = rows[at], self._numbers[table.features[at]]
        none = np.setdiff1d(lines, own)
        n_terms = int(self.known[: len(found.terms)].sum())
        own, terms = np.append(own, none), np.append(terms, np.full(len(none), n_terms))
        order = own.argsort(kind="stable")
        own = own[order]
        return own, terms[order], np.append(own.searchsorted(lines), len(own))
