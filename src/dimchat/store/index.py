"""The prebuilt index: a whole pack and its matcher in one file of data, so that answering parses and learns nothing."""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import dimchat
from dimchat.errors import IndexFileError
from dimchat.match import Matcher, container
from dimchat.pack import find_pack, intents_digest
from dimchat.store.packdata import pack_from_data, pack_to_data

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.model import Pack

KIND = "pack"
FORMAT = 3
"""Rises when what is in an index changes."""
_LENGTH = struct.Struct("<Q")


def learn(root: Path) -> tuple[Pack, Matcher]:
    """Return a pack and a matcher that learnt it, from the YAML files.

    A calibration that was computed from other intents is left out of both.

    Args:
        root: The folder of the pack.

    Raises:
        PackError: The pack has errors.
    """
    from dimchat.pack import load_pack  # noqa: PLC0415 - reads YAML, which a prebuilt index does without

    pack = load_pack(root)
    if pack.calibration is not None and pack.calibration.digest != intents_digest(root):
        pack = replace(pack, calibration=None)
    return pack, fit(pack).with_calibration(pack.calibration)


def fit(pack: Pack) -> Matcher:
    """Return a matcher that learnt the phrases of a pack, without its calibration.

    Args:
        pack: Intents (their titles are phrases too), near misses, outside groups, vocabulary.
    """
    return Matcher.fit(**lessons(pack))


def lessons(pack: Pack) -> dict[str, Any]:
    """Return what `Matcher.fit` and `calibrate` are to learn from a pack."""
    lines = [(text, one.id) for one in pack.intents for text in (one.title, *(line.text for line in one.phrases))]
    return {
        "phrases": [text for text, _ in lines],
        "intents": [intent for _, intent in lines],
        "outside": {group.id: [line.text for line in group.phrases] for group in pack.outside},
        "not_": {one.id: [line.text for line in one.not_] for one in pack.intents if one.not_},
        "vocabulary": pack.vocabulary,
    }


def to_bytes(pack: Pack, matcher: Matcher) -> bytes:
    """Return a pack and its matcher as data, for `from_bytes`."""
    small = {"version": dimchat.__version__, "format": FORMAT, "pack": pack_to_data(pack)}
    first = container.write(KIND, small, {})
    return _LENGTH.pack(len(first)) + first + matcher.to_bytes()


def from_bytes(data: bytes, digest: str, root: Path) -> tuple[Pack, Matcher]:
    """Return the pack and the matcher that `to_bytes` described.

    Args:
        data: Its bytes.
        digest: Of the pack that is wanted.
        root: The folder of that pack.

    Raises:
        IndexFileError: The data is damaged, foreign, or of another pack or version.
    """
    view = memoryview(data)
    if len(view) < _LENGTH.size:
        raise IndexFileError("The index is too short to be one.")
    after = _LENGTH.size + _LENGTH.unpack_from(view)[0]
    small, _ = container.read(KIND, view[_LENGTH.size : after])
    try:
        fits = (small["version"], small["format"], small["pack"]["digest"]) == (dimchat.__version__, FORMAT, digest)
        if not fits:
            raise IndexFileError("The index is of another pack or version.")
        pack = pack_from_data(small["pack"], str(root))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise IndexFileError("The index is damaged: it holds no pack.") from error
    return pack, Matcher.from_bytes(view[after:])


def digest_of(data: bytes) -> str:
    """Return the digest of the pack that `to_bytes` described.

    Raises:
        IndexFileError: The data is damaged or foreign.
    """
    view = memoryview(data)
    if len(view) < _LENGTH.size:
        raise IndexFileError("The index is too short to be one.")
    small, _ = container.read(KIND, view[_LENGTH.size : _LENGTH.size + _LENGTH.unpack_from(view)[0]])
    try:
        return str(small["pack"]["digest"])
    except (TypeError, KeyError) as error:
        raise IndexFileError("The index is damaged: it holds no pack.") from error


def build_index(root: Path, target: Path) -> None:
    """Learn a pack and write its index.

    Args:
        root: The folder of the pack.
        target: The file.

    Raises:
        PackError: The pack has errors.
    """
    container.write_file(target, to_bytes(*learn(find_pack(root))))
