"""A small sentence encoder: the meaning of a text as a vector, computed in whole numbers.

The encoder is all-MiniLM-L6-v2 (W. Wang et al., "MiniLM: deep self-attention distillation for task-agnostic compression
of pre-trained transformers", NeurIPS 2020; trained as a sentence encoder after N. Reimers and I. Gurevych,
"Sentence-BERT", EMNLP 2019), Apache-2.0, see `encoder.LICENSE`, tuned on the bundled pack's phrases by
`scripts/tune_encoder.py`. It compares texts and writes none.

A text has one vector: alone or among others, with any number of threads, on any processor. Sums are what would differ,
because each library adds up in an order of its own. Here all that is summed is whole numbers that the type holds
exactly, so that no order matters (B. Jacob et al., "Quantization and training of neural networks for efficient
integer-arithmetic-only inference", CVPR 2018; the ranges are own). What is left is arithmetic on single numbers, which
IEEE 754 lays down, and tables in place of functions, whose last digit it leaves open.
"""

from __future__ import annotations

import mmap
import os
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np

from dimchat.errors import IndexFileError
from dimchat.files import container

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from numpy.typing import NDArray
    from threadpoolctl import ThreadpoolController

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Vectors = NDArray[np.int8]
    Places = NDArray[np.intp]

KIND = "encoder"
"""What the container of an encoder says that it holds."""
FILE = Path(__file__).with_name("encoder.bin")
"""The encoder that dimchat ships with."""
SIZE = 384
"""How many numbers a vector has. Weights lie in blocks of `SIZE` by `SIZE`."""
HEADS = 12
"""Into how many parts a vector is cut where the pieces of a text look at each other."""
MOST_PIECES = 128
"""How many pieces of a text are read; questions have six to twelve, stories of 60 words some 80."""
LEVEL = 127
"""The greatest number of a vector or a weight; the least is -`LEVEL`."""
STEPS = 343
"""The greatest whole number that stands for what comes in. `SIZE` products with a weight add up to less than 2**24:
32-bit floats hold all whole numbers up to there, whatever the order in which they are added."""
GRID, MOST = 4096.0, 512.0
"""Elsewhere numbers are brought to a grid of one in `GRID`, and to at most `MOST`. Squares and products of such
numbers, `SIZE` of them, add up to less than 2**53, up to where 64-bit floats hold all whole numbers."""
FINE = 1024
"""How many entries for each unit the tables have."""
PHI_MOST = 6
"""The table of `phi` goes from -`PHI_MOST` to `PHI_MOST`; beyond, nothing changes any more."""
EXP_MOST = 12
"""The table of exponentials goes from 0 down to -`EXP_MOST`, where they are 0."""
EXP_ONE = 65536
"""What stands for 1 in it."""
LAYERS, BLOCKS = 6, 12
"""Of each layer: the blocks of query, key, value, what follows them, four that widen and four that narrow."""
_AT_ONCE = 256
"""How many pieces of several texts are worked on together: more are no faster."""
_EPSILON = 1e-12
_LEAST = np.float32(1e-9)


class Weights(NamedTuple):
    """The arrays of an encoder's file."""

    letters: NDArray[np.uint8]
    """The pieces in UTF-8, a line each."""
    pieces: NDArray[np.uint8]
    """Their vectors, pieces by `SIZE` / 2: two numbers a byte, the first half of a vector in the lower four bits."""
    piece_levels: Floats
    """What the 16 numbers stand for, in ascending order."""
    piece_sizes: Floats
    """What a vector is multiplied by, one for each piece."""
    column_sizes: Floats
    """And what each of its `SIZE` numbers is."""
    places: Floats
    """What is added at each place of a text: `MOST_PIECES` by `SIZE`."""
    blocks: Vectors
    """Layers by blocks by what comes in by what goes out."""
    block_sizes: Floats
    """What a step of the weights is: layers by blocks by what goes out."""
    biases: Floats
    """Layers by what is added to query, key, value, what follows, all that is widened, what is narrowed."""
    norms: Floats
    """Two rows, factor and summand, for each time that vectors are brought to one length: 1 and 2 for each layer."""
    phi: Floats
    """How much of a number passes (D. Hendrycks and K. Gimpel, "Gaussian error linear units", 2016): Phi, tabled."""
    exp: Doubles
    """Exponentials of 0 and below, whole numbers, see `EXP_ONE`."""
    met: NDArray[np.int64]
    """See `Encoder.met`."""


class Encoder:
    """Turns texts into vectors."""

    def __init__(self, weights: Weights) -> None:
        """Take the weights.

        Args:
            weights: They fit together, see `checked`.

        Raises:
            KeyError: There are no pieces for what stands around a text.
        """
        from dimchat.match.pieces import Vocabulary  # noqa: PLC0415 - a question that words decide does without

        self._weights = weights
        self._vocabulary = Vocabulary(weights.letters.tobytes())
        self.met = weights.met
        """`linear.line_key` of each line that the weights were tuned on: what they say of these is no proof."""

    @classmethod
    def load(cls, path: Path = FILE) -> Self:
        """Return the encoder of a file, which is mapped, not read: processes that fork later share it.

        Args:
            path: The file; it must not change while the encoder lives.

        Raises:
            IndexFileError: It cannot be read, or is damaged.
        """
        try:
            with path.open("rb") as opened:
                data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise IndexFileError(f"The encoder cannot be read: {error}.") from error
        _, arrays = container.read(KIND, memoryview(data))
        try:
            return cls(checked(arrays))
        except (ValueError, TypeError, KeyError) as error:
            raise IndexFileError("The encoder is damaged: its parts do not fit together.") from error

    def knows(self, word: str) -> bool:
        """Return whether a word is known as a whole, see `Vocabulary.knows`: nothing is gained by putting it right."""
        return self._vocabulary.knows(word)

    def encode(self, texts: Sequence[str], done: Callable[[int], None] | None = None) -> Vectors:
        """Return the vectors of texts, texts by `SIZE`; in each the greatest absolute number is `LEVEL`.

        Only their directions mean something, see `alike`.

        Args:
            texts: Anything a person may have typed; closing question marks make no difference.
            done: Called now and then with how many are done.
        """
        read = [self._vocabulary.read(text, MOST_PIECES) for text in texts]
        found = np.empty((len(read), SIZE), np.int8)
        finished = 0
        with one_thread():
            for group in _groups([len(own) for own in read]):
                found[group] = self._run(np.array([read[at] for at in group], np.intp))
                finished += len(group)
                if done is not None:
                    done(finished)
        return found

    def _run(self, pieces: Places) -> Vectors:
        """Return the vectors of texts that have equally many pieces.

        Args:
            pieces: Texts by places.
        """
        weights = self._weights
        n_texts, n_pieces = pieces.shape
        room = np.empty((SIZE, SIZE), np.float32)
        states = self._begin(pieces.reshape(-1)).reshape(n_texts, n_pieces, SIZE)
        states += weights.places[:n_pieces]
        states = _normed(states.reshape(-1, SIZE), weights.norms[0])
        for layer in range(LAYERS):
            product = _Products(weights.blocks[layer], weights.block_sizes[layer], room)
            bias = weights.biases[layer].reshape(-1, SIZE)
            steps = _in_steps(states)
            heads = [
                _on_grid(product(block, *steps) + bias[block])
                .reshape(n_texts, n_pieces, HEADS, -1)
                .transpose(0, 2, 1, 3)
                .astype(np.float64, order="C")
                for block in range(3)
            ]
            seen = self._attended(*heads).transpose(0, 2, 1, 3).reshape(states.shape).astype(np.float32)
            states += product(3, *_in_steps(seen))
            states += bias[3]
            states = _normed(states, weights.norms[2 * layer + 1])
            steps = _in_steps(states)
            states += bias[8]
            for block in range(4, 8):
                wide = product(block, *steps)
                wide += bias[block]
                wide *= self._passing(wide)
                states += product(block + 4, *_in_steps(wide))
            states = _normed(states, weights.norms[2 * layer + 2])
        sums = _on_grid(states).reshape(n_texts, n_pieces, SIZE).sum(axis=1, dtype=np.float64)
        greatest = np.maximum(np.abs(sums).max(axis=1, keepdims=True), 1)
        found: Vectors = np.rint(sums * (LEVEL / greatest)).astype(np.int8)
        return found

    def _begin(self, pieces: Places) -> Floats:
        weights = self._weights
        pairs = weights.pieces[pieces]
        states = weights.piece_levels[np.concatenate((pairs & 15, pairs >> 4), axis=1)]
        states *= weights.piece_sizes[pieces, None]
        states *= weights.column_sizes
        return states

    def _attended(self, queries: Doubles, keys: Doubles, values: Doubles) -> Doubles:
        """Return what each piece takes over from the others: a softmax over them, tabled."""
        scores = queries @ keys.swapaxes(2, 3)
        below = scores.max(axis=3, keepdims=True) - scores
        below *= FINE / GRID**2
        # Taking so goes to the end of the table where a place is beyond it.
        shares: Doubles = self._weights.exp.take(np.rint(below, out=below).astype(np.intp), mode="clip")
        taken: Doubles = shares @ values
        taken /= shares.sum(axis=3, keepdims=True) * GRID
        return taken

    def _passing(self, numbers: Floats) -> Floats:
        """Return how much of each number passes, 0 to 1."""
        places = np.rint(numbers * np.float32(FINE)).astype(np.intp)
        places += PHI_MOST * FINE
        found: Floats = self._weights.phi.take(places, mode="clip")
        return found


class _Products:
    """Products with the blocks of one layer."""

    def __init__(self, blocks: Vectors, sizes: Floats, room: Floats) -> None:
        self._blocks = blocks
        self._sizes = sizes
        self._room = room

    def __call__(self, block: int, steps: Floats, sizes: Floats) -> Floats:
        """Return what goes out of a block.

        Args:
            block: Which one.
            steps: What comes in: whole numbers, at most `STEPS`.
            sizes: What a step is, for each row.
        """
        # One block at a time as 32-bit floats stays in the processor's cache, and a private copy of all is not needed.
        np.copyto(self._room, self._blocks[block])
        found: Floats = steps @ self._room
        found *= sizes
        found *= self._sizes[block]
        return found


def one_thread() -> AbstractContextManager[object]:
    """Return what lets products of arrays take one thread while it is entered.

    They are small: a second thread saves little, and where another program wants the processor the two wait for each
    other, spinning, for some forty times as long as the work takes.
    """
    if os.environ.get("OPENBLAS_NUM_THREADS") == "1":
        return nullcontext()  # as in all that dimchat starts
    limited: AbstractContextManager[object] = _pools().limit(limits=1, user_api="blas")
    return limited


@cache
def _pools() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController  # noqa: PLC0415 - the commands do without

    return ThreadpoolController()


def _groups(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places of texts of one length, so many together that they have about `_AT_ONCE` pieces."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    start = 0
    while start < len(order):
        length = lengths[order[start]]
        end = start + 1
        while end < len(order) and lengths[order[end]] == length and (end - start) * length < _AT_ONCE:
            end += 1
        yield order[start:end]
        start = end


def _in_steps(rows: Floats) -> tuple[Floats, Floats]:
    """Return rows in whole steps, at most `STEPS`, and the size of a step for each row."""
    sizes = np.maximum(np.abs(rows).max(axis=1, keepdims=True), _LEAST)
    sizes /= np.float32(STEPS)
    steps = rows / sizes
    return np.rint(steps, out=steps), sizes


def _on_grid(numbers: Floats) -> Floats:
    """Return numbers as multiples of one in `GRID`, which are whole numbers."""
    whole = np.minimum(np.maximum(numbers, np.float32(-MOST)), np.float32(MOST))
    whole *= np.float32(GRID)
    return np.rint(whole, out=whole)


def _normed(rows: Floats, norm: Floats) -> Floats:
    """Return rows brought to one mean and one spread (J. L. Ba et al., "Layer normalization", 2016)."""
    whole = _on_grid(rows).astype(np.float64)
    means = whole.sum(axis=1, keepdims=True) / SIZE
    spreads = np.square(whole).sum(axis=1, keepdims=True) / SIZE - means * means
    whole -= means
    whole /= np.sqrt(spreads + _EPSILON * GRID**2)
    found = whole.astype(np.float32)
    found *= norm[0]
    found += norm[1]
    return found


def alike(asked: Vectors, learnt: Vectors, learnt_lengths: Floats | None = None) -> Floats:
    """Return the cosines between vectors, -1 to 1: asked by learnt.

    G. Salton et al., "A vector space model for automatic indexing", Communications of the ACM 18 (1975). The products
    are of whole numbers and add up to less than 2**24, so that these are the same everywhere, too.

    Args:
        asked: As `Encoder.encode` returns them, like the others.
        learnt: The others.
        learnt_lengths: Theirs, as `lengths` returns them, where they are at hand.
    """
    own_lengths = lengths(learnt) if learnt_lengths is None else learnt_lengths
    wanted = asked.astype(np.float32)
    found = np.empty((len(asked), len(learnt)), np.float32)
    for start in range(0, len(learnt), SIZE):
        part = learnt[start : start + SIZE].astype(np.float32)
        own = wanted @ part.T
        own /= own_lengths[start : start + SIZE]
        found[:, start : start + SIZE] = own
    found /= lengths(wanted)[:, None]
    return found


def lengths(vectors: Vectors | Floats) -> Floats:
    """Return the lengths of vectors of whole numbers, at least 1 each."""
    squares = np.square(vectors, dtype=np.float32).sum(axis=1)
    found: Floats = np.sqrt(np.maximum(squares, np.float32(1)))
    return found


def checked(arrays: dict[str, NDArray[Any]]) -> Weights:
    """Return the arrays of a file as weights that fit together.

    Args:
        arrays: By name.

    Raises:
        ValueError: They do not fit together.
        TypeError: One is missing, or there is another.
    """
    weights = Weights(**arrays)
    n_pieces = len(weights.pieces)
    shapes = (
        (weights.pieces, np.uint8, (n_pieces, SIZE // 2)),
        (weights.piece_levels, np.float32, (16,)),
        (weights.piece_sizes, np.float32, (n_pieces,)),
        (weights.column_sizes, np.float32, (SIZE,)),
        (weights.places, np.float32, (MOST_PIECES, SIZE)),
        (weights.blocks, np.int8, (LAYERS, BLOCKS, SIZE, SIZE)),
        (weights.block_sizes, np.float32, (LAYERS, BLOCKS, SIZE)),
        (weights.biases, np.float32, (LAYERS, 9 * SIZE)),
        (weights.norms, np.float32, (1 + 2 * LAYERS, 2, SIZE)),
        (weights.phi, np.float32, (2 * PHI_MOST * FINE + 1,)),
        (weights.exp, np.float64, (EXP_MOST * FINE + 1,)),
        (weights.met, np.int64, (len(weights.met),)),
    )
    fits = all(array.dtype == kind and array.shape == shape for array, kind, shape in shapes)
    if not fits or int(np.count_nonzero(weights.letters == ord("\n"))) != n_pieces - 1:
        raise ValueError
    return weights


def digest(file: Path = FILE) -> str:
    """Return what tells this encoder from another: vectors of one are of no use with another.

    Raises:
        IndexFileError: It cannot be read, or is none.
    """
    return container.digest(file, "The encoder")


@cache
def encoder() -> Encoder:
    """Return the encoder that dimchat ships with; a process has one.

    Raises:
        IndexFileError: The file is damaged, or is not there.
    """
    return Encoder.load()
