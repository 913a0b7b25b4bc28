"""The linear layer: a one-against-rest support vector machine, and naive Bayes added to its weights.

The machine has a squared hinge and is solved in the dual, one example after another for all
classes at once (C.-J. Hsieh et al., "A dual coordinate descent method for large-scale linear
SVM", ICML 2008). Its intercept is fixed and negative: a class says no until something speaks
for it, so most negatives need no step at all, and text that is like nothing stays below zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int32]

PENALTY = 1.0
"""What an error costs beside the size of the weights: the C of support vector machines."""
INTERCEPT = -1.5
"""Of every class, see above; own, by trial on validation sets."""
BAYES = 0.5
"""The spread of the naive Bayes weights in terms of the machine's."""
_SMOOTHING = 0.1
"""Added to every count, in terms of their mean (additive smoothing, G. J. Lidstone, 1920)."""
_FEW = 300
"""Up to this many classes a step for all of them is cheaper than one for those that need it."""
_CHUNK = 4096


class Examples(NamedTuple):
    """Sparse rows with the class of each; all parallel."""

    features: Sequence[Ints]
    """Numbers of features, none twice in a row."""
    values: Sequence[Floats]
    """For each row as long as its features."""
    classes: Sequence[int]
    """Numbers of classes, from 0."""
    near: Sequence[bool]
    """Whether a row is a near miss: a negative for its class and for no other."""
    trust: Sequence[float]
    """How much a row counts, above 0: the part of `PENALTY` that an error on it costs; its share for naive Bayes."""
    keys: Sequence[int]
    """A number from what a row says, 0 to 2**32 - 1: the order of learning hangs on it, not on the row's neighbours."""


def line_key(name: str, text: str) -> int:
    """Return a number from 0 to 2**32 - 1 that hangs on a line and its class alone, the same on every machine."""
    return crc32(f"{name}\n{text}".encode("utf-8", "surrogatepass"))


def train(examples: Examples, n_features: int, n_classes: int) -> Floats:
    """Return the weights of the linear layer, features by classes.

    Those of the machine and of naive Bayes are added up. S. Wang and C. D. Manning ("Baselines and bigrams", ACL 2012)
    join the two by multiplying what goes into the machine; a sum needs no rows of its own for each class: own.

    Args:
        examples: What to learn from.
        n_features: How many features there are.
        n_classes: How many classes there are.

    Raises:
        IndexError: A row names a feature or a class that is not there, or lacks a part.
        ValueError: What should be parallel is not.
    """
    if not n_features or not n_classes:
        return np.zeros((n_features, n_classes), np.float32)
    weights = _machine(examples, n_features, n_classes)
    _add_bayes(weights, examples)
    return weights


def quantised(weights: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Return weights in whole steps from -127 to 127, and the size of a step for each feature.

    A step is the greatest weight of the feature by 127, so that none is off by more than half a step: own, the plainest
    rounding there is, with a step for each feature because their weights differ in size.

    Args:
        weights: Features by classes.
    """
    scale = np.maximum(weights.max(axis=1, initial=0), -weights.min(axis=1, initial=0))
    scale = np.maximum(scale, np.float32(1e-9)) / np.float32(127)
    steps = np.empty(weights.shape, np.int8)
    for start in range(0, len(weights), _CHUNK):
        span = slice(start, start + _CHUNK)
        steps[span] = np.rint(weights[span] / scale[span, None])
    return steps, scale


def _epochs(n_rows: int) -> int:
    return 10 if n_rows <= 2000 else 6 if n_rows <= 6000 else 3  # noqa: PLR2004 - by trial on validation sets


def _machine(examples: Examples, n_features: int, n_classes: int) -> Floats:
    weights = np.zeros((n_features, n_classes), np.float32)
    duals = np.zeros((len(examples.classes), n_classes), np.float32)
    ridges = [np.float32(1 / (2 * PENALTY * trust)) for trust in examples.trust]
    steps = [
        np.float32(1 / (float(values @ values) + float(ridge)))
        for values, ridge in zip(examples.values, ridges, strict=True)
    ]
    keys = np.array(examples.keys, np.uint64)
    signs = np.full(n_classes, -1, np.float32)
    for epoch in range(_epochs(len(steps))):
        for row in _order(keys, epoch).tolist():
            ridge = ridges[row]
            features, values, own, dual = (
                examples.features[row],
                examples.values[row],
                examples.classes[row],
                duals[row],
            )
            if examples.near[row]:
                column = weights[features, own]
                short = 1 + (float(values @ column) + INTERCEPT) - float(ridge * dual[own])
                change_own = max(np.float32(short) * steps[row], -dual[own])
                dual[own] += change_own
                weights[features, own] = column - values * change_own
                continue
            block = weights[features]
            signs[own] = 1
            change = values @ block
            change += INTERCEPT
            change *= signs
            change += ridge * dual
            change -= 1
            change *= -steps[row]
            np.maximum(change, -dual, out=change)
            dual += change
            change *= signs
            signs[own] = -1
            if n_classes <= _FEW:
                block += values[:, None] * change
                weights[features] = block
            else:
                active = np.flatnonzero(change)
                weights[features[:, None], active] += values[:, None] * change[active]
    return weights


def _order(keys: NDArray[np.uint64], epoch: int) -> NDArray[np.intp]:
    """Return the rows in an order of its own for each epoch, in which one row more or less moves no other.

    The mixing is the finalizer of SplitMix64 (G. L. Steele et al., "Fast splittable pseudorandom number
    generators", OOPSLA 2014).
    """
    mixed = keys + np.uint64((epoch + 1) * 0x9E3779B97F4A7C15 % 2**64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.argsort(mixed ^ (mixed >> np.uint64(31)), kind="stable")


def _add_bayes(weights: Floats, examples: Examples) -> None:
    """Add centred log-likelihoods to the weights, brought to their spread.

    Multinomial naive Bayes (A. McCallum and K. Nigam, "A comparison of event models for naive Bayes text
    classification", AAAI workshop 1998) over values in place of counts, all classes alike likely beforehand. Centring
    each feature over the classes changes no order among them. Bringing the two to one spread: own.
    """
    n_features, n_classes = weights.shape
    counts = np.zeros((n_features, n_classes), np.float32)
    for features, values, own, near, trust, _ in zip(*examples, strict=True):
        if not near:
            counts[features, own] += values * np.float32(trust)
    counts += np.float32(_SMOOTHING * float(counts.mean(dtype=np.float64)) + 1e-9)
    counts /= counts.sum(axis=0, dtype=np.float64).astype(np.float32)
    square = 0.0
    for start in range(0, n_features, _CHUNK):
        part = counts[start : start + _CHUNK]
        np.log(part, out=part)
        part -= part.mean(axis=1, keepdims=True)
        square += float(np.square(part, dtype=np.float64).sum())
    if square > 0:
        spread = np.square(weights.std(axis=1, dtype=np.float64)).mean() + weights.mean(axis=1, dtype=np.float64).var()
        counts *= np.float32(BAYES * float(spread) ** 0.5 / (square / counts.size) ** 0.5)
        weights += counts
