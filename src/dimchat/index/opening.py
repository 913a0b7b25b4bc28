"""Opening a pack: from a prebuilt index where one fits, else from its files.

Where nothing that is learnt has changed since some index was built, such as after the edit of an answer,
the files are read and nothing is learnt again.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dimchat.errors import IndexFileError
from dimchat.index import cache, prebuilt
from dimchat.pack import find_pack, fingerprint

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from dimchat.dialogue import Assistant
    from dimchat.match import Matcher
    from dimchat.model import Pack


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
                return *prebuilt.from_bytes(data, wanted, folder), data
        except (OSError, IndexFileError):
            continue
    with _no_collecting():
        pack = prebuilt.read_pack(folder)
    for file in cache.having_learnt(pack.learning_digest):
        try:
            with _no_collecting():
                data, matcher = prebuilt.learnt_again(file.read_bytes(), pack)
        except (OSError, IndexFileError):
            continue
        cache.keep(pack, data)
        return pack, matcher, data
    matcher = prebuilt.fit(pack).with_calibration(pack.calibration)
    data = prebuilt.to_bytes(pack, matcher)
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
    return Assistant(pack, matcher, prebuilt.statistics_in(data, pack))


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
