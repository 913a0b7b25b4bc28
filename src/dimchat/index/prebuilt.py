"""The prebuilt index: a whole pack and its matcher in one file of data, so that answering parses and learns nothing."""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import dimchat
from dimchat.errors import IndexFileError
from dimchat.files import atomic, container
from dimchat.index.packdata import pack_from_data, pack_to_data
from dimchat.match import Matcher
from dimchat.pack import find_pack

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.model import Pack

KIND = "pack"
FORMAT = 4
"""Rises when what is in an index changes."""
_LENGTH = struct.Struct("<Q")


def learn(root: Path) -> tuple[Pack, Matcher]:
    """Return a pack and a matcher that learnt it, from the YAML files; see `read_pack`.

    Args:
        root: The folder of the pack.

    Raises:
        PackError: The pack has errors.
    """
    pack = read_pack(root)
    return pack, fit(pack).with_calibration(pack.calibration)


def read_pack(root: Path) -> Pack:
    """Return a pack from its YAML files, without a calibration that was computed from something else.

    Args:
        root: The folder of the pack.

    Raises:
        PackError: The pack has errors.
    """
    from dimchat.pack import load_pack  # noqa: PLC0415 - reads YAML, which a prebuilt index does without

    pack = load_pack(root)
    if pack.calibration is not None and pack.calibration.digest != pack.learning_digest:
        pack = replace(pack, calibration=None)
    return pack


def fit(pack: Pack) -> Matcher:
    """Return a matcher that learnt the phrases of a pack, without its calibration.

    Args:
        pack: Intents (their titles are phrases too), near misses, outside groups, vocabulary.
    """
    return Matcher.fit(**lessons(pack))


def lessons(pack: Pack) -> dict[str, Any]:
    """Return what `Matcher.fit` and `calibrate` are to learn from a pack."""
    lines = [(text, one.id) for one in pack.own for text in (one.title, *(line.text for line in one.phrases))]
    return {
        "phrases": [text for text, _ in lines],
        "intents": [intent for _, intent in lines],
        "outside": {group.id: [line.text for line in group.phrases] for group in pack.outside},
        "not_": {one.id: [line.text for line in one.not_] for one in pack.own if one.not_},
        "vocabulary": pack.vocabulary,
    }


def to_bytes(pack: Pack, matcher: Matcher) -> bytes:
    """Return a pack and its matcher as data, for `from_bytes`."""
    return _head(pack) + matcher.to_bytes()


def _head(pack: Pack) -> bytes:
    small = {"version": dimchat.__version__, "format": FORMAT, "pack": pack_to_data(pack)}
    first = container.write(KIND, small, {})
    return _LENGTH.pack(len(first)) + first


def from_bytes(data: bytes, fingerprint: str, root: Path) -> tuple[Pack, Matcher]:
    """Return the pack and the matcher that `to_bytes` described.

    Args:
        data: Its bytes.
        fingerprint: Of the pack that is wanted.
        root: The folder of that pack.

    Raises:
        IndexFileError: The data is damaged, foreign, or of another pack or version.
    """
    described, matcher = _parts(data)
    try:
        if described["fingerprint"] != fingerprint:
            raise IndexFileError("The index is of another pack.")
        pack = pack_from_data(described, str(root))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise IndexFileError("The index is damaged: it holds no pack.") from error
    return pack, Matcher.from_bytes(matcher)


def learnt_again(data: bytes, pack: Pack) -> tuple[bytes, Matcher]:
    """Return an index for a pack that was edited, with what another index has learnt from the very same lines.

    Args:
        data: The other index.
        pack: What the files say now.

    Raises:
        IndexFileError: That index is damaged or foreign, or something that is learnt differs.
    """
    described, learnt = _parts(data)
    if described.get("learning_digest") != pack.learning_digest:
        raise IndexFileError("The index has learnt something else.")
    matcher = Matcher.from_bytes(learnt)
    if matcher.calibration == pack.calibration:
        return _head(pack) + bytes(learnt), matcher
    matcher = matcher.with_calibration(pack.calibration)
    return to_bytes(pack, matcher), matcher


def fingerprint_of(data: bytes) -> str:
    """Return the fingerprint of the pack that `to_bytes` described.

    Raises:
        IndexFileError: The data is damaged or foreign.
    """
    return str(_parts(data)[0].get("fingerprint"))


def _parts(data: bytes) -> tuple[dict[str, Any], memoryview]:
    """Return the description of the pack in an index of this version, and the bytes of its matcher."""
    view = memoryview(data)
    if len(view) < _LENGTH.size:
        raise IndexFileError("The index is too short to be one.")
    after = _LENGTH.size + _LENGTH.unpack_from(view)[0]
    small, _ = container.read(KIND, view[_LENGTH.size : after])
    if not isinstance(small, dict) or not isinstance(small.get("pack"), dict):
        raise IndexFileError("The index is damaged: it holds no pack.")
    if (small.get("version"), small.get("format")) != (dimchat.__version__, FORMAT):
        raise IndexFileError("The index is of another version.")
    return small["pack"], view[after:]


def build_index(root: Path, target: Path) -> None:
    """Learn a pack and write its index.

    Args:
        root: The folder of the pack.
        target: The file.

    Raises:
        PackError: The pack has errors.
    """
    atomic.write(target, to_bytes(*learn(find_pack(root))))
