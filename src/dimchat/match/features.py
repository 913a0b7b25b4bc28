"""Four views of a reading: its terms, the letters of its words, pairs of neighbouring terms, and what its words mean.

Each view is brought to unit length by itself, what is unknown counting in its length: text
that has little in common with anything learnt becomes a short vector. Letters, pairs and
meanings are whole numbers, looked up in one sorted array: nothing has to be built when a saved
matcher is read. All but pairs belong to one word or to the gap between two, so that what they
add up to can be remembered from question to question.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np

from dimchat.match.normalise import FUNCTION_WORDS, NEGATIONS
from dimchat.match.reading import Piece
from dimchat.match.senses import senses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from dimchat.match.linear import Floats, Ints
    from dimchat.match.reading import Reading

    Keys = NDArray[np.int64]

TERMS, LETTERS, MEANINGS, PAIRS = 1.0, 1.0, 0.8, 0.5
"""What the views weigh: own, by trial on validation sets."""
VIEWS = (TERMS, LETTERS, MEANINGS)
"""Those that a single word has."""
MANY = 3000
"""From this many phrases on, pairs and runs of letters that were seen once are left out."""
NOT = "!"
"""Put before a term that is denied."""
DENIED = 3
"""How many words with content a negation reaches. B. Pang et al. ("Thumbs up?", EMNLP 2002) mark all up to the next
punctuation; what people ask has none, so that the reach is bounded: own."""

_LETTER = 15
"""Bits that tell a letter; a run of four, the longest, fits into one number."""
_LETTERS = (1 << _LETTER) - 1
_HALF = 30
"""Bits that tell a term in a pair."""
_PAIR = 1 << 61
"""Added to a pair, so that it is above every run of letters."""
_MEANING = 1 << 62
"""Added to a meaning, so that it is above every pair."""
STRANGE = 1 << (_HALF - 1)
"""The numbers of terms that were never learnt begin here; a checksum of the term is in the bits below."""
_LAST = np.iinfo(np.int64).max


class Spelt(NamedTuple):
    """What a reading is made of."""

    pieces: list[Piece]
    """Each once, in the order of the reading."""
    sequence: list[int]
    """For each counting token: which piece it is."""
    owners: list[int]
    """For each piece: which token it is, the first time."""


class Part(NamedTuple):
    """Features of one view; the first two are parallel."""

    features: Ints
    """Numbers of those that were learnt."""
    values: Floats
    """Before the view is brought to its length."""
    square: float
    """What it adds to the square of the view's length, what is unknown included."""


class Vector(NamedTuple):
    """A whole reading; the first two are parallel, and no feature is there twice."""

    features: Ints
    """Numbers, ascending."""
    values: Floats
    """Each view by itself has the length that it weighs, or less where something is unknown."""
    terms: Ints
    """Those of the features that are terms."""


class Parts(NamedTuple):
    """Features of the views that a single word has."""

    features: NDArray[np.intp]
    """Those that were learnt: terms, letters, meanings."""
    values: Floats
    """Parallel, before each view is brought to its length."""
    views: tuple[slice, slice, slice]
    """Where each view stands in the two."""
    squares: tuple[float, float, float]
    """What each view adds to the square of its length, what is unknown included."""
    related: bool
    """Whether any of the meanings was learnt."""


class Side(NamedTuple):
    """A feature of two neighbouring pieces."""

    feature: int
    """A negative number where it was never learnt."""
    weight: float
    """See `Features.learn`."""
    square: float
    """Of the weight."""


class Between(NamedTuple):
    """What two neighbouring pieces add."""

    gap: Side
    """The letters around the gap, such as `s_a`."""
    pairs: list[Side]
    """The pairs of a term of the one with a term of the other."""


def spell_out(reading: Reading) -> Spelt:
    """Return what a reading is made of; denied words get one more term, see `DENIED`."""
    places: dict[Piece, int] = {}
    sequence: list[int] = []
    owners: list[int] = []
    denied = 0
    tokens = reading.tokens
    for owner, piece in zip(reading.owners, reading.pieces, strict=True):
        if piece.word in NEGATIONS:
            denied = DENIED
        elif denied and tokens[owner].content:
            denied -= 1
            piece = Piece(piece.word, (*piece.terms, NOT + piece.terms[-1]))  # noqa: PLW2901 - the same word, denied
        place = places.setdefault(piece, len(owners))
        if place == len(owners):
            owners.append(owner)
        sequence.append(place)
    return Spelt(list(places), sequence, owners)


def _runs(word: str) -> Keys:
    """Return the keys of the runs of two to four letters of a word, each once, ascending; its ends count as letters.

    W. B. Cavnar and J. M. Trenkle, "N-gram-based text categorization", SDAIR 1994.
    """
    codes = [ord(letter) & _LETTERS for letter in f"_{word}_"]
    longer = found = codes
    for bits in (_LETTER, 2 * _LETTER, 3 * _LETTER):
        longer = [run | code << bits for run, code in zip(longer, codes[bits // _LETTER :], strict=False)]
        found = found + longer
    return np.array(sorted(set(found[len(codes) :])), np.int64)


def _gap(before: str, after: str) -> int:
    """Return the key of the letters around the gap between two words."""
    return ord(before[-1]) & _LETTERS | ord("_") << _LETTER | (ord(after[0]) & _LETTERS) << 2 * _LETTER


def _gap_keys(one: Spelt) -> list[int]:
    """Return the keys of the gaps of a reading, each once."""
    words = [one.pieces[place].word for place in one.sequence]
    return list(dict.fromkeys(_gap(before, after) for before, after in pairwise(words)))


def _pairs(before: Iterable[int], after: Sequence[int]) -> list[int]:
    """Return the keys of the pairs of a term of one piece and a term of its neighbour, by the numbers of these."""
    return [(a << _HALF | b if a < b else b << _HALF | a) | _PAIR for a in before for b in after if a != b]


def _pair_keys(numbers: Sequence[Sequence[int]], sequence: Sequence[int]) -> list[int]:
    """Return the keys of the pairs of a reading, each once.

    Args:
        numbers: For each piece, those of its terms.
        sequence: The pieces in their order.
    """
    every = (key for before, after in pairwise(sequence) for key in _pairs(numbers[before], numbers[after]))
    return list(dict.fromkeys(every))


def _meanings(word: str) -> tuple[Keys, Floats]:
    """Return the keys of what a word means, and their weights; function words mean nothing."""
    meanings, weights = senses().of("" if word in FUNCTION_WORDS else word)
    return meanings + _MEANING, weights


def _strange(term: str) -> int:
    return STRANGE | crc32(term.encode("utf-8", "surrogatepass")) & (STRANGE - 1)


class Features:
    """The features that were learnt, with their numbers and weights."""

    def __init__(self, terms: Sequence[str], keys: Keys, weights: Floats, strange: float) -> None:
        """Take what `learn` found, or what was saved.

        Args:
            terms: Names of terms; the number of a term is its place here.
            keys: Keys of runs of letters, pairs and meanings, ascending, then the greatest number there is.
            weights: The weight of each term, then of each key but the last.
            strange: The weight of what was never seen.
        """
        self.terms = terms
        self.keys = keys
        self.weights = weights
        self.strange = strange
        # Single numbers come faster out of these than out of arrays.
        self._sorted = keys.data
        self._worth = weights.data
        self._number = dict(zip(terms, range(len(terms)), strict=True))
        self._strange_square = strange * strange

    def __reduce__(self) -> tuple[type[Features], tuple[Sequence[str], Keys, Floats, float]]:
        """Return what makes another one: views of memory cannot be sent around."""
        return type(self), (self.terms, self.keys, self.weights, self.strange)

    def __len__(self) -> int:
        """Return how many features there are."""
        return len(self.weights)

    @classmethod
    def learn(cls, spelt: Sequence[Spelt], n_most: int) -> Features:
        """Return the features of learnt phrases.

        The weight of a feature that `df` of `n` phrases have is `sqrt(ln((1 + n) / (1 + df)) + 1)`: the inverse
        document frequency as scikit-learn smooths it (K. Sparck Jones, "A statistical interpretation of term
        specificity", Journal of Documentation 28, 1972), its root taken: own, so that rare words do not rule alone.

        Args:
            spelt: One for each phrase.
            n_most: How many features there may be, about.
        """
        n = len(spelt)
        seen = Counter(term for one in spelt for term in {term for piece in one.pieces for term in piece.terms})
        terms = sorted(seen)
        blank = cls(terms, np.array([_LAST]), np.ones(len(terms), np.float32), 1.0)
        own = {word: blank._word_keys(word) for word in sorted({piece.word for one in spelt for piece in one.pieces})}
        none = np.empty(0, np.int64)
        every = [
            np.unique(
                np.concatenate(
                    [
                        *(keys for piece in one.pieces for keys in own[piece.word]),
                        np.array(_gap_keys(one), np.int64),
                        np.array(
                            _pair_keys([blank.numbers(piece.terms) for piece in one.pieces], one.sequence), np.int64
                        ),
                    ]
                )
            )
            for one in spelt
            if one.pieces
        ]
        keys, counts = np.unique(np.concatenate([*every, none]), return_counts=True)
        least = 2 if n > MANY else 1
        kept = (counts >= least) | (keys >= _MEANING)
        while kept.sum() + len(terms) > n_most and least < n:
            least += 1
            kept = counts >= least
        keys, counts = keys[kept], counts[kept]
        often = np.concatenate((np.array([seen[term] for term in terms], np.float64), counts))
        weights = np.sqrt(np.log((1 + n) / (1 + often)) + 1)
        strange = float(np.sqrt(np.log(1 + n) + 1))
        return cls(terms, np.append(keys, _LAST), weights.astype(np.float32), strange)

    def _word_keys(self, word: str) -> tuple[Keys, Keys]:
        return _runs(word), _meanings(word)[0]

    def numbers(self, terms: Iterable[str]) -> list[int]:
        """Return the numbers of terms; those of terms that were never learnt are above all others."""
        get = self._number.get
        return [_strange(term) if (number := get(term)) is None else number for term in terms]

    def _part(self, keys: Keys, values: Floats | None = None) -> Part:
        """Return the features of keys, times `values`."""
        found = self.keys.searchsorted(keys)
        known = self.keys[found] == keys
        features = (found[known] + len(self.terms)).astype(np.int32)
        weights = self.weights[features]
        if values is None:
            strange = float(len(keys) - len(features))
        else:
            weights = weights * values[known]
            missing = values[~known]
            strange = float(missing @ missing)
        return Part(features, weights, float(weights @ weights) + strange * self._strange_square)

    def _side(self, key: int) -> Side:
        """Return the feature of a key."""
        # A key at a time, this is faster than an array.
        at = bisect_left(self._sorted, key)
        if self._sorted[at] != key:
            return Side(~key, self.strange, self._strange_square)
        weight = self._worth[at + len(self.terms)]
        return Side(at + len(self.terms), weight, weight * weight)

    def of_terms(self, numbers: list[int]) -> Part:
        """Return the features of the terms of one piece, by their numbers."""
        features = np.array([number for number in numbers if number < STRANGE], np.int32)
        weights = self.weights[features]
        strange = len(numbers) - len(features)
        return Part(features, weights, float(weights @ weights) + strange * self._strange_square)

    def of_letters(self, word: str) -> Part:
        """Return the features of the letters of a word."""
        return self._part(_runs(word))

    def of_meanings(self, word: str) -> Part:
        """Return the features of what a word means."""
        return self._part(*_meanings(word))

    def of_piece(self, piece: Piece, numbers: list[int]) -> Parts:
        """Return the features of one piece.

        Args:
            piece: Any.
            numbers: Of its terms.
        """
        terms = [number for number in numbers if number < STRANGE]
        runs, (meanings, shares) = _runs(piece.word), _meanings(piece.word)
        keys = np.concatenate((runs, meanings))
        found = self.keys.searchsorted(keys)
        known = (self.keys[found] == keys).nonzero()[0]
        features = np.concatenate((np.array(terms, np.intp), found[known] + len(self.terms)))
        values = self.weights[features]
        after = len(terms) + int(known.searchsorted(len(runs)))
        views = slice(0, len(terms)), slice(len(terms), after), slice(after, len(features))
        own = shares[known[after - len(terms) :] - len(runs)]
        values[views[2]] *= own
        unknown = (
            len(numbers) - len(terms),
            len(runs) - (after - len(terms)),
            max(float(shares @ shares - own @ own), 0.0) if len(own) < len(shares) else 0.0,
        )
        terms_square, letters_square, meanings_square = (
            float(values[view] @ values[view]) + more * self._strange_square
            for view, more in zip(views, unknown, strict=True)
        )
        return Parts(features, values, views, (terms_square, letters_square, meanings_square), len(own) > 0)

    def between(self, before: str, befores: list[int], after: str, afters: list[int]) -> Between:
        """Return what two pieces add by standing side by side.

        Args:
            before: The word of the first.
            befores: The numbers of its terms.
            after: The word of the second.
            afters: The numbers of its terms.
        """
        return Between(self._side(_gap(before, after)), [self._side(key) for key in _pairs(befores, afters)])

    def vectors(self, every: Iterable[Spelt]) -> Iterator[Vector]:
        """Yield a vector for each reading, in their order; what a word adds is found once for all of them."""
        letters, meanings = cache(self.of_letters), cache(self.of_meanings)
        gaps = cache(lambda key: self._part(np.array([key])))
        for one in every:
            numbers = [self.numbers(piece.terms) for piece in one.pieces]
            yield self._joined(
                (TERMS, [self.of_terms(own) for own in numbers]),
                (LETTERS, [letters(piece.word) for piece in one.pieces] + [gaps(key) for key in _gap_keys(one)]),
                (MEANINGS, [meanings(piece.word) for piece in one.pieces]),
                (PAIRS, [self._part(np.array(_pair_keys(numbers, one.sequence), np.int64))]),
            )

    def _joined(self, *views: tuple[float, list[Part]]) -> Vector:
        features: list[Ints] = [np.empty(0, np.int32)]
        values: list[Floats] = [np.empty(0, np.float32)]
        for weight, parts in views:
            size = scale(weight, sum(part.square for part in parts))
            features += [part.features for part in parts]
            values += [part.values * np.float32(size) for part in parts]
        once, which = np.unique(np.concatenate(features), return_inverse=True)
        total = np.bincount(which, np.concatenate(values), len(once)).astype(np.float32)
        return Vector(once, total, once[: int(once.searchsorted(len(self.terms)))])


def scale(weight: float, square: float) -> float:
    """Return what brings a view to the length that it weighs (the cosine's norm, G. Salton et al., 1975), or 0.

    Args:
        weight: What the view weighs.
        square: The square of its length so far.
    """
    return weight / square**0.5 if square > 0 else 0.0
