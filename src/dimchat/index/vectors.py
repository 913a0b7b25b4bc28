"""The vectors of a pack's lines: those that ship, those that were made before, and the rest made now."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dimchat.errors import IndexFileError
from dimchat.files import container, disk
from dimchat.index import cache
from dimchat.language.tokens import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Vectors = NDArray[np.int8]

FILE = Path("intents", "vectors.bin")
"""Where a pack may ship the vectors of its lines. Lines that have none there are made when they are needed."""
KIND = "vectors"
_MOST = 1 << 28
_LARGEST = 200_000
"""The cache holds the vectors of so many lines at most; 400 bytes each."""


def vectors_of(texts: Sequence[str], root: Path | None) -> tuple[Vectors, str]:
    """Return the vectors of lines, and the digest of the encoder that made them.

    Args:
        texts: The lines.
        root: The folder of the pack; None for none.

    Raises:
        IndexFileError: The encoder cannot be read.
    """
    from dimchat.match.encoder import digest, encoder  # noqa: PLC0415 - a prebuilt index does without

    made_by = digest()
    lines = [normalise(text) for text in texts]
    keys = [_key(line) for line in lines]
    kept = cache.vectors(made_by)
    shipped = {} if root is None else _read(root / FILE, made_by)
    known = shipped if kept is None else shipped | _read(kept, made_by)
    missing = {key: line for key, line in zip(keys, lines, strict=True) if key not in known}
    if missing:
        made = dict(zip(missing, encoder().encode(list(missing.values())), strict=True))
        known |= made
        if kept is not None:
            # Read again: another process may have written meanwhile.
            held = _read(kept, made_by) | made
            cache.write(kept, to_bytes(dict(list(held.items())[-_LARGEST:]), made_by))
    return np.array([known[key] for key in keys], np.int8).reshape(len(keys), -1), made_by


def ship(texts: Sequence[str], root: Path) -> int:
    """Write the vectors of a pack's lines into the pack, and return how many they are.

    Raises:
        IndexFileError: The encoder cannot be read.
        OSError: The file cannot be written.
    """
    found, made_by = vectors_of(texts, root)
    held = dict(zip((_key(normalise(text)) for text in texts), found, strict=True))
    disk.write(root / FILE, to_bytes({key: held[key] for key in sorted(held)}, made_by))
    return len(held)


def to_bytes(held: dict[int, NDArray[np.int8]], made_by: str) -> bytes:
    """Return vectors by the keys of their lines as data."""
    arrays: dict[str, NDArray[Any]] = {
        "keys": np.array(list(held), np.int64),
        "vectors": np.array(list(held.values()), np.int8),
    }
    return container.write(KIND, {"encoder": made_by}, arrays)


def _read(file: Path, made_by: str) -> dict[int, NDArray[np.int8]]:
    """Return what a file holds; nothing where it is not there, damaged, or of another encoder: all can be made anew."""
    try:
        data = disk.read(file, _MOST)
        if data is None:
            return {}
        small, arrays = container.read(KIND, data)
        keys, vectors = arrays["keys"], arrays["vectors"]
    except (OSError, IndexFileError, KeyError):
        return {}
    fits = small.get("encoder") == made_by and vectors.ndim == 2 and len(keys) == len(vectors)  # noqa: PLR2004 - a table
    return dict(zip(keys.tolist(), vectors, strict=True)) if fits else {}


def _key(line: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(line.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True
    )
