"""The file of an index: its parts, which follow each other, and what each holds."""

from __future__ import annotations

import itertools
import json
import struct
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np

import dimchat
from dimchat.errors import IndexFileError
from dimchat.files import container
from dimchat.index.other_languages import telling_of
from dimchat.index.packdata import pack_to_data
from dimchat.pack.digest import base_digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from dimchat.dialogue.understand.lookups import Lookups
    from dimchat.model import Pack

KIND = "pack"
FORMAT = 18
"""Rises when what is in an index changes."""
_LENGTHS = struct.Struct("<QQQ")
"""Of the description of the pack, of the matcher and of the statistics, which follow each other.

Then come the indexes of the pack in its further languages, whose lengths the description has.
"""


class Parts(NamedTuple):
    """The parts of an index, of which the first was read."""

    pack: dict[str, Any]
    """What `pack_to_data` returned."""
    base: str
    """See `base_digest`."""
    lines: NDArray[np.uint8]
    """What `lines_to_data` returned, in JSON."""
    lookups: list[Any]
    matcher: memoryview
    statistics: memoryview
    counted: str
    """The digest of the pack whose answers the statistics count."""
    others: dict[str, memoryview]
    """The indexes of the pack in its further languages, by their codes."""
    telling: NDArray[np.uint8]
    """What tells the languages apart, in JSON."""

    @classmethod
    def of(cls, data: bytes | memoryview) -> Self:
        """Return those of an index of this version.

        Raises:
            IndexFileError: The data is damaged, foreign, or of another version.
        """
        view = memoryview(data)
        if len(view) < _LENGTHS.size:
            raise IndexFileError("The index is too short to be one.")
        *sizes, last = _LENGTHS.unpack_from(view)
        _, matcher, statistics = itertools.accumulate(sizes, initial=_LENGTHS.size)
        small, arrays = container.read(KIND, view[_LENGTHS.size : matcher])
        if not isinstance(small, dict) or not isinstance(small.get("pack"), dict):
            raise IndexFileError("The index is damaged: it holds no pack.")
        if (small.get("version"), small.get("format")) != (dimchat.__version__, FORMAT):
            raise IndexFileError("The index is of another version.")
        try:
            ends = list(itertools.accumulate((size for _, size in small["others"]), initial=statistics + last))
            if len(view) != ends[-1]:
                raise IndexFileError("The index is damaged: its statistics are cut off.")
            codes = [str(code) for code, _ in small["others"]]
            others = {code: view[start:end] for code, start, end in zip(codes, ends, ends[1:], strict=False)}
            big = view[matcher:statistics], view[statistics : statistics + last]
            own = small["pack"], small["base"], arrays["lines"], small["lookups"]
            return cls(*own, *big, str(small["counted"]), others, arrays["telling"])
        except (KeyError, TypeError, ValueError) as error:
            raise IndexFileError("The index is damaged: it holds no pack.") from error


def parted(
    pack: Pack,
    lines: NDArray[np.uint8],
    lookups: Lookups | list[Any],
    matcher: bytes | memoryview,
    statistics: bytes | memoryview,
    *,
    counted: str,
    others: Mapping[str, bytes | memoryview],
) -> tuple[bytes | memoryview, ...]:
    """Return the parts of an index, to be written one after the other.

    Args:
        pack: In its own language.
        lines: As `Parts` has them, and so the others.
        lookups: What messages are looked up in.
        matcher: What learnt the pack.
        statistics: Of the pack.
        counted: See `Parts`.
        others: The indexes of the pack in its further languages, by their codes.
    """
    small = {
        "version": dimchat.__version__,
        "format": FORMAT,
        "pack": pack_to_data(pack),
        "base": base_digest(pack),
        "lookups": lookups,
        "counted": counted,
        "others": [[code, len(data)] for code, data in others.items()],
    }
    telling = json.dumps(telling_of(pack).data() if others else {}, separators=(",", ":")).encode()
    arrays = {"lines": lines, "telling": np.frombuffer(telling, np.uint8)}
    parts = (container.write(KIND, small, arrays), matcher, statistics)
    return _LENGTHS.pack(*map(len, parts)), *parts, *others.values()
