"""Matching by meaning: three scores for each class, joined, and the confidence of the joined score.

What the words add up to, what a logistic regression over the text's vector says, and the cosine to the likest learnt
line. A conditional logit learnt on held-out lines joins them; a logistic curve over the joined log-odds is the
confidence. The encoder is loaded when a text is asked that words do not decide, and not before.
"""

from __future__ import annotations

import math
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from dimchat.errors import IndexFileError
from dimchat.match.encoder import LEVEL, SIZE, alike, digest, encoder, lengths, one_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from dimchat.match.encoder import Encoder
    from dimchat.match.reader import Reading
    from dimchat.match.scores import Found

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Vectors = NDArray[np.int8]
    Places = NDArray[np.intp]

_RIDGE = 0.02
"""What the square of a weight of the regression costs, by two, beside what the lines lose together."""
_ROUNDS = 60
_BLEND_RIDGE = 1.0
_SETTLED = 1e-3
_SMALLEST = 1e-6
_MOST = 30.0
_KEPT = 2
"""So many vectors of texts are kept, the last ones."""
_all_kept: ContextVar[dict[str, Vectors] | None] = ContextVar("_all_kept", default=None)


class Regression(NamedTuple):
    """A multinomial logistic regression over vectors, in whole numbers, so that its products are exact."""

    weights: Vectors
    """`SIZE` by classes, in steps of `steps`."""
    steps: Floats
    """One for each class."""
    biases: Floats
    """One for each class."""

    @classmethod
    def learn(cls, vectors: Vectors, classes: Places, n_classes: int) -> Self:
        """Return the regression that lines teach.

        By the fixed bound on its curvature (D. Boehning, "Multinomial logistic regression algorithm", Annals of the
        Institute of Statistical Mathematics 44, 1992): each round solves the same small system. With momentum (Y.
        Nesterov, "A method for solving the convex programming problem with convergence rate O(1/k^2)", 1983).

        Args:
            vectors: Of the lines: lines by `SIZE`.
            classes: The number of the class of each.
            n_classes: How many classes there are.
        """
        with one_thread():
            weights = cls._weights(vectors, classes, n_classes)
        own, biases = weights[:-1], weights[-1]
        steps = np.maximum(np.abs(own).max(axis=0), _SMALLEST) / LEVEL
        return cls(np.rint(own / steps).astype(np.int8), steps.astype(np.float32), biases.astype(np.float32))

    @staticmethod
    def _weights(vectors: Vectors, classes: Places, n_classes: int) -> Doubles:
        numbers = vectors.astype(np.float32)
        rows = np.column_stack((numbers / lengths(numbers)[:, None], np.ones(len(numbers), np.float32)))
        system = np.linalg.inv((rows.T @ rows).astype(np.float64) / 2 + _RIDGE * np.eye(rows.shape[1]))
        weights = np.zeros((rows.shape[1], n_classes))
        ahead, pace = weights, 1.0
        lines = np.arange(len(rows))
        for _ in range(_ROUNDS):
            shares = rows @ ahead.astype(np.float32)
            shares -= shares.max(axis=1, keepdims=True)
            np.exp(shares, out=shares)
            shares /= shares.sum(axis=1, keepdims=True)
            shares[lines, classes] -= 1
            moved = ahead - system @ ((rows.T @ shares).astype(np.float64) + _RIDGE * ahead)
            quicker = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
            ahead = moved + (pace - 1) / quicker * (moved - weights)
            weights, pace = moved, quicker
        return weights

    def scores(self, vectors: Vectors) -> Floats:
        """Return the log-odds of vectors for each class, up to a summand that the classes share."""
        numbers = vectors.astype(np.float32)
        found: Floats = numbers @ self.weights.astype(np.float32)
        found /= lengths(numbers)[:, None]
        found *= self.steps
        found += self.biases
        return found


class Ranked(NamedTuple):
    """The best classes for a text, best first; the first three are parallel."""

    order: list[int]
    """Their numbers."""
    scores: list[float]
    """What words and meaning add up to."""
    sure: list[float]
    """How sure each is, 0 to 1, to three places."""
    likest: Callable[[int], int]
    """Tells by the number of a class which of its lines is likest."""


class Meaning(NamedTuple):
    """A model learnt from the vectors of a matcher's lines."""

    vectors: Vectors
    """Of the lines, class by class: lines by `SIZE`."""
    lengths: Floats
    """Of these vectors."""
    first: Places
    """The first line of each class."""
    regression: Regression
    encoder: str
    """The digest of the encoder that made the vectors."""

    @classmethod
    def learn(cls, vectors: Vectors, first: Places, encoder: str) -> Self:
        """Return what lines teach.

        Args:
            vectors: Of the lines, class by class.
            first: The first line of each class.
            encoder: The digest of what made the vectors.
        """
        classes = np.repeat(np.arange(len(first)), np.diff(first, append=len(vectors)))
        return cls(vectors, lengths(vectors), first, Regression.learn(vectors, classes, len(first)), encoder)

    def arrays(self) -> dict[str, NDArray[np.int8] | NDArray[np.int64] | Floats]:
        """Return it as arrays by name, for `from_arrays`."""
        own = self.regression
        return {
            "meaning_vectors": self.vectors,
            "meaning_lengths": self.lengths,
            "meaning_first": self.first.astype(np.int64),
            "meaning_weights": own.weights,
            "meaning_steps": own.steps,
            "meaning_biases": own.biases,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]], encoder: str, n_classes: int) -> Self:
        """Return what `arrays` described.

        Raises:
            KeyError: An array is missing.
            ValueError: They do not fit together.
        """
        names = ("vectors", "lengths", "first", "weights", "steps", "biases")
        vectors, sizes, first, weights, steps, biases = (arrays[f"meaning_{name}"] for name in names)
        shapes = vectors.shape[1:], sizes.shape, first.shape, weights.shape, steps.shape, biases.shape
        if shapes != ((SIZE,), vectors.shape[:1], (n_classes,), (SIZE, n_classes), (n_classes,), (n_classes,)):
            raise ValueError("the parts of what was learnt by meaning do not fit together")
        if n_classes and not (first[0] == 0 and (np.diff(first) > 0).all() and first[-1] < len(vectors)):
            raise ValueError("a class has no lines to be near to")
        kinds = [array.dtype.str for array in (vectors, sizes, first, weights, steps, biases)]
        if kinds != ["|i1", "<f4", "<i8", "|i1", "<f4", "<f4"]:
            raise ValueError("what was learnt by meaning is of other types")
        return cls(vectors, sizes, first.astype(np.intp), Regression(weights, steps, biases), encoder)  # type: ignore[arg-type]  # as checked

    def scores(self, vector: Vectors, words: Floats, weights: Sequence[float]) -> Doubles:
        """Return the joined score of a text for each class.

        Args:
            vector: Of the text: 1 by `SIZE`.
            words: What its words add up to for each class.
            weights: See `prior.Weights`.
        """
        by_words, by_regression, by_nearest = weights[:3]
        found = by_words * words.astype(np.float64)
        found += by_regression * self.regression.scores(vector)[0]
        found += by_nearest * nearest(vector, self.vectors, self.first, self.lengths)[0]
        return found

    def likest(self, vector: Vectors, column: int) -> int:
        """Return which line of a class is likest to a text, from 0; of equal ones the first.

        Args:
            vector: Of the text: 1 by `SIZE`.
            column: The number of the class.
        """
        end = int(self.first[column + 1]) if column + 1 < len(self.first) else len(self.vectors)
        return int(alike(vector, self.vectors[self.first[column] : end])[0].argmax())


def ranked(meaning: Meaning, found: Found, weights: Sequence[float], n: int) -> Ranked:
    """Return the best classes by words and meaning.

    Args:
        meaning: What the vectors of the lines taught.
        found: What words alone say of the text.
        weights: See `prior.Weights`.
        n: How many classes at most.

    Raises:
        IndexFileError: The encoder cannot be read, or is not the one that made the vectors of the lines.
    """
    vector, scores = scored(meaning, found.reading, found.sums.scores, weights)
    order = np.argsort(-scores, kind="stable")[:n].tolist()
    # Three places: what differs between machines in the last digits must not decide.
    ahead = zip(log_odds(scores, order), leads(scores, order), softened(scores, order), strict=True)
    sure = [round(found.share * confidence(one, weights), 3) for one in ahead]
    return Ranked(order, [float(scores[column]) for column in order], sure, partial(meaning.likest, vector))


def scored(meaning: Meaning, reading: Reading, words: Floats, weights: Sequence[float]) -> tuple[Vectors, Doubles]:
    """Return the vector of a text, and its joined score for each class.

    Args:
        meaning: What the vectors of the lines taught.
        reading: How the words of the text are read.
        words: What they add up to for each class.
        weights: See `prior.Weights`.

    Raises:
        IndexFileError: The encoder cannot be read, or is not the one that made the vectors of the lines.
    """
    knows = _encoder(meaning.encoder).knows
    # What the encoder knows as it was typed is not put right: a word of the language is no slip of one of the pack.
    said = [one.word if one.how == "misspelt" and not knows(one.text) else one.text for one in reading.tokens]
    vector = _vector(meaning.encoder, " ".join(said))
    return vector, meaning.scores(vector, words, weights)


@lru_cache(maxsize=_KEPT)
def _vector(wanted: str, text: str) -> Vectors:
    """Return the vector of a text; a follow-up asks for that of its words twice."""
    kept = _all_kept.get()
    if kept is None:
        return _encoder(wanted).encode([text])
    if text not in kept:
        kept[text] = _encoder(wanted).encode([text])
    return kept[text]


@contextmanager
def vectors_kept() -> Iterator[None]:
    """Keep the vector of every text that is asked meanwhile: for tools that ask the same ones again and again."""
    before = _all_kept.set({})
    try:
        yield
    finally:
        _all_kept.reset(before)


@cache
def _encoder(wanted: str) -> Encoder:
    if digest() != wanted:
        raise IndexFileError("The encoder is not the one that the lines were learnt with.")
    return encoder()


def nearest(asked: Vectors, learnt: Vectors, first: Places, learnt_lengths: Floats | None = None) -> Floats:
    """Return the greatest cosine to a line of each class: asked by classes.

    Args:
        asked: Vectors of texts.
        learnt: Vectors of lines, class by class; every class has one.
        first: The first line of each class.
        learnt_lengths: Of `learnt`, where they are at hand.
    """
    return np.maximum.reduceat(alike(asked, learnt, learnt_lengths), first, axis=1)


def log_odds(scores: Doubles, order: Sequence[int]) -> list[float]:
    """Return the natural logarithm of the odds of some classes against all others, scores taken as exponents.

    Args:
        scores: Of all classes.
        order: The classes that are asked for.
    """
    parts = np.exp(scores - scores.max())
    total = float(parts.sum())
    least = _SMALLEST * total * _SMALLEST
    return [float(np.log(max(parts[at], least) / max(total - parts[at], least))) for at in order]


def leads(scores: Doubles, order: Sequence[int]) -> list[float]:
    """Return how far some classes are ahead of the best other class, in scores; below 0 where they are behind it.

    Where many classes are alike, the odds against all of them are small, however clearly one of them is the best.

    Args:
        scores: Of all classes.
        order: The classes that are asked for.
    """
    best = int(scores.argmax())
    others = np.delete(scores, best)
    rival = float(others.max()) if others.size else float(scores[best]) - _MOST
    return [min(float(scores[at]) - (rival if at == best else float(scores[best])), _MOST) for at in order]


def softened(scores: Doubles, order: Sequence[int]) -> list[float]:
    """Return the natural logarithm of the odds of some classes, scores halved, however many others there are.

    Halved scores are a softmax at a temperature of 2, which tells best what belongs to no class: many are a little
    likely there, of which plain odds see hardly more than the first (S. Liang et al., "Enhancing the reliability of
    out-of-distribution image detection in neural networks", ICLR 2018). All others together grow with their number,
    their mean does not; these odds are against what lies half-way between the two on a scale of factors, so that packs
    of all sizes share a curve: own.

    Args:
        scores: Of all classes.
        order: The classes that are asked for.
    """
    many = math.log(max(len(scores) - 1, 1)) / 2
    return [min(odds + many, _MOST) for odds in log_odds(scores / 2, order)]


def confidence(measures: Sequence[float], weights: Sequence[float]) -> float:
    """Return the confidence in a class, 0 to 1.

    Args:
        measures: What `log_odds`, `leads` and `softened` say of it, or the first of them.
        weights: See `prior.Weights`; of a measure that has none, nothing depends.
    """
    sum_ = weights[3]
    for measure, weight in zip(measures, weights[4:], strict=False):
        sum_ += weight * measure
    return 1 / (1 + float(np.exp(-min(max(sum_, -_MOST), _MOST))))


def joined(scores: Sequence[Floats], classes: Places, toward: Sequence[float] = (), lines: float = 0.0) -> Doubles:
    """Return what each kind of score weighs: a conditional logit, none below 0.

    D. McFadden, "Conditional logit analysis of qualitative choice behavior", 1974; Newton's method with halved steps. A
    kind whose weight comes out negative is left out and the rest fitted again: own.

    Args:
        scores: Of held-out lines for all classes, an array for each kind: lines by classes.
        classes: The class of each line.
        toward: Where the weights begin; 0 by default.
        lines: How many lines speak for that, in terms of what these tell of each weight; see `calibration.curve`.
    """
    before = np.asarray(toward or (0.0,) * len(scores), float)
    table = np.stack(scores, axis=2).astype(np.float64)
    free = list(range(len(scores)))
    while True:
        weights = np.zeros(len(scores))
        weights[free] = _conditional_logit(table[:, :, free], classes, before[free], lines)
        negative = [kind for kind in free if weights[kind] < 0]
        if not negative:
            return weights
        free = [kind for kind in free if kind not in negative]


def _conditional_logit(table: Doubles, classes: Places, before: Doubles, worth: float) -> Doubles:
    lines = np.arange(len(classes))
    weights = before

    def shares_of(tried: Doubles) -> Doubles:
        sums: Doubles = table @ tried
        sums -= sums.max(axis=1, keepdims=True)
        np.exp(sums, out=sums)
        sums /= sums.sum(axis=1, keepdims=True)
        return sums

    def bends(shares: Doubles) -> Doubles:
        means = np.einsum("lc,lck->lk", shares, table)
        flat = table.reshape(-1, len(weights))
        found: Doubles = (flat * shares.reshape(-1, 1)).T @ flat - means.T @ means
        return found

    ridge = _BLEND_RIDGE * np.eye(len(weights))
    if worth:
        ridge = bends(shares_of(before)) * worth / max(len(lines), 1) + _SMALLEST * np.eye(len(weights))

    def gain(tried: Doubles) -> float:
        own = shares_of(tried)[lines, classes]
        return float(np.log(np.maximum(own, _SMALLEST**2)).sum() - (tried - before) @ ridge @ (tried - before) / 2)

    now = gain(weights)
    while True:
        shares = shares_of(weights)
        means = np.einsum("lc,lck->lk", shares, table)
        slope = (table[lines, classes] - means).sum(axis=0) - ridge @ (weights - before)
        step = np.linalg.solve(bends(shares) + ridge, slope)
        part = 1.0
        while part > _SMALLEST and gain(weights + part * step) < now:
            part /= 2
        weights = weights + part * step
        better = gain(weights)
        if better - now < _SETTLED:
            return weights
        now = better
