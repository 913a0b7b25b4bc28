"""A pack that may be edited while somebody asks it: the last state that could be read answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dimchat.errors import PackError
from dimchat.files.stamps import stamps
from dimchat.index.prebuilt import learnt_now, opened
from dimchat.pack import find_pack
from dimchat.pack.folder import names_of
from dimchat.pack.rules import Report

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.dialogue import Explanation
    from dimchat.files.stamps import Stamps
    from dimchat.model import Context, Pack, Problem, Reply, Suggestion


class Renewed(NamedTuple):
    """What became of files that were touched."""

    pack: Pack
    """What answers now."""
    problems: tuple[Problem, ...] = ()
    """What kept the files from being read; the pack is the one from before then."""


class Live:
    """Answers from a pack, and reads it again between two questions where its files were touched."""

    def __init__(self, root: Path | None) -> None:
        """Open a pack.

        Args:
            root: Its folder; None for the bundled one.

        Raises:
            PackError: There is no pack, or it has errors.
        """
        self._root = find_pack(root)
        self._seen = self._look()
        self._opened = opened(self._root)
        self._assistant = self._opened.assistant()

    @property
    def pack(self) -> Pack:
        """Return what answers."""
        return self._opened.pack

    def renewed(self) -> Renewed | None:
        """Read the files again where one was touched, and return what became of that; None where no reply can differ.

        What is learnt anew is kept nowhere: the next edit comes soon.
        """
        now = self._look()
        if now == self._seen:
            return None
        self._seen = now  # from before they are read: what is written meanwhile counts the next time
        from dimchat.pack.load import load_pack  # noqa: PLC0415 - reads YAML, which a prebuilt index does without

        try:
            pack = load_pack(self._root, self.pack)
        except PackError as error:
            return Renewed(self.pack, error.problems)
        if pack.digest == self.pack.digest:
            return None
        self._opened = self._opened.edited(pack) or learnt_now(pack)
        self._assistant = self._opened.assistant()
        return Renewed(pack)

    def ask(self, text: str, context: Context) -> tuple[Reply, Context]:
        """Return the reply and the context for the next message."""
        return self._assistant.ask(text, context)

    def explain(self, text: str, context: Context) -> Explanation:
        """Return why the text gets its reply."""
        return self._assistant.explain(text, context)

    def near(self, text: str, language: str | None = None) -> tuple[Suggestion, ...]:
        """Return the questions nearest to what is being typed."""
        return self._assistant.near(text, language)

    def _look(self) -> Stamps:
        return stamps(self._root, names_of(self._root, Report()))
