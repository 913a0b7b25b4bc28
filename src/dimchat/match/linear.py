"""The linear layer: a one-against-rest support vector machine, and naive Bayes added to its weights.

The machine has a squared hinge and is solved in the dual, one example after another for all
classes at once (C.-J. Hsieh et al., "A dual coordinate descent method for large-scale linear
SVM", ICML 2008). Its intercept is fixed and negative: a class says no until something speaks
for it, so most negatives need no step at all, and text that is like nothing stays below zero.

Machines that learn nearly the same rows, as those for held-out lines do, are trained side by
side: their weights for a feature lie together, and finding weights in memory is what takes time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np

from dimchat.match.options import DEFAULT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dimchat.match.options import Options

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int32]
    Places = NDArray[np.intp]
    Flags = NDArray[np.bool_]

_CHUNK = 512
"""So many features at a time, with the weights of all classes, stay in the processor's cache."""


class Examples(NamedTuple):
    """Sparse rows with the class of each, for one machine or several; all but the first three by row."""

    features: Places
    """Numbers of features, row by row, none twice in a row."""
    values: Floats
    """Machines by features."""
    starts: Places
    """Where each row begins in `features`, then the end of the last: one more than there are rows."""
    learns: Flags
    """Machines by rows: whether the machine learns the row."""
    classes: Places
    """Numbers of classes, from 0."""
    near: Flags
    """Whether a row is a near miss: a negative for its class and for no other."""
    trust: Floats
    """How much a row counts, above 0: the part of `PENALTY` that an error on it costs; its share for naive Bayes."""
    keys: NDArray[np.uint64]
    """A number from what a row says, 0 to 2**32 - 1: the order of learning hangs on it, not on the row's neighbours."""


def line_key(name: str, text: str) -> int:
    """Return a number from 0 to 2**32 - 1 that hangs on a line and its class alone, the same on every machine."""
    return crc32(f"{name}\n{text}".encode("utf-8", "surrogatepass"))


class Machines:
    """Trains machines side by side, group after group in the same memory: new memory takes longer than arithmetic."""

    def __init__(self, n_rows: int, n_features: int, n_classes: int, most: int, options: Options = DEFAULT) -> None:
        """Take the memory.

        Args:
            n_rows: How many rows there are.
            n_features: How many features there are.
            n_classes: How many classes there are.
            most: How many machines are trained side by side at most.
            options: Penalty, intercept and epochs.
        """
        self._options = options
        self._n_features = n_features
        self._n_classes = n_classes
        self._weights = np.empty(n_features * most * n_classes, np.float32)
        self._duals = np.empty(n_rows * most * n_classes, np.float32)

    def train(self, examples: Examples) -> Floats:
        """Return the weights of the machines, until the next ones are trained: features by machines by classes.

        But for rounding, what one learns does not hang on those beside it.

        Args:
            examples: What to learn from.

        Raises:
            IndexError: A row names a class that is not there.
        """
        values, learns, n_classes = examples.values, examples.learns, self._n_classes
        n = len(values)
        flat = self._weights[: self._n_features * n * n_classes]
        duals = self._duals[: learns.shape[1] * n * n_classes].reshape(learns.shape[1], n, n_classes)
        flat.fill(0)
        duals.fill(0)
        weights = flat.reshape(self._n_features, n * n_classes)
        ridges = (0.5 / self._options.penalty / examples.trust).astype(np.float32)
        lengths = ridges[:, None] + _squares(examples)
        begins = examples.features * (n * n_classes)
        blocks = np.arange(n) * n_classes
        starts, near, classes = examples.starts.tolist(), examples.near.tolist(), examples.classes.tolist()
        longest = int(np.diff(examples.starts).max(initial=0))
        room = np.empty((longest, n * n_classes), np.float32)
        moves = np.empty(room.size, np.float32)
        places = np.empty(room.size, np.intp)
        scores = np.empty((n, n_classes), np.float32)
        loss = np.float32(1 + self._options.intercept)
        epochs = np.array([self._epochs(int(own.sum())) for own in learns])
        for epoch in range(max(epochs, default=0)):
            learning = learns & (epochs > epoch)[:, None]
            rates = np.where(learning.T, np.float32(-1), np.float32(0)) / lengths
            for row in _order(examples.keys, epoch, np.logical_or.reduce(learning)).tolist():
                span, own = slice(starts[row], starts[row + 1]), classes[row]
                value, begin = values[:, span], begins[span]
                if near[row]:
                    at = begin[:, None] + (blocks + own)
                    own_scores = np.einsum("mf,fm->m", value, flat[at])
                    flat[at] -= value.T * _change(own_scores, duals[row, :, own], ridges[row], rates[row], loss)
                    continue
                size = len(begin)
                block = weights.take(examples.features[span], axis=0, out=room[:size], mode="clip")
                np.matmul(value[:, None], block.reshape(size, n, n_classes).swapaxes(0, 1), out=scores[:, None])
                mine = scores[:, own]
                np.subtract(-2 * self._options.intercept, mine, out=mine)
                change = _change(scores, duals[row], ridges[row], rates[row, :, None], loss)
                change[:, own] *= -1
                steps = change.reshape(-1)
                active = steps.nonzero()[0]
                shape = len(active), size
                moved, at = moves[: len(active) * size], places[: len(active) * size]
                value.take(active // n_classes, axis=0, out=moved.reshape(shape), mode="clip")
                np.multiply(moved.reshape(shape), -steps[active, None], out=moved.reshape(shape))
                np.add(active[:, None], begin, out=at.reshape(shape))
                np.add.at(flat, at, moved)
        return weights.reshape(self._n_features, n, n_classes)

    def _epochs(self, n_rows: int) -> int:
        few, more, many = self._options.epochs
        return few if n_rows <= 2000 else more if n_rows <= 6000 else many  # noqa: PLR2004 - as `Options.epochs` says


def _change(scores: Floats, dual: Floats, ridge: np.float32, rate: Floats, loss: np.float32) -> Floats:
    """Return by how much duals change, and change them.

    Args:
        scores: Without the intercept, of negatives; of a positive, what a negative with the same loss would have.
        dual: Of the row, parallel.
        ridge: What a dual adds to its own gradient.
        rate: What the gradient is multiplied by, below 0; 0 where nothing is to be learnt.
        loss: The hinge of a negative for which nothing speaks.
    """
    change = dual * ridge
    change -= scores
    change -= loss
    change *= rate
    np.maximum(change, -dual, out=change)
    dual += change
    return change


def _squares(examples: Examples) -> Floats:
    """Return the square of the length of each row: rows by machines."""
    rows = np.repeat(np.arange(len(examples.keys)), np.diff(examples.starts))
    return np.array([np.bincount(rows, own * own, len(examples.keys)) for own in examples.values], np.float32).T


def _order(keys: NDArray[np.uint64], epoch: int, wanted: NDArray[np.bool_]) -> Places:
    """Return the wanted rows in an order of its own for each epoch, in which one row more or less moves no other."""
    order = mixed(keys + np.uint64((epoch + 1) * 0x9E3779B97F4A7C15 % 2**64)).argsort(kind="stable")
    return order[wanted[order]]


def mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return for each number one that looks as if drawn by lot, never the same for two.

    It is the finalizer of SplitMix64 (G. L. Steele et al., "Fast splittable pseudorandom number generators", OOPSLA
    2014).
    """
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def add_bayes(weights: Floats, counts: Floats, options: Options = DEFAULT) -> None:
    """Add centred log-likelihoods to the weights of a machine, brought to their spread.

    Multinomial naive Bayes (A. McCallum and K. Nigam, "A comparison of event models for naive Bayes text
    classification", AAAI workshop 1998) over values in place of counts, all classes alike likely beforehand. Centring
    each feature over the classes changes no order among them. S. Wang and C. D. Manning ("Baselines and bigrams", ACL
    2012) join the two by multiplying what goes into the machine; a sum needs no rows of its own for each class, and
    bringing the two to one spread: own.

    Args:
        weights: Features by classes; changed.
        counts: What the values of each feature add up to in each class, parallel; changed.
        options: Smoothing and spread.
    """
    if not weights.size:
        return
    totals = counts.sum(axis=0, dtype=np.float64)
    more = np.float32(options.smoothing * totals.sum() / counts.size + 1e-9)
    totals = np.log(totals + len(counts) * float(more)).astype(np.float32)
    square = first = second = 0.0
    for start in range(0, len(weights), _CHUNK):
        part, own = counts[start : start + _CHUNK], weights[start : start + _CHUNK]
        part += more
        np.log(part, out=part)
        part -= totals
        part -= part.mean(axis=1, keepdims=True)
        square += float(np.vdot(part, part))
        first += float(own.sum())
        second += float(np.vdot(own, own))
    spread = second - first**2 / weights.size
    if square > 0:
        counts *= np.float32(options.bayes * (max(spread, 0.0) / square) ** 0.5)
        weights += counts


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
