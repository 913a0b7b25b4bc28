"""Four views of a reading: its terms, the letters of its words, pairs of terms, and what its words mean.

Each view is brought to unit length by itself, what is unknown counting in its length: text
that has little in common with anything learnt becomes a short vector. Letters, pairs and
meanings are whole numbers, looked up in one sorted array: nothing has to be built when a saved
matcher is read. All but pairs belong to one word or to the gap between two, so that what they
add up to can be remembered from question to question.
"""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.match.normalise import FUNCTION_WORDS, NEGATIONS
from dimchat.match.senses import senses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from dimchat.match.linear import Floats, Ints
    from dimchat.match.reading import Reading

    Keys = NDArray[np.int64]

TERMS, LETTERS, MEANINGS, PAIRS = 1.0, 1.0, 0.8, 0.5
"""What the views weigh."""
REACH = 10
"""How far apart the two halves of a pair may stand."""
MANY = 3000
"""From this many phrases on, pairs and runs of letters that were seen once are left out."""
NOT = "!"
"""Put before a term that is denied."""
DENIED = 3
"""How many words with content a negation reaches."""
MANY_TERMS = 48
"""Up to this many terms the places of the pairs are remembered."""

_LETTER = 15
"""Bits that tell a letter; a run of four fits into one number."""
_RUNS = (2, 3, 4)
"""How long runs of letters are; those across a gap have three letters at least."""
_BESIDE = 2
"""How many letters on each side of a gap are in its runs."""
_HALF = 30
"""Bits that tell a term in a pair."""
_PAIR = 1 << 61
"""Added to a pair, so that it is above every run of letters."""
_MEANING = 1 << 62
"""Added to a meaning, so that it is above every pair."""
_STRANGE = 1 << (_HALF - 1)
"""The numbers of terms that were never learnt begin here."""
_LAST = np.iinfo(np.int64).max


class Piece(NamedTuple):
    """A word of a reading, where it stands for the first time."""

    word: str
    terms: tuple[str, ...]
    meant: bool
    """Whether its meanings count."""


class Spelt(NamedTuple):
    """What a reading is made of."""

    pieces: list[Piece]
    places: list[int]
    """For each piece: the how-manieth counting token it is."""
    owners: list[int]
    """For each piece: which token it is."""
    gaps: list[tuple[str, int]]
    """The letters around each gap between two counting tokens, and the token before it."""


class Part(NamedTuple):
    """Features of one view; the first two are parallel."""

    features: Ints
    values: Floats
    """Before the view is brought to its length."""
    square: float
    """What it adds to the square of the view's length, what is unknown included."""


class Vector(NamedTuple):
    """A whole reading; the first two are parallel, and no feature is there twice."""

    features: Ints
    values: Floats
    terms: Ints
    """Those of the features that are terms."""


def spell_out(reading: Reading) -> Spelt:
    """Return what a reading is made of."""
    pieces: dict[Piece, None] = {}
    places: list[int] = []
    owners: list[int] = []
    words: list[str] = []
    denied = 0
    for place, owner in enumerate(reading.owners):
        token = reading.tokens[owner]
        names = reading.terms[place]
        words.append(token.word)
        if token.word in NEGATIONS:
            denied = DENIED
        elif denied and token.content:
            denied -= 1
            names = [*names, NOT + names[-1]]
        piece = Piece(token.word, tuple(names), token.word not in FUNCTION_WORDS)
        if piece not in pieces:
            pieces[piece] = None
            places.append(place)
            owners.append(owner)
    gaps = {f"{a[-_BESIDE:]}_{b[:_BESIDE]}": owner for (a, b), owner in zip(pairwise(words), reading.owners, strict=False)}
    return Spelt(list(pieces), places, owners, list(gaps.items()))


def _runs(text: str, sizes: Iterable[int] = _RUNS) -> Keys:
    """Return the runs of letters of a text, each once."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    codes &= (1 << _LETTER) - 1
    every = [codes[:0]]
    for size in sizes:
        n = len(codes) - size + 1
        if n > 0:
            every.append(sum(codes[at : at + n] << _LETTER * at for at in range(size)))
    return np.unique(np.concatenate(every))


def _gap_runs(gap: str) -> Keys:
    """Return the runs of letters that hold a gap inside."""
    before, _, after = gap.partition("_")
    texts = (before[-1:] + "_" + after[:1], before + "_" + after[:1], before[-1:] + "_" + after)
    return np.unique(np.concatenate([_runs(text, (len(text),)) for text in texts]))


@lru_cache(maxsize=64)
def _halves(n: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    return np.triu_indices(n, 1)


class Features:
    """The features that were learnt, with their numbers and weights."""

    def __init__(self, terms: Sequence[str], keys: Keys, weights: Floats, strange: float) -> None:
        """Take what `learn` found, or what was saved.

        Args:
            terms: Names of terms; the number of a term is its place here.
            keys: Keys of runs of letters, pairs and meanings, ascending, then the greatest number there is.
            weights: The weight of each term, then of each key.
            strange: The weight of what was never seen.
        """
        self.terms = terms
        self.keys = keys
        self.weights = weights
        self.strange = strange
        self._number = dict(zip(terms, range(len(terms)), strict=True))
        self._strange_square = strange * strange

    def __len__(self) -> int:
        """Return how many features there are."""
        return len(self.weights)

    @classmethod
    def learn(cls, spelt: Sequence[Spelt], n_most: int) -> Features:
        """Return the features of learnt phrases.

        The weight of a feature that `df` of `n` phrases have is `sqrt(ln((1 + n) / (1 + df)) + 1)`: the inverse
        document frequency as scikit-learn smooths it (K. Sparck Jones, 1972), damped.

        Args:
            spelt: One for each phrase.
            n_most: How many features there may be, about.
        """
        n = len(spelt)
        seen = Counter(term for one in spelt for term in {term for piece in one.pieces for term in piece.terms})
        terms = sorted(seen)
        blank = cls(terms, np.array([_LAST]), np.ones(len(terms), np.float32), 1.0)
        own = {word: blank._word_keys(word) for word in sorted({piece.word for one in spelt for piece in one.pieces})}
        gaps = {gap: _gap_runs(gap) for gap in sorted({gap for one in spelt for gap, _ in one.gaps})}
        none = np.empty(0, np.int64)
        every = [
            np.unique(
                np.concatenate(
                    [
                        *(keys for piece in one.pieces for keys in own[piece.word][: 1 + piece.meant]),
                        *(gaps[gap] for gap, _ in one.gaps),
                        blank._pair_keys(blank.numbers(one), one.places)[0],
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
        return _runs(f"_{word}_"), senses().of(word)[0] + _MEANING

    def numbers(self, one: Spelt) -> list[list[int]]:
        """Return the numbers of the terms of each piece; terms that were never learnt have numbers above all others."""
        get = self._number.get
        unseen: dict[str, int] = {}
        result = []
        for piece in one.pieces:
            own = []
            for term in piece.terms:
                number = get(term)
                own.append(unseen.setdefault(term, _STRANGE + len(unseen)) if number is None else number)
            result.append(own)
        return result

    def _pair_keys(self, numbers: list[list[int]], places: list[int]) -> tuple[Keys, NDArray[np.intp]]:
        """Return the keys of the pairs of terms, and for each the piece of its first half."""
        first: dict[int, int] = {}
        for at, own in enumerate(numbers):
            for number in own:
                first.setdefault(number, at)
        if len(first) < 2:  # noqa: PLR2004 - a pair
            return np.empty(0, np.int64), np.empty(0, np.intp)
        terms = np.array(list(first), np.int64)
        pieces = np.array(list(first.values()), np.intp)
        low, high = _halves(len(terms)) if len(terms) <= MANY_TERMS else np.triu_indices(len(terms), 1)
        stands = np.array(places)[pieces]
        apart = stands[high] - stands[low]
        keep = ((apart > 0) & (apart <= REACH)).nonzero()[0]
        low, high = low[keep], high[keep]
        a, b = terms[low], terms[high]
        return np.minimum(a, b) << _HALF | np.maximum(a, b) | _PAIR, pieces[low]

    def _part(self, keys: Keys, values: Floats | None = None) -> tuple[Part, NDArray[np.bool_]]:
        """Return the features of keys, times `values`, and which of the keys are known."""
        found = self.keys.searchsorted(keys)
        known = self.keys[found] == keys
        features = (found[known] + len(self.terms)).astype(np.int32)
        weights = self.weights[features]
        if values is None:
            strange = len(keys) - len(features)
        else:
            weights = weights * values[known]
            missing = values[~known]
            strange = float(missing @ missing)
        return Part(features, weights, float(weights @ weights) + strange * self._strange_square), known

    def of_terms(self, numbers: list[int]) -> Part:
        """Return the features of the terms of one piece, by their numbers."""
        features = np.array([number for number in numbers if number < _STRANGE], np.int32)
        weights = self.weights[features]
        strange = len(numbers) - len(features)
        return Part(features, weights, float(weights @ weights) + strange * self._strange_square)

    def of_letters(self, word: str) -> Part:
        """Return the features of the letters of a word."""
        return self._part(_runs(f"_{word}_"))[0]

    def of_gap(self, gap: str) -> Part:
        """Return the features of the letters around a gap between two words."""
        return self._part(_gap_runs(gap))[0]

    def of_meanings(self, word: str) -> Part:
        """Return the features of what a word means."""
        meanings, values = senses().of(word)
        return self._part(meanings + _MEANING, values)[0]

    def of_pairs(self, numbers: list[list[int]], places: list[int]) -> tuple[Part, NDArray[np.intp]]:
        """Return the features of the pairs of terms, and the piece that each came from."""
        keys, pieces = self._pair_keys(numbers, places)
        part, known = self._part(keys)
        return part, pieces[known]

    def vectors(self, every: Iterable[Spelt]) -> Iterator[Vector]:
        """Yield each of many readings in numbers; what their words add is found once for all of them."""
        letters, gaps, meanings = cache(self.of_letters), cache(self.of_gap), cache(self.of_meanings)
        for one in every:
            numbers = self.numbers(one)
            yield self._joined(
                (TERMS, [self.of_terms(own) for own in numbers]),
                (LETTERS, [letters(piece.word) for piece in one.pieces] + [gaps(gap) for gap, _ in one.gaps]),
                (MEANINGS, [meanings(piece.word) for piece in one.pieces if piece.meant]),
                (PAIRS, [self.of_pairs(numbers, one.places)[0]]),
            )

    def _joined(self, *views: tuple[float, list[Part]]) -> Vector:
        features: list[Ints] = [np.empty(0, np.int32)]
        values: list[Floats] = [np.empty(0, np.float32)]
        for weight, parts in views:
            size = scale(weight, sum(part.square for part in parts))
            features += [part.features for part in parts]
            values += [part.values * size for part in parts]
        once, which = np.unique(np.concatenate(features), return_inverse=True)
        total = np.bincount(which, np.concatenate(values), len(once)).astype(np.float32)
        return Vector(once, total, once[: int(once.searchsorted(len(self.terms)))])


def scale(weight: float, square: float) -> np.float32:
    """Return what a view's values are multiplied by.

    Args:
        weight: What the view weighs.
        square: The square of its length so far.
    """
    return np.float32(weight / square**0.5 if square > 0 else 0.0)
