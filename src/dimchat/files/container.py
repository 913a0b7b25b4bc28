"""One file of data: a header, JSON for what is small, arrays as they lie in memory, a checksum.

Nothing in it can run. Reading one costs a checksum and a view into the bytes.
"""

from __future__ import annotations

import json
import struct
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from dimchat.errors import IndexFileError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

MAGIC = b"dimchat\x00"
"""What every container begins with."""
FORMAT = 2
"""The only format that is read."""
_HEADER = struct.Struct("<8sII16sQ")
"""The magic, the format, the checksum of all that follows it, the kind, the length of the JSON."""
HEAD = _HEADER.size
"""How many bytes the header has."""
_CHECKED = 16
"""Where the checksum's cover begins."""
_TYPES = frozenset({"|i1", "|u1", "<u2", "<i4", "<i8", "<f4", "<f8"})
_ALIGN = 64


def write(kind: str, small: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Return the bytes of a container.

    Args:
        kind: What it holds, up to 16 ASCII characters.
        small: Anything that JSON can say.
        arrays: Arrays of any shape: int8, uint8, uint16, int32, int64, float32 or float64, as `read` takes no others.

    Raises:
        TypeError: JSON cannot say `small`.
        UnicodeEncodeError: `kind` is not ASCII.
    """
    blobs: list[bytes] = []
    table: list[tuple[str, str, list[int], int]] = []
    offset = 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
        blob = data.tobytes()
        table.append((name, data.dtype.str, list(data.shape), offset))
        padding = -len(blob) % _ALIGN
        blobs.append(blob + bytes(padding))
        offset += len(blob) + padding
    head = json.dumps({"small": small, "arrays": table}, separators=(",", ":")).encode()
    head += b" " * (-(len(head) + _HEADER.size) % _ALIGN)
    body = b"".join((kind.encode("ascii").ljust(16, b"\x00"), struct.pack("<Q", len(head)), head, *blobs))
    return _HEADER.pack(MAGIC, FORMAT, zlib.adler32(body), b"", 0)[:_CHECKED] + body


def digest(file: Path, what: str) -> str:
    """Return what tells a container from others of its kind; only its first bytes are read, which hold its checksum.

    Args:
        file: The container.
        what: What it is called where it cannot be read: the subject of a sentence with "cannot be read".

    Returns:
        The checksum in hexadecimal, a hyphen, the size of the file in bytes.

    Raises:
        IndexFileError: It cannot be read, or is none.
    """
    try:
        with file.open("rb") as opened:
            head, size = opened.read(HEAD), file.stat().st_size
    except OSError as error:
        raise IndexFileError(f"{what} cannot be read: {error.strerror}.") from error
    return f"{checksum(head):08x}-{size}"


def checksum(head: bytes) -> int:
    """Return the checksum that a header holds, 0 to 2**32 - 1: Adler-32 (P. Deutsch and J.-L. Gailly, RFC 1950, 1996).

    Args:
        head: The first `HEAD` bytes of a container.

    Raises:
        IndexFileError: They are none.
    """
    if len(head) < HEAD or not head.startswith(MAGIC):
        raise IndexFileError("This is no file of dimchat.")
    return int(_HEADER.unpack_from(head)[2])


def read(kind: str, data: bytes | memoryview) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Return what `write` was given; the arrays are views that cannot be written to.

    Args:
        kind: What it must hold.
        data: The bytes of a container.

    Raises:
        IndexFileError: It is damaged, foreign, of another format or kind.
    """
    view = memoryview(data)
    if len(view) < _HEADER.size:
        raise IndexFileError("The index is too short to be one.")
    magic, number, checksum, found, size = _HEADER.unpack_from(view)
    if magic != MAGIC:
        raise IndexFileError("This is no index of dimchat.")
    if number != FORMAT:
        raise IndexFileError(f"The index has format {number}, this version reads {FORMAT}.")
    if zlib.adler32(view[_CHECKED:]) != checksum:
        raise IndexFileError("The index is damaged: its checksum does not fit.")
    if found.rstrip(b"\x00") != kind.encode():
        raise IndexFileError(f"The index does not hold a {kind}.")
    try:
        head = json.loads(bytes(view[_HEADER.size : _HEADER.size + size]))
        body = view[_HEADER.size + size :]
        arrays = {name: _array(body, dtype, shape, offset) for name, dtype, shape, offset in head["arrays"]}
        return head["small"], arrays
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        raise IndexFileError("The index is damaged: it does not hold what it says.") from error


def _array(body: memoryview, dtype: str, shape: list[int], offset: int) -> NDArray[Any]:
    if dtype not in _TYPES or offset < 0 or min(shape, default=0) < 0:
        raise ValueError(dtype)
    count = 1
    for side in shape:
        count *= side
    if count == 0:
        return np.empty(shape, dtype)
    return np.frombuffer(body, dtype, count, offset).reshape(shape)
