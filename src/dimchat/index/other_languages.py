"""A pack in its further languages: opened when one is first spoken, so that a visit in its own pays for none."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self, overload

from dimchat.language.which_language import Telling
from dimchat.model import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dimchat.dialogue import Assistant
    from dimchat.index.prebuilt import Opened
    from dimchat.model import Pack


_CUE_WORD = re.compile(r"(?<![\w<])[^\W_]+(?![\w*>])")
"""A word of a cue that stands there whole: no part of a phrase, no beginning, no name of a set."""


class Late:
    """A pack in one language with all that answering needs: read, or learnt, when it is first wanted."""

    def __init__(
        self,
        pack: Pack | None = None,
        data: bytes | memoryview = b"",
        fingerprint: str = "",
        root: Path | None = None,
        before: Late | None = None,
    ) -> None:
        """Take what it comes from; see `held` and `of`."""
        self._pack, self._data, self._fingerprint, self._root, self._before = pack, data, fingerprint, root, before
        self._opened: Opened | None = None
        self._assistant: Assistant | None = None

    @classmethod
    def held(cls, data: bytes | memoryview, fingerprint: str, root: Path) -> Self:
        """Return what an index holds; the arguments are those of `prebuilt.from_bytes`."""
        return cls(data=data, fingerprint=fingerprint, root=root)

    @classmethod
    def of(cls, pack: Pack, before: Late | None = None) -> Self:
        """Return what is to be learnt of a pack.

        Args:
            pack: In this language.
            before: The same before an edit, which may have learnt what need not be learnt again.
        """
        return cls(pack=pack, before=before)

    @property
    def data(self) -> bytes:
        """Return the index that it is read from; nothing where it is to be learnt."""
        return bytes(self._data)

    def opened(self) -> Opened:
        """Return it.

        Raises:
            IndexFileError: The index is damaged.
        """
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    def assistant(self) -> Assistant:
        """Return who answers from it."""
        if self._assistant is None:
            self._assistant = self.opened().assistant()
        return self._assistant

    def _open(self) -> Opened:
        from dimchat.index import prebuilt  # noqa: PLC0415 - which holds these

        if self._pack is None or self._root is not None:
            return prebuilt.from_bytes(self._data, self._fingerprint, self._root or Path())
        known = self._before.opened().edited(self._pack) if self._before is not None else None
        return known or prebuilt.learnt_now(self._pack)

    def __reduce__(self) -> tuple[object, ...]:
        """Return what makes it anew in another process, where what is mapped cannot go."""
        pack = self._pack if self._root is None else None
        return type(self), (pack, bytes(self._data), self._fingerprint, self._root)


class Spoken(Sequence["Pack"]):
    """The packs in further languages, each read when somebody looks at it."""

    def __init__(self, held: Mapping[str, Late]) -> None:
        """Take what reads them, by their languages."""
        self._held = list(held.values())
        self._codes = list(held)

    @property
    def data(self) -> dict[str, bytes]:
        """Return the indexes that they are read from, by their languages."""
        return {code: late.data for code, late in zip(self._codes, self._held, strict=True)}

    def __len__(self) -> int:
        """Return how many there are; nothing is read for that."""
        return len(self._held)

    @overload
    def __getitem__(self, at: int) -> Pack: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Pack, ...]: ...
    def __getitem__(self, at: int | slice) -> Pack | tuple[Pack, ...]:
        """Return one, or some."""
        if isinstance(at, slice):
            return tuple(one.opened().pack for one in self._held[at])
        return self._held[at].opened().pack

    def __eq__(self, other: object) -> bool:
        """Return whether something is a sequence of the same packs: a tuple of them may be."""
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        """Return the hash of how many there are, as that of the tuple needs all to be read."""
        return hash(len(self._held))

    def __reduce__(self) -> tuple[object, ...]:
        """Be a tuple in another process."""
        return tuple, (tuple(self),)


class ToldBy:
    """Reads from an index what tells languages apart, once it is wanted."""

    def __init__(self, data: bytes) -> None:
        """Take what `Telling.data` returned, in JSON."""
        self._data = data
        self._found: Telling | None = None

    def __call__(self) -> Telling:
        """Return it."""
        if self._found is None:
            self._found = Telling.from_data(json.loads(self._data))
        return self._found


class ToldOf:
    """Finds out from a pack what tells its languages apart, once it is wanted."""

    def __init__(self, pack: Pack) -> None:
        """Take the pack."""
        self._pack = pack
        self._found: Telling | None = None

    def __call__(self) -> Telling:
        """Return it."""
        if self._found is None:
            self._found = telling_of(self._pack)
        return self._found


def telling_of(pack: Pack) -> Telling:
    """Return what tells the languages of a pack apart."""
    lines = {one.language: [*_lines(one)] for one in (pack, *pack.spoken)}
    for one in pack.spoken:  # the pack's own cues may hold cries for help in languages that it does not speak
        lines[one.language] += [" ".join(_CUE_WORD.findall(cue)) for intent in one.intents for cue in intent.cues]
    return Telling.of(lines)


def _lines(pack: Pack) -> Iterator[str]:
    """Yield what people type in the language of a pack, and the names of its things."""
    for intent in pack.intents:
        if intent.phrases and intent.category not in GROUPS:
            yield intent.title
        yield from (line.text for line in intent.phrases)
    for group in pack.outside_group.values():
        yield from (line.text for line in group.phrases)
    for topic in pack.vocabulary.topics:
        yield from topic.names
    for aspect in pack.vocabulary.aspects:
        yield from aspect.cues
    for slot in pack.vocabulary.slots:
        yield from (name for value in slot.values for name in (*value.names, *value.cues))
