"""Four views of a reading: its terms, the letters of its words, pairs of neighbouring terms, and what its words mean.

Each view is brought to unit length by itself, what is unknown counting in its length: text
that has little in common with anything learnt becomes a short vector. Letters, pairs and
meanings are whole numbers, looked up in one sorted array: nothing has to be built when a saved
matcher is read. All but pairs belong to one word or to the gap between two, so that what they
add up to can be remembered from question to question.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple, Self
from zlib import crc32

import numpy as np

from dimchat.language.english import FUNCTION_WORDS
from dimchat.language.senses import dictionary
from dimchat.language.tongue import tongue_of
from dimchat.match.options import DEFAULT
from dimchat.match.reader import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from dimchat.match.linear import Flags, Floats
    from dimchat.match.options import Options
    from dimchat.match.reader import Reading

    Keys = NDArray[np.int64]

WORD_VIEWS = 3
"""How many views a single word has: terms, letters and meanings."""
NOT = "!"
"""Put before a term that is denied."""

_LETTER = 15
"""Bits that tell a letter; a run of four, the longest, fits into one number."""
_LETTERS = (1 << _LETTER) - 1
_HALF = 30
"""Bits that tell a term in a pair."""
_TERM = (1 << _HALF) - 1
FIRST_PAIR = 1 << 61
"""Added to a pair, so that it is above every run of letters."""
FIRST_MEANING = 1 << 62
"""Added to a meaning, so that it is above every pair."""
STRANGE = 1 << (_HALF - 1)
"""The numbers of terms that were never learnt begin here; a checksum of the term is in the bits below."""
LAST = np.iinfo(np.int64).max
"""Ends every list of keys."""


class Spelt(NamedTuple):
    """A reading as pieces: spelt words and the parts of them that count."""

    pieces: list[Piece]
    """Each once, in the order of the reading."""
    sequence: list[int]
    """For each counting token: which piece it is."""
    owners: list[int]
    """For each piece: which token it is, the first time."""


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
    """See `rarity`."""
    square: float
    """Of the weight."""


class Between(NamedTuple):
    """The features of two neighbouring pieces."""

    gap: Side
    """The letters around the gap, such as `s_a`."""
    pairs: list[Side]
    """The pairs of a term of the one with a term of the other."""


def spell_out(reading: Reading, options: Options = DEFAULT) -> Spelt:
    """Return what a reading is made of; denied words get one more term, see `Options.denied`."""
    places: dict[Piece, int] = {}
    sequence: list[int] = []
    owners: list[int] = []
    denied = 0
    tokens, negations = reading.tokens, tongue_of(options.language).negations
    for owner, piece in zip(reading.owners, reading.pieces, strict=True):
        if tokens[owner].word in negations:
            denied = options.denied
        elif denied and tokens[owner].content:
            denied -= 1
            piece = Piece(piece.word, (*piece.terms, NOT + piece.terms[-1]))  # noqa: PLW2901 - the same word, denied
        place = places.setdefault(piece, len(owners))
        if place == len(owners):
            owners.append(owner)
        sequence.append(place)
    return Spelt(list(places), sequence, owners)


def runs(word: str) -> Keys:
    """Return the keys of the runs of two to four letters of a word, each once, ascending; its ends count as letters.

    W. B. Cavnar and J. M. Trenkle, "N-gram-based text categorization", SDAIR 1994.
    """
    codes = [ord(letter) & _LETTERS for letter in f"_{word}_"]
    longer = found = codes
    for bits in (_LETTER, 2 * _LETTER, 3 * _LETTER):
        longer = [run | code << bits for run, code in zip(longer, codes[bits // _LETTER :], strict=False)]
        found = found + longer
    return np.array(sorted(set(found[len(codes) :])), np.int64)


def gap(before: str, after: str) -> int:
    """Return the key of the letters around the gap between two words."""
    return ord(before[-1]) & _LETTERS | ord("_") << _LETTER | (ord(after[0]) & _LETTERS) << 2 * _LETTER


def pairs(before: Iterable[int], after: Sequence[int]) -> list[int]:
    """Return the keys of the pairs of a term of one piece and a term of its neighbour, by the numbers of these."""
    return [(a << _HALF | b if a < b else b << _HALF | a) | FIRST_PAIR for a in before for b in after if a != b]


def renumbered(keys: Keys, kept: Flags) -> Keys:
    """Return keys as they are where there are fewer terms.

    Args:
        keys: In which no pair has a term that is not kept.
        kept: For each term, whether it is.
    """
    pair = (keys >= FIRST_PAIR) & (keys < FIRST_MEANING)
    numbers = kept.cumsum() - 1
    before, after = keys[pair] >> _HALF & _TERM, keys[pair] & _TERM
    result = keys.copy()
    result[pair] = numbers[before] << _HALF | numbers[after] | FIRST_PAIR
    return result


def meanings(word: str) -> tuple[Keys, Floats]:
    """Return the keys of what a word means, and their weights; function words mean nothing."""
    found, weights = dictionary().meanings("" if word in FUNCTION_WORDS else word)
    return found + FIRST_MEANING, weights


def rarity(n: int, often: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the weights of features by how many of `n` phrases have them.

    For `df` of them that is `sqrt(ln((1 + n) / (1 + df)) + 1)`: the inverse document frequency as scikit-learn smooths
    it (K. Sparck Jones, "A statistical interpretation of term specificity", Journal of Documentation 28, 1972), its
    root taken: own, so that rare words do not rule alone.

    Args:
        n: How many phrases were learnt.
        often: How many of them have each feature, 0 for what was never seen.
    """
    rare: NDArray[np.float64] = np.sqrt(np.log((1 + n) / (1 + often)) + 1)
    return rare


def _strange(term: str) -> int:
    return STRANGE | crc32(term.encode("utf-8", "surrogatepass")) & (STRANGE - 1)


class Features:
    """The features that were learnt, with their numbers and weights."""

    def __init__(self, terms: Sequence[str], keys: Keys, weights: Floats, strange: float) -> None:
        """Take what was learnt, or saved.

        Args:
            terms: Names of terms; the number of a term is its place here.
            keys: Keys of runs of letters, pairs and meanings, ascending, then `LAST`.
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
    def blank(cls, terms: Sequence[str]) -> Self:
        """Return terms without weights and without any other feature."""
        return cls(terms, np.array([LAST]), np.ones(len(terms), np.float32), 1.0)

    def numbers(self, terms: Iterable[str]) -> list[int]:
        """Return the numbers of terms; those of terms that were never learnt are above all others."""
        get = self._number.get
        return [_strange(term) if (number := get(term)) is None else number for term in terms]

    def _side(self, key: int) -> Side:
        """Return the feature of a key."""
        # A key at a time, this is faster than an array.
        at = bisect_left(self._sorted, key)
        if self._sorted[at] != key:
            return Side(~key, self.strange, self._strange_square)
        weight = self._worth[at + len(self.terms)]
        return Side(at + len(self.terms), weight, weight * weight)

    def of_piece(self, piece: Piece, numbers: list[int]) -> Parts:
        """Return the features of one piece.

        Args:
            piece: Any.
            numbers: Of its terms.
        """
        terms = [number for number in numbers if number < STRANGE]
        letters, (meant, shares) = runs(piece.word), meanings(piece.word)
        keys = np.concatenate((letters, meant))
        found = self.keys.searchsorted(keys)
        known = (self.keys[found] == keys).nonzero()[0]
        features = np.concatenate((np.array(terms, np.intp), found[known] + len(self.terms)))
        values = self.weights[features]
        after = len(terms) + int(known.searchsorted(len(letters)))
        views = slice(0, len(terms)), slice(len(terms), after), slice(after, len(features))
        own = shares[known[after - len(terms) :] - len(letters)]
        values[views[2]] *= own
        unknown = (
            len(numbers) - len(terms),
            len(letters) - (after - len(terms)),
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
        return Between(self._side(gap(before, after)), [self._side(key) for key in pairs(befores, afters)])


def scale(weight: float, square: float) -> float:
    """Return what brings a view to the length that it weighs (the cosine's norm, G. Salton et al., 1975), or 0.

    Args:
        weight: What the view weighs.
        square: The square of its length so far.
    """
    return weight / square**0.5 if square > 0 else 0.0


class Parameters(NamedTuple):
    """The learnt numbers of a matcher, apart from its reader and its features."""

    classes: list[str]
    """Intents and outside groups, sorted."""
    plain: list[str]
    """Phrases without any word of content, such as "why not", normalised: only word for word are they a question."""
    is_outside: NDArray[np.uint8]
    """1 for each class that is an outside group."""
    weights: NDArray[np.int8]
    """The linear layer, features by classes, in steps of `scale`, -127 to 127; see `linear.quantised`."""
    scale: Floats
    """The size of a step, one for each feature."""
    holds: NDArray[np.uint8]
    """How many phrases of a class have a term, terms by classes; at most 255."""
    phrases: NDArray[np.uint8]
    """The text of all phrases in UTF-8, class by class."""
    ends: NDArray[np.int64]
    """The byte of `phrases` where each phrase begins, then the end of the last: one more than there are phrases."""
    first: NDArray[np.int64]
    """The first phrase of each class, then the number of phrases: one more than there are classes."""
    terms: NDArray[np.int32]
    """The terms of all phrases, one after another; one above all others where a phrase has none."""
    starts: NDArray[np.int64]
    """The first of `terms` of each phrase, then their number: one more than there are phrases."""


def check(features: Features, learnt: Parameters) -> None:
    """Make sure that the parts of a matcher fit together, by their shapes.

    Args:
        features: What goes into the linear layer.
        learnt: The rest.

    Raises:
        ValueError: They do not.
    """
    n_features, n_classes, n_terms = len(features), len(learnt.classes), len(features.terms)
    n_phrases = len(learnt.starts) - 1
    fits = (
        len(features.keys) == n_features - n_terms + 1
        and learnt.weights.shape == (n_features, n_classes)
        and learnt.scale.shape == (n_features,)
        and learnt.holds.shape == (n_terms, n_classes)
        and learnt.is_outside.shape == (n_classes,)
        and learnt.ends.shape == (n_phrases + 1,)
        and learnt.first.shape == (n_classes + 1,)
        and learnt.first[-1] == n_phrases
        and learnt.ends[-1] == len(learnt.phrases)
        and learnt.starts[-1] == len(learnt.terms)
    )
    if not fits:
        raise ValueError
