"""A question against all classes at once: what each of its words adds to each, remembered from question to question."""

from __future__ import annotations

from itertools import count, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.match.features import STRANGE, WORD_VIEWS, scale, spell_out
from dimchat.match.options import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from dimchat.match.features import Between, Features, Parameters, Spelt
    from dimchat.match.linear import Floats, Places
    from dimchat.match.options import Options
    from dimchat.match.reader import Piece, Reading

_ROOM = 4_000_000
"""How many numbers are remembered, about; four bytes each."""
_MOST_BETWEEN = 1 << 14
"""How many pairs of neighbours are remembered."""
_SERIAL = 32
"""Bits that tell a piece in a pair of neighbours."""
_SORTED = 512
"""Up to so many classes sorting them all is the fastest way to the best."""
_NO_ROWS = np.empty(0, np.float32)


class Held(NamedTuple):
    """A term of a word."""

    number: int
    """See `Features.numbers`."""
    row: bytes
    """How many phrases of each class have it, a byte each, see `Parameters.holds`; empty where it was never learnt."""
    worth: float
    """The square of its weight."""


class Added(NamedTuple):
    """The contribution of a word to each class, before its views are scaled to their lengths."""

    serial: int
    """Its own among all of a ranking."""
    word: str
    """After putting right."""
    numbers: list[int]
    """Of its terms, see `Features.numbers`."""
    rows: Floats
    """Views by classes: terms, letters, meanings."""
    squares: tuple[float, float, float]
    """For each view, what it adds to the square of the view's length."""
    known: bool
    """Whether any of it was learnt."""
    related: bool
    """Whether any of its meanings was."""
    terms: list[Held]
    """For each of `numbers`."""


class Sums(NamedTuple):
    """The sums of a question over its words."""

    scores: Floats
    """Of all classes, in their order: `scales` times `rows`, and the intercept."""
    rows: Floats
    """What makes them up: parts by classes, first the views of the words, one word after the other, then neighbours."""
    scales: Floats
    """What each of `rows` is multiplied by."""
    words: list[Added]
    """What each of its words adds, each word once."""
    owners: list[int]
    """The token of each of `words`, then of each of the neighbours."""
    terms: dict[int, int]
    """Its known terms, and the token of each."""
    held: list[Held]
    """For each of `terms`, what it is."""
    strange: int
    """How many of its terms were never learnt."""
    known: bool
    """Whether any of it was learnt."""

    def row_owners(self) -> list[int]:
        """Return the place of the token of each of `rows`."""
        n_words = len(self.words)
        return [owner for owner in self.owners[:n_words] for _ in range(WORD_VIEWS)] + self.owners[n_words:]

    def related(self) -> frozenset[int]:
        """Return the places of tokens with a meaning that was learnt."""
        return frozenset([owner for found, owner in zip(self.words, self.owners, strict=False) if found.related])


class Beside(NamedTuple):
    """What the neighbours of a question add, features that were learnt only; lists are parallel by kind."""

    gaps: list[int]
    """The letters around the gaps."""
    gap_values: list[float]
    """Before they are brought to the length of their view, by the step of their weights."""
    gap_owners: list[int]
    """The token before each."""
    gap_square: float
    """What they add to the square of the length, what is unknown included."""
    pairs: list[int]
    """The same for pairs of terms."""
    pair_values: list[float]
    """As for gaps."""
    pair_owners: list[int]
    """The token before each."""
    pair_square: float
    """As for gaps."""


class Ranking:
    """Scores of classes. What it remembers changes how long an answer takes, never what it is."""

    def __init__(self, features: Features, learnt: Parameters, options: Options = DEFAULT) -> None:
        """Take what was learnt.

        Args:
            features: What goes into the linear layer.
            learnt: The layer, and how many phrases hold each term.
            options: Of the matcher.
        """
        self._options = options
        self._covered = [n / (n + options.half_covered) for n in range(256)]
        self._features = features
        self._learnt = learnt
        # Single numbers come faster out of these than out of arrays.
        self._idf = features.weights.data
        self._steps = learnt.scale.data
        self._strange_square = features.strange**2
        self._most = max(_ROOM // max(4 * len(learnt.classes), 1), 64)
        self._serials = count()
        self._pieces: dict[Piece, Added] = {}
        self._held: dict[int, Held] = {}
        self._named: dict[tuple[str, ...], list[Held]] = {}
        self._between: dict[int, Between] = {}

    def __reduce__(self) -> tuple[type[Ranking], tuple[Features, Parameters, Options]]:
        """Return what makes another one, which remembers nothing yet: processes that share work send it around."""
        return type(self), (self._features, self._learnt, self._options)

    def remember(self, pieces: Iterable[Piece]) -> None:
        """Work out what words add before they are asked for, as long as half of the room is free.

        Args:
            pieces: The likeliest first.
        """
        for piece in islice(pieces, self._most // 2):
            self._piece(piece)

    def sums(self, reading: Reading) -> Sums:
        """Return what a reading adds up to."""
        options = self._options
        one = spell_out(reading, options)
        remembered = self._pieces.get
        words = [remembered(piece) or self._piece(piece) for piece in one.pieces]
        terms, held, strange = _terms([found.terms for found in words], one.owners)
        term_square = letter_square = meaning_square = 0.0
        for found in words:
            square, letters, meanings = found.squares
            term_square += square
            letter_square += letters
            meaning_square += meanings
        beside = self._beside(one, words, reading.owners)
        letter_scale = scale(options.letters, letter_square + beside.gap_square)
        pair_scale = scale(options.pairs, beside.pair_square)
        sizes = [scale(options.terms, term_square), letter_scale, scale(options.meanings, meaning_square)] * len(words)
        sizes += [value * letter_scale for value in beside.gap_values]
        sizes += [value * pair_scale for value in beside.pair_values]
        scales = np.array(sizes, np.float32)
        features = beside.gaps + beside.pairs
        rows = np.concatenate(
            [*[found.rows for found in words], self._learnt.weights.take(features, axis=0)], dtype=np.float32
        )
        scores = scales @ rows
        scores += options.intercept
        known = bool(terms or features) or any(found.known for found in words)
        owners = one.owners + beside.gap_owners + beside.pair_owners
        return Sums(scores, rows, scales, words, owners, terms, held, strange, known)

    def sums_of(self, one: Spelt, features: Places, values: Floats) -> Sums:
        """Return what a text adds up to that was taken apart before: nothing is remembered of it, nor explained.

        Args:
            one: What its reading is made of.
            features: Those that were learnt.
            values: Parallel, each view brought to the length that it weighs.
        """
        terms, held, strange = _terms([self._terms_of(piece.terms) for piece in one.pieces], one.owners)
        scores = (values * self._learnt.scale[features]) @ self._learnt.weights.take(features, axis=0).astype(
            np.float32
        )
        scores += self._options.intercept
        return Sums(scores, _NO_ROWS, _NO_ROWS, [], [], terms, held, strange, len(features) > 0)

    def _terms_of(self, names: tuple[str, ...]) -> list[Held]:
        found = self._named.get(names)
        if found is None:
            found = self._named[names] = [self._term(number) for number in self._features.numbers(names)]
        return found

    def _term(self, number: int) -> Held:
        if number >= STRANGE:
            return Held(number, b"", self._strange_square)
        found = self._held.get(number)
        if found is None:
            found = self._held[number] = Held(number, self._learnt.holds[number].tobytes(), self._idf[number] ** 2)
        return found

    def _beside(self, one: Spelt, words: list[Added], owners: list[int]) -> Beside:
        """Return what the neighbours of a question add, each feature once.

        Args:
            one: The question.
            words: What each of its pieces adds.
            owners: The token of each place in its sequence.
        """
        seen: set[int] = set()
        gap_square = pair_square = 0.0
        gaps: list[int] = []
        gap_values: list[float] = []
        gap_owners: list[int] = []
        pairs: list[int] = []
        pair_values: list[float] = []
        pair_owners: list[int] = []
        remembered = self._between.get
        for (before, after), owner in zip(pairwise(one.sequence), owners, strict=False):
            first, second = words[before], words[after]
            gap, sides = remembered(first.serial << _SERIAL | second.serial) or self._neighbours(first, second)
            feature, weight, square = gap
            if feature not in seen:
                seen.add(feature)
                gap_square += square
                if feature >= 0:
                    gaps.append(feature)
                    gap_values.append(weight * self._steps[feature])
                    gap_owners.append(owner)
            for feature, weight, square in sides:
                if feature not in seen:
                    seen.add(feature)
                    pair_square += square
                    if feature >= 0:
                        pairs.append(feature)
                        pair_values.append(weight * self._steps[feature])
                        pair_owners.append(one.owners[before])
        return Beside(gaps, gap_values, gap_owners, gap_square, pairs, pair_values, pair_owners, pair_square)

    def added(self, sums: Sums, column: int, n_tokens: int) -> NDArray[np.float64]:
        """Return what each token adds to the score of a class, one number for each.

        Args:
            sums: The question.
            column: The number of the class.
            n_tokens: How many tokens the question has.
        """
        return np.bincount(sums.row_owners(), sums.rows[:, column] * sums.scales, n_tokens).astype(
            np.float64, copy=False
        )

    def coverage(self, reading: Reading, sums: Sums, columns: list[int]) -> list[float]:
        """Return how much of a question the phrases of some classes hold, 0 to 1 for each.

        It is the share of its terms that are covered, see `Options.half_covered` and `misspelt_covered`. Each counts
        the square of its weight, and those never learnt are in the whole. Own: the linear layer tells classes apart,
        this how much of a question is about something else.

        Args:
            reading: The question.
            sums: What it adds up to.
            columns: The numbers of the classes.
        """
        total = sums.strange * self._strange_square
        tokens = reading.tokens
        counted = []
        covered, misspelt = self._covered, self._options.misspelt_covered
        for (_, row, worth), owner in zip(sums.held, sums.terms.values(), strict=True):
            total += worth
            counted.append((worth * misspelt if tokens[owner].how == "misspelt" else worth, row))
        total = max(total, 1e-9)
        return [sum([own * covered[row[column]] for own, row in counted]) / total for column in columns]

    def _piece(self, piece: Piece) -> Added:
        features = self._features
        numbers = features.numbers(piece.terms)
        parts = features.of_piece(piece, numbers)
        weights, scales = self._learnt.weights, self._learnt.scale
        values = parts.values * scales[parts.features]
        block = weights.take(parts.features, axis=0).astype(np.float32)
        # One vector after the other: the first product of two matrices in a process has much to set up.
        rows = np.array([values[view] @ block[view] for view in parts.views], np.float32)
        if len(self._pieces) >= self._most:
            self._pieces.clear()
        found = self._pieces[piece] = Added(
            next(self._serials),
            piece.word,
            numbers,
            rows,
            parts.squares,
            len(parts.features) > 0,
            parts.related and self._options.meanings > 0,  # else the dictionary is of another language
            [self._term(number) for number in numbers],
        )
        return found

    def _neighbours(self, before: Added, after: Added) -> Between:
        if len(self._between) >= _MOST_BETWEEN:
            self._between.clear()
        key = before.serial << _SERIAL | after.serial
        found = self._between[key] = self._features.between(before.word, before.numbers, after.word, after.numbers)
        return found


def _terms(found: Iterable[list[Held]], owners: list[int]) -> tuple[dict[int, int], list[Held], int]:
    """Return `terms`, `held` and `strange` of `Sums`.

    Args:
        found: The terms of each word.
        owners: The token of each.
    """
    terms: dict[int, int] = {}
    held: list[Held] = []
    strange: set[int] = set()
    for own, owner in zip(found, owners, strict=True):
        for term in own:
            if not term.row:
                strange.add(term.number)
            elif term.number not in terms:
                terms[term.number] = owner
                held.append(term)
    return terms, held, len(strange)


def best_of(scores: Floats, n: int) -> tuple[list[int], list[float]]:
    """Return the places of the best scores, best first, and the scores; of equal ones the first.

    Args:
        scores: One for each class, at least one.
        n: How many at most, at least one.
    """
    # All that tie with the last one are kept until the end, so that no way of sorting decides between equal ones.
    last = -min(n, len(scores))
    if len(scores) > _SORTED:
        least = np.partition(scores, last)[last]
    else:
        rising = scores.copy()
        rising.sort()
        least = rising[last]
    places = (scores >= least).nonzero()[0]
    order = places[(-scores[places]).argsort(kind="stable")][:n]
    return order.tolist(), scores[order].tolist()
