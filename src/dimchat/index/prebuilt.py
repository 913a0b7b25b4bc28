"""The prebuilt index: a pack, its matcher and its statistics in one file, so that answering learns nothing.

A pack is opened from an index where one fits, else from its files. Where nothing that is learnt has changed since some
index was built, such as after the edit of an answer, the files are read and nothing is learnt again.
"""

from __future__ import annotations

import gc
import itertools
import struct
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dimchat
from dimchat.dialogue.interpret.pack_statistics import PackStatistics, measured
from dimchat.dialogue.understand.slot_finder import as_learnt
from dimchat.errors import IndexFileError
from dimchat.files import container, disk
from dimchat.index import cache
from dimchat.index.packdata import pack_from_data, pack_to_data
from dimchat.match import Matcher
from dimchat.pack import find_pack, fingerprint

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator

    from dimchat.dialogue import Assistant
    from dimchat.model import Pack

KIND = "pack"
FORMAT = 12
"""Rises when what is in an index changes."""
_LENGTHS = struct.Struct("<QQQ")
"""Of the description of the pack, of the matcher and of the statistics, which follow each other."""


def learn(root: Path) -> tuple[Pack, Matcher]:
    """Return a pack and a matcher that learnt it, from the YAML files; see `read_pack`.

    Args:
        root: The folder of the pack.

    Raises:
        PackError: The pack has errors.
    """
    pack = read_pack(root)
    return pack, fit(pack)


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
    """Return a matcher that learnt the phrases of a pack, with its calibration and what that needs.

    Args:
        pack: Intents (their titles are phrases too), near misses, outside groups, vocabulary.
    """
    matcher = Matcher.fit(**lessons(pack)).with_calibration(pack.calibration)
    return _with_meaning(matcher, pack)


def _with_meaning(matcher: Matcher, pack: Pack) -> Matcher:
    """Return a matcher that has what its calibration needs: what vectors of the lines teach, or nothing of it."""
    if not (pack.calibration and pack.calibration.meaning):
        return matcher if matcher.meaning is None else matcher.with_meaning(None)
    if matcher.meaning is not None:
        return matcher
    from dimchat.index.vectors import vectors_of  # noqa: PLC0415 - a prebuilt index holds them

    return matcher.with_meaning(*vectors_of(lines_of(pack), Path(pack.root) if pack.root else None))


def lines_of(pack: Pack) -> list[str]:
    """Return the lines of a pack in the order in which a matcher keeps them."""
    from dimchat.match.lessons import in_order  # noqa: PLC0415 - answering from an index does without

    learnt = lessons(pack)
    return [text for _, text in in_order(learnt["phrases"], learnt["intents"], learnt["outside"])]


def lessons(pack: Pack) -> dict[str, Any]:
    """Return what `Matcher.fit` and `calibrate` are to learn from a pack."""
    pack = as_learnt(pack)
    own = [one for one in pack.own if not one.follows]
    lines = [(text, one.id) for one in own for text in (one.title, *(line.text for line in one.phrases))]
    return {
        "phrases": [text for text, _ in lines],
        "intents": [intent for _, intent in lines],
        "outside": {group.id: [line.text for line in group.phrases] for group in pack.outside},
        "not_": {one.id: [line.text for line in one.not_] for one in own if one.not_},
        "vocabulary": pack.vocabulary,
    }


def to_bytes(pack: Pack, matcher: Matcher, statistics: PackStatistics | None = None) -> bytes:
    """Return a pack, its matcher and its statistics as data, for `from_bytes` and `statistics_in`.

    Args:
        pack: A loaded pack.
        matcher: What learnt it.
        statistics: Of the pack; None to count them.
    """
    return _joined(pack, matcher.to_bytes(), (statistics or PackStatistics.of(as_learnt(pack))).to_bytes())


def _joined(pack: Pack, matcher: bytes | memoryview, statistics: bytes | memoryview) -> bytes:
    small = {"version": dimchat.__version__, "format": FORMAT, "pack": pack_to_data(pack)}
    parts = (container.write(KIND, small, {}), matcher, statistics)
    return b"".join((_LENGTHS.pack(*map(len, parts)), *parts))


def from_bytes(data: bytes, wanted: str, root: Path) -> tuple[Pack, Matcher]:
    """Return the pack and the matcher that `to_bytes` described.

    Args:
        data: Its bytes.
        wanted: The fingerprint of the pack.
        root: The folder of that pack.

    Raises:
        IndexFileError: The data is damaged, foreign, or of another pack or version.
    """
    described, matcher, _ = _parts(data)
    try:
        if described["fingerprint"] != wanted:
            raise IndexFileError("The index is of another pack.")
        pack = pack_from_data(described, str(root))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise IndexFileError("The index is damaged: it holds no pack.") from error
    return pack, Matcher.from_bytes(matcher)


def check_whole(data: bytes, root: Path) -> str:
    """Return the fingerprint of the pack in an index of which no part is damaged, the statistics included.

    Raises:
        IndexFileError: Some part is damaged or foreign.
    """
    found = fingerprint_of(data)
    from_bytes(data, found, root)
    PackStatistics.from_bytes(_parts(data)[2])
    return found


def statistics_in(data: bytes, pack: Pack) -> Callable[[], PackStatistics]:
    """Return what reads the statistics of a pack out of its index, or counts them where they are damaged there.

    Args:
        data: What `to_bytes` returned for the pack.
        pack: What `from_bytes` made of it.
    """
    return partial(_statistics, data, pack)  # an assistant is handed to other processes, with what reads for it


def _statistics(data: bytes, pack: Pack) -> PackStatistics:
    try:
        statistics = PackStatistics.from_bytes(_parts(data)[2])
    except IndexFileError:
        return PackStatistics.of(as_learnt(pack))
    return statistics if statistics.ids == measured(pack) else PackStatistics.of(as_learnt(pack))


def learnt_again(data: bytes, pack: Pack) -> tuple[bytes, Matcher]:
    """Return an index for a pack that was edited, with what another index has learnt from the very same lines.

    Args:
        data: The other index.
        pack: What the files say now.

    Raises:
        IndexFileError: That index is damaged or foreign, or something that is learnt differs.
    """
    described, learnt, counted = _parts(data)
    if described.get("learning_digest") != pack.learning_digest:
        raise IndexFileError("The index has learnt something else.")
    matcher = Matcher.from_bytes(learnt)
    statistics = PackStatistics.from_bytes(counted).with_answers_of(pack)
    if matcher.calibration != pack.calibration:
        matcher = _with_meaning(matcher.with_calibration(pack.calibration), pack)
        learnt = memoryview(matcher.to_bytes())
    return _joined(pack, learnt, statistics.to_bytes()), matcher


def fingerprint_of(data: bytes) -> str:
    """Return the fingerprint of the pack that `to_bytes` described.

    Raises:
        IndexFileError: The data is damaged or foreign.
    """
    return str(_parts(data)[0].get("fingerprint"))


def _parts(data: bytes) -> tuple[dict[str, Any], memoryview, memoryview]:
    """Return the description of the pack in an index of this version, and the bytes of the other two."""
    view = memoryview(data)
    if len(view) < _LENGTHS.size:
        raise IndexFileError("The index is too short to be one.")
    *sizes, last = _LENGTHS.unpack_from(view)
    _, matcher, statistics = itertools.accumulate(sizes, initial=_LENGTHS.size)
    small, _ = container.read(KIND, view[_LENGTHS.size : matcher])
    if not isinstance(small, dict) or not isinstance(small.get("pack"), dict):
        raise IndexFileError("The index is damaged: it holds no pack.")
    if (small.get("version"), small.get("format")) != (dimchat.__version__, FORMAT):
        raise IndexFileError("The index is of another version.")
    if len(view) != statistics + last:
        raise IndexFileError("The index is damaged: its statistics are cut off.")
    return small["pack"], view[matcher:statistics], view[statistics:]


def build_index(root: Path, target: Path) -> None:
    """Learn a pack and write its index.

    Args:
        root: The folder of the pack.
        target: The file.

    Raises:
        PackError: The pack has errors.
    """
    disk.write(target, to_bytes(*learn(find_pack(root))))


def open_pack(root: Path | None = None) -> tuple[Pack, Matcher]:
    """Return a pack and the matcher that knows it.

    Args:
        root: The folder of the pack; None for the bundled one.

    Raises:
        PackError: There is no pack, or it has errors.
    """
    return _opened(root)[:2]


def _opened(root: Path | None) -> tuple[Pack, Matcher, bytes]:
    """Return a pack, its matcher, and the index that holds them."""
    folder = find_pack(root)
    wanted = fingerprint(folder)
    for file in cache.holding(wanted):
        try:
            with _no_collecting():
                data = file.read_bytes()
                return *from_bytes(data, wanted, folder), data
        except (OSError, IndexFileError):
            continue
    with _no_collecting():
        pack = read_pack(folder)
    for file in cache.having_learnt(pack.learning_digest):
        try:
            with _no_collecting():
                data, matcher = learnt_again(file.read_bytes(), pack)
        except (OSError, IndexFileError):
            continue
        cache.keep(pack, data)
        return pack, matcher, data
    matcher = fit(pack)
    data = to_bytes(pack, matcher)
    cache.keep(pack, data)
    return pack, matcher, data


def open_assistant(path: str | os.PathLike[str] | None = None) -> Assistant:
    """Return the assistant that answers from a pack, which is its attribute `pack`.

    The first time a pack is opened its matcher is fitted, which takes about a second; then it is in the cache.

    Args:
        path: The folder of the pack; None for the bundled one.

    Raises:
        PackError: There is no pack, or it has errors: `problems` says which, each with file, line and column.

    >>> assistant = open_assistant()
    >>> reply, context = assistant.ask("what degree do I need")
    >>> assistant.pack.name, reply.kind, reply.intents
    ('diagnostic-imaging-manager', 'answer', ('manager.education',))
    """
    from dimchat.dialogue import Assistant  # noqa: PLC0415 - who only wants the matcher needs no dialogue

    pack, matcher, data = _opened(None if path is None else Path(path))
    return Assistant(pack, matcher, statistics_in(data, pack))


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Let the garbage collector rest: it would walk thousands of new objects, again and again, to find none dead."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
