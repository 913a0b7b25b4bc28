"""Three views of a reading as one sparse vector: terms, runs of letters, and pairs of terms.

Each view is brought to unit length by itself, what is unknown counting in its length: text
that has little in common with anything learnt becomes a short vector. Runs of letters and
pairs are whole numbers, looked up in one sorted array: nothing has to be built when a saved
matcher is read.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.match.normalise import NEGATIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dimchat.match.linear import Floats, Ints
    from dimchat.match.reading import Reading

    Keys = NDArray[np.int64]

TERMS, GRAMS, PAIRS = 1.0, 1.0, 0.5
"""What the views weigh."""
REACH = 10
"""How far apart the two halves of a pair may stand."""
MANY = 3000
"""From this many phrases on, pairs and runs of letters that were seen once are left out."""
NOT = "!"
"""Put before a term that is denied."""
DENIED = 3
"""How many words with content a negation reaches."""

_LETTER = 15
"""Bits that tell a letter; a run of four fits into one number."""
_HALF = 30
"""Bits that tell a term in a pair."""
_PAIR = 1 << 61
"""Added to a pair, so that it is above every run of letters."""
_STRANGE = 1 << (_HALF - 1)
"""The numbers of terms that were never learnt begin here."""
_LAST = np.iinfo(np.int64).max


class Vector(NamedTuple):
    """A reading in numbers; the first three are parallel."""

    features: Ints
    values: Floats
    owners: Ints
    """The token that each feature came from."""
    n_terms: int
    """How many of the features are terms; they come first."""
    strange: int
    """How many terms were never learnt."""


class Spelt(NamedTuple):
    """The names of a reading's terms and the keys of its runs of letters, with their tokens."""

    terms: list[str]
    places: list[int]
    """For each term: the how-manieth counting token it came from."""
    grams: Keys
    gram_owners: Ints
    owners: list[int]


def spell_out(reading: Reading) -> Spelt:
    """Return the terms and runs of letters of a reading."""
    terms: list[str] = []
    places: list[int] = []
    letters: list[str] = ["_"]
    sizes: list[int] = []
    denied = 0
    for place, owner in enumerate(reading.owners):
        token = reading.tokens[owner]
        names = reading.terms[place]
        terms += names
        places += [place] * len(names)
        if token.word in NEGATIONS:
            denied = DENIED
        elif denied and token.content:
            denied -= 1
            terms.append(NOT + names[-1])
            places.append(place)
        letters.append(token.word)
        letters.append("_")
        sizes.append(len(token.word) + 1)
    grams, starts = _runs("".join(letters))
    owners = np.array(reading.owners, np.int32).repeat(sizes)
    return Spelt(terms, places, grams, owners[starts] if len(starts) else owners[:0], reading.owners)


def _runs(text: str) -> tuple[Keys, Keys]:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    codes &= (1 << _LETTER) - 1
    if len(codes) < 3:  # noqa: PLR2004 - the shortest run
        return codes[:0], codes[:0]
    threes = codes[:-2] | codes[1:-1] << _LETTER | codes[2:] << 2 * _LETTER
    keys = np.concatenate((threes, threes[:-1] | codes[3:] << 3 * _LETTER))
    return _once(keys, np.concatenate((np.arange(len(threes)), np.arange(len(threes) - 1))))


def _once(keys: Keys, companions: Keys) -> tuple[Keys, Keys]:
    """Return each key once, in order, with the first of its companions."""
    order = keys.argsort(kind="stable")
    keys = keys[order]
    keep = np.empty(len(keys), bool)
    keep[:1] = True
    np.not_equal(keys[1:], keys[:-1], out=keep[1:])
    return keys[keep], companions[order[keep]]


@lru_cache(maxsize=64)
def _halves(n: int) -> tuple[Keys, Keys]:
    first, second = np.triu_indices(n, 1)
    return first.astype(np.int64), second.astype(np.int64)


def _pairs(numbers: Keys, places: Keys) -> tuple[Keys, Keys]:
    """Return the keys of the pairs, and the place of each one's first half."""
    first, second = _halves(len(numbers)) if len(numbers) <= MANY_TERMS else np.triu_indices(len(numbers), 1)
    apart = places[second] - places[first]
    a, b = numbers[first], numbers[second]
    keep = (apart > 0) & (apart <= REACH) & (a != b)
    a, b = a[keep], b[keep]
    return _once(np.minimum(a, b) << _HALF | np.maximum(a, b) | _PAIR, places[first[keep]])


MANY_TERMS = 48
"""Up to this many terms the places of the pairs are remembered."""


class Features:
    """The features that were learnt, with their numbers and weights."""

    def __init__(self, terms: Sequence[str], keys: Keys, weights: Floats, strange: float) -> None:
        """Take what `learn` found, or what was saved.

        Args:
            terms: Names of terms; the number of a term is its place here.
            keys: Keys of runs of letters and pairs, ascending, then the greatest number there is.
            weights: The weight of each term, then of each key.
            strange: The weight of what was never seen.
        """
        self.terms = terms
        self.keys = keys
        self.weights = weights
        self.strange = strange
        self._number = dict(zip(terms, range(len(terms)), strict=True))
        self._strange_square = np.float32(strange * strange)

    def __len__(self) -> int:
        """Return how many features there are."""
        return len(self.weights)

    @classmethod
    def learn(cls, spelt: Sequence[Spelt], n_most: int) -> Features:
        """Return the features of learnt phrases.

        Args:
            spelt: One for each phrase.
            n_most: How many features there may be, about.
        """
        n = len(spelt)
        seen = Counter(term for one in spelt for term in dict.fromkeys(one.terms))
        terms = sorted(seen)
        blank = cls(terms, np.array([_LAST]), np.ones(len(terms), np.float32), 1.0)
        every = [blank._keys(one)[0] for one in spelt]
        keys, counts = np.unique(np.concatenate([*every, np.empty(0, np.int64)]), return_counts=True)
        least = 2 if n > MANY else 1
        while (counts >= least).sum() + len(terms) > n_most and least < n:
            least += 1
        keys, counts = keys[counts >= least], counts[counts >= least]
        often = np.concatenate((np.array([seen[term] for term in terms], np.float64), counts))
        weights = np.sqrt(np.log((1 + n) / (1 + often)) + 1)
        strange = float(np.sqrt(np.log(1 + n) + 1))
        return cls(terms, np.append(keys, _LAST), weights.astype(np.float32), strange)

    def _numbers(self, one: Spelt) -> tuple[list[int], list[int], list[int], int]:
        """Return the numbers and places of all terms, then how many places into them each is new, and the strange."""
        get = self._number.get
        numbers: list[int] = []
        strange = 0
        unseen: dict[str, int] = {}
        fresh: dict[int, int] = {}
        for at, term in enumerate(one.terms):
            number = get(term)
            if number is None:
                number = unseen.setdefault(term, _STRANGE + len(unseen))
                strange = len(unseen)
            elif number not in fresh:
                fresh[number] = at
            numbers.append(number)
        return numbers, list(fresh), list(fresh.values()), strange

    def _keys(self, one: Spelt) -> tuple[Keys, Ints, int]:
        """Return the keys of a phrase, their tokens, and how many of them are runs of letters."""
        numbers = self._numbers(one)[0]
        return self._keys_of(one, numbers)

    def _keys_of(self, one: Spelt, numbers: list[int]) -> tuple[Keys, Ints, int]:
        if len(numbers) < 2:  # noqa: PLR2004 - a pair
            return one.grams, one.gram_owners, len(one.grams)
        pairs, places = _pairs(np.array(numbers, np.int64), np.array(one.places, np.int64))
        owners = np.array(one.owners, np.int32)[places]
        return np.concatenate((one.grams, pairs)), np.concatenate((one.gram_owners, owners)), len(one.grams)

    def vector(self, one: Spelt) -> Vector:
        """Return a reading in numbers."""
        numbers, terms, at, strange = self._numbers(one)
        keys, owners, n_grams = self._keys_of(one, numbers)
        found = self.keys.searchsorted(keys)
        known = self.keys[found] == keys
        n_terms = len(terms)
        features = np.concatenate((np.array(terms, np.int32), (found[known] + len(self.terms)).astype(np.int32)))
        values = self.weights[features]
        n_known = int(np.count_nonzero(known[:n_grams]))
        start = 0
        for view, size, missing in (
            (TERMS, n_terms, strange),
            (GRAMS, n_known, n_grams - n_known),
            (PAIRS, len(features) - n_terms - n_known, len(keys) - n_grams - (len(features) - n_terms - n_known)),
        ):
            if size:
                span = values[start : start + size]
                span *= view / float(span @ span + missing * self._strange_square) ** 0.5
            start += size
        term_owners = np.array([one.owners[one.places[where]] for where in at], np.int32)
        return Vector(features, values, np.concatenate((term_owners, owners[known])), n_terms, strange)
