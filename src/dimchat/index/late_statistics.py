"""The statistics of a pack, had when they are first needed: by the first follow-up."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from dimchat.dialogue.interpret.pack_statistics import PackStatistics, measured
from dimchat.dialogue.understand.slot_finder import as_learnt
from dimchat.errors import IndexFileError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dimchat.model import Pack


class Counted:
    """Counts the words of a pack when they are needed, once."""

    def __init__(self, pack: Pack) -> None:
        """Take the pack."""
        self._pack = pack
        self._found: PackStatistics | None = None

    def __call__(self) -> PackStatistics:
        """Return them."""
        if self._found is None:
            self._found = PackStatistics.of(as_learnt(self._pack))
        return self._found


class Edited:
    """Reads the statistics of a pack as it was, and counts the words of its answers again, when they are needed."""

    def __init__(self, base: Callable[[], PackStatistics], pack: Pack) -> None:
        """Take what returns the statistics of the pack as it was, and the pack."""
        self.base, self._pack = base, pack

    def __call__(self) -> PackStatistics:
        """Return them."""
        return self.base().with_answers_of(self._pack)


class Read:
    """Reads the statistics of a pack when they are first needed."""

    def __init__(self, data: bytes | memoryview, pack: Pack, counted: str) -> None:
        """Take what `PackStatistics.to_bytes` returned, the pack, and the digest of the one that was counted.

        The two may differ in answers, which are counted again then: an edit of one does not wait for that.
        """
        self._data, self._pack, self._counted = data, pack, counted

    def __call__(self) -> PackStatistics:
        """Return them."""
        with suppress(IndexFileError):
            statistics = PackStatistics.from_bytes(self._data)
            if statistics.ids == measured(self._pack):
                same = self._counted == self._pack.digest
                return statistics if same else statistics.with_answers_of(self._pack)
        return PackStatistics.of(as_learnt(self._pack))

    def __reduce__(self) -> tuple[object, ...]:
        """Return what makes it anew in another process."""
        # An assistant is handed to other processes with what reads for it; what is mapped cannot be.
        return type(self), (bytes(self._data), self._pack, self._counted)
