"""The prebuilt index: a pack, its matcher and its statistics in one file, so that answering learns nothing.

A pack is opened from an index where one fits, else from its files. Where nothing that is learnt has changed since some
index was built, such as after the edit of an answer, the files are read and nothing is learnt again.
"""

from __future__ import annotations

import gc
import json
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from dimchat.dialogue.interpret.pack_statistics import PackStatistics
from dimchat.dialogue.understand.lookups import Lookups
from dimchat.dialogue.understand.slot_finder import as_learnt
from dimchat.errors import IndexFileError
from dimchat.files import disk
from dimchat.index import cache
from dimchat.index.index_file import Parts, parted
from dimchat.index.late_statistics import Counted, Edited, Read
from dimchat.index.other_languages import Late, Spoken, ToldBy, ToldOf
from dimchat.index.packdata import lines_to_data, pack_from_data
from dimchat.match import Matcher
from dimchat.match.options import options_for
from dimchat.pack import find_pack, fingerprint
from dimchat.pack.digest import base_digest
from dimchat.pack.folder import learnt_bytes

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from dimchat.dialogue import Assistant
    from dimchat.language.which_language import Telling
    from dimchat.model import Pack


def learn(root: Path) -> tuple[Pack, Matcher]:
    """Return a pack and a matcher that learnt it, from the YAML files.

    Args:
        root: The folder of the pack.

    Raises:
        PackError: The pack has errors.
    """
    from dimchat.pack import load_pack  # noqa: PLC0415 - reads YAML, which a prebuilt index does without

    pack = load_pack(root)
    return pack, fit(pack)


def fit(pack: Pack) -> Matcher:
    """Return a matcher that learnt the phrases of a pack, with its calibration and what that needs.

    A calibration that was computed before some line was edited still counts: most of it holds, and nothing does so well
    without. `Pack.stale` tells.

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
    own = [one for one in pack.own if not one.follows and one.phrases]  # without any, nobody has translated it
    lines = [(text, one.id) for one in own for text in (one.title, *(line.text for line in one.phrases))]
    return {
        "phrases": [text for text, _ in lines],
        "intents": [intent for _, intent in lines],
        "outside": {group.id: [line.text for line in group.phrases] for group in pack.outside_group.values()},
        "not_": {one.id: [line.text for line in one.not_] for one in own if one.not_},
        "vocabulary": pack.vocabulary,
        "options": options_for(pack.language)._replace(encoder=False),  # the vectors come from the index
    }


class Opened(NamedTuple):
    """What an index holds."""

    pack: Pack
    matcher: Matcher
    lookups: Lookups
    statistics: Callable[[], PackStatistics]
    """Reads those of the pack, or counts them where they are damaged."""
    others: Mapping[str, Late] | None = None
    """The same of the pack in its further languages, by their codes."""
    telling: Callable[[], Telling] | None = None
    """Returns what tells the languages apart."""

    def assistant(self) -> Assistant:
        """Return the assistant that answers from it."""
        from dimchat.dialogue import Assistant  # noqa: PLC0415 - who only wants the matcher needs no dialogue

        others = {code: late.assistant for code, late in (self.others or {}).items()}
        return Assistant(
            self.pack, self.matcher, self.statistics, lookups=self.lookups, others=others, telling=self.telling
        )

    def edited(self, pack: Pack) -> Opened | None:
        """Return the same for a pack as it was edited since, nothing learnt again; None where that must be done."""
        if pack.learning_digest != self.pack.learning_digest:
            return None
        matcher, statistics = self.matcher, self.statistics
        if matcher.calibration != pack.calibration:
            matcher = _with_meaning(matcher.with_calibration(pack.calibration), pack)
        base = statistics.base if isinstance(statistics, Edited) else statistics
        return with_languages(Opened(pack, matcher, self.lookups, Edited(base, pack)), self.others or {})


def to_bytes(pack: Pack, matcher: Matcher) -> bytes:
    """Return a pack, its matcher and all that can be known of both before a question, as data for `from_bytes`.

    Args:
        pack: A loaded pack.
        matcher: What learnt it.
    """
    lines = json.dumps(lines_to_data(pack), separators=(",", ":")).encode()
    statistics = PackStatistics.of(as_learnt(pack)).to_bytes()
    held = pack.spoken.data if isinstance(pack.spoken, Spoken) else None  # as an index has them already
    others = held or {one.language: to_bytes(one, fit(one)) for one in pack.spoken}
    learnt = Lookups.of(pack), matcher.to_bytes(), statistics
    return b"".join(parted(pack, np.frombuffer(lines, np.uint8), *learnt, counted=pack.digest, others=others))


def from_bytes(data: bytes | memoryview, wanted: str, root: Path) -> Opened:
    """Return what `to_bytes` was given.

    Args:
        data: What it returned. It is looked at as long as the result is held.
        wanted: The fingerprint of the pack.
        root: The folder of that pack.

    Raises:
        IndexFileError: The data is damaged, foreign, or of another pack or version.
    """
    parts = Parts.of(data)
    if parts.pack.get("fingerprint") != wanted:
        raise IndexFileError("The index is of another pack.")
    pack = _pack(parts, root)
    others = {code: Late.held(part, wanted, root) for code, part in parts.others.items()}
    own = pack, Matcher.from_bytes(parts.matcher), _lookups(parts), Read(parts.statistics, pack, parts.counted)
    return Opened(*own, others, ToldBy(parts.telling.tobytes()) if others else None)


def _pack(parts: Parts, root: Path) -> Pack:
    try:
        wanted = str(parts.pack["fingerprint"])
        spoken = Spoken({code: Late.held(part, wanted, root) for code, part in parts.others.items()})
        return pack_from_data(parts.pack, partial(_from_json, parts.lines), str(root), spoken)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise IndexFileError("The index is damaged: it holds no pack.") from error


def _lookups(parts: Parts) -> Lookups:
    try:
        return Lookups.from_data(parts.lookups)
    except (ValueError, TypeError) as error:
        raise IndexFileError("The index is damaged: nothing can be looked up in it.") from error


def _from_json(data: NDArray[np.uint8]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(data.tobytes())
    return found


def check_whole(data: bytes | memoryview, root: Path) -> str:
    """Return the fingerprint of the pack in an index of which no part is damaged, the statistics included.

    Raises:
        IndexFileError: Some part is damaged or foreign.
    """
    parts = Parts.of(data)
    found = str(parts.pack.get("fingerprint"))
    from_bytes(data, found, root)
    PackStatistics.from_bytes(parts.statistics)
    for other in parts.others.values():
        check_whole(other, root)
    return found


def learnt_again(data: bytes | memoryview, pack: Pack) -> tuple[tuple[bytes | memoryview, ...], Opened]:
    """Return an index for a pack that was edited, with what another index has learnt from the very same lines.

    Args:
        data: The other index. It is looked at as long as the result is held.
        pack: What the files say now.

    Returns:
        The parts of the index, one after the other, and what it holds.

    Raises:
        IndexFileError: The other index is damaged or foreign, or something that is learnt differs.
    """
    parts, root = Parts.of(data), Path(pack.root)
    if (parts.pack.get("learning_digest"), parts.base) != (pack.learning_digest, base_digest(pack)):
        raise IndexFileError("The index has learnt something else.")
    matcher, learnt = Matcher.from_bytes(parts.matcher), parts.matcher
    if matcher.calibration != pack.calibration:
        matcher = _with_meaning(matcher.with_calibration(pack.calibration), pack)
        learnt = memoryview(matcher.to_bytes())
    others = {one.language: _other_again(one, parts.others.get(one.language)) for one in pack.spoken}
    found = Opened(pack, matcher, _lookups(parts), Read(parts.statistics, pack, parts.counted))
    opened = with_languages(found, {code: Late.held(part, pack.fingerprint, root) for code, part in others.items()})
    lines = parts.lines
    if parts.pack.get("learnt_bytes") != pack.learnt_bytes:  # the same lines may stand in other places
        lines = np.frombuffer(json.dumps(lines_to_data(pack), separators=(",", ":")).encode(), np.uint8)
    own = lines, parts.lookups, learnt, parts.statistics
    return parted(pack, *own, counted=parts.counted, others=others), opened


def _other_again(pack: Pack, data: memoryview | None) -> bytes:
    """Return the index of a pack in a further language, with what another has learnt where that is the same."""
    with suppress(IndexFileError):
        if data is not None:
            return b"".join(learnt_again(data, pack)[0])
    return to_bytes(pack, fit(pack))


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
    return opened(root)[:2]


def opened(root: Path | None) -> Opened:
    """Return a pack with all that answering needs, learnt now where no index holds it."""
    folder = find_pack(root)
    wanted = fingerprint(folder)
    with _no_collecting():
        for file in cache.holding(wanted):
            with suppress(OSError, IndexFileError):
                return from_bytes(disk.mapped(file), wanted, folder)
        from dimchat.pack import load_pack  # noqa: PLC0415 - as above

        return opened_from(load_pack(folder, _read_before(folder)))


def _read_before(folder: Path) -> Pack | None:
    """Return the pack in a folder as it was before an edit that changed nothing of what is learnt, if it is known."""
    wanted = learnt_bytes(folder)
    for file in cache.having_read(wanted):
        with suppress(OSError, IndexFileError):
            parts = Parts.of(disk.mapped(file))
            if parts.pack.get("learnt_bytes") == wanted:
                return _pack(parts, folder)
    return None


def learnt_now(pack: Pack) -> Opened:
    """Return a pack that was read with all that answering needs, learnt now and kept nowhere: it is being edited."""
    return with_languages(Opened(pack, fit(pack), Lookups.of(pack), Counted(pack)), {})


def with_languages(opened: Opened, before: Mapping[str, Late]) -> Opened:
    """Return a pack that was read, with what answers in its further languages when that is wanted.

    Args:
        opened: In its own language.
        before: The same of it as it was before an edit, which may have learnt what need not be learnt again.
    """
    others = {one.language: Late.of(one, before.get(one.language)) for one in opened.pack.spoken}
    return opened._replace(others=others, telling=ToldOf(opened.pack) if others else None)


def opened_from(pack: Pack) -> Opened:
    """Return a pack that was read with all that answering needs, and keep that for the next time.

    What an index has learnt from the very same lines is taken over; else it is learnt now.
    """
    with _no_collecting():
        for file in cache.having_learnt(pack.learning_digest):
            with suppress(OSError, IndexFileError):
                parts, found = learnt_again(disk.mapped(file), pack)
                cache.keep(pack, *parts)
                return found
    data = to_bytes(pack, fit(pack))
    cache.keep(pack, data)
    return from_bytes(data, pack.fingerprint, Path(pack.root))


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
    return opened(None if path is None else Path(path)).assistant()


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
