"""The tree of a YAML file: texts, lists and mappings that know their place.

A number, a date or `yes` is a text like any other: what it means is for the reader to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from dimchat.model import Place


class Reporter(Protocol):
    """Takes what is wrong with a file; `dimchat.pack.rules.Report` is one."""

    def add(self, rule: str, place: Place, message: str, hint: str | None = None) -> None:
        """Note a problem: the rule that is broken, where, what is wrong, and what was probably meant."""
        ...


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a file, by which a position inside a text finds its line and column."""

    file: str
    lines: tuple[str, ...]


@dataclass(slots=True, unsafe_hash=True)  # not frozen: a pack has 15,000, and that would take three times as long
class TextNode:
    """A scalar; always text."""

    text: str
    place: Place
    """Where the value starts; at the `|` for a block."""
    end: Place
    style: str = ""
    """`""` when written plainly, else one of `'`, `"`, `|`, `>`."""
    source: Lines = field(default=Lines("", ()), repr=False, compare=False)

    @property
    def content_place(self) -> Place:
        """Return where the first character of the text itself stands; the next line for a block."""
        if self.style not in ("|", ">"):
            return self.place
        for number in range(self.place.line, len(self.source.lines)):
            line = self.source.lines[number]
            if line.strip():
                return Place(self.place.file, number + 1, len(line) - len(line.lstrip(" ")) + 1)
        return self.place

    def place_of(self, part: str, offset: int) -> Place:
        """Return where `part`, which stands at `offset` in the text, stands in the file.

        Falls back on the start of the value where folding or an escape hides it.
        """
        before = self.text.count(part, 0, offset)
        for number in range(self.place.line - 1, min(self.end.line, len(self.source.lines))):
            line = self.source.lines[number]
            start = self.place.column - 1 if number == self.place.line - 1 else 0
            stop = self.end.column - 1 if number == self.end.line - 1 else len(line)
            while part and (start := line.find(part, start, stop)) >= 0:
                if before == 0:
                    return Place(self.place.file, number + 1, start + 1)
                before -= 1
                start += len(part)
        return self.place


@dataclass(frozen=True, slots=True)
class ListNode:
    """A sequence."""

    items: tuple[Node, ...]
    place: Place
    flow: bool = False
    """Whether it is written in brackets."""


@dataclass(frozen=True, slots=True)
class MapNode:
    """A mapping whose keys are texts, each once."""

    entries: dict[str, tuple[TextNode, Node]]
    """The key as it stands in the file, and its value."""
    place: Place
    flow: bool = False

    def text(self, key: str) -> TextNode | None:
        """Return the text under a key, or None."""
        value = self.get(key)
        return value if isinstance(value, TextNode) else None

    def string(self, key: str, default: str = "") -> str:
        """Return the characters of the text under a key, or the default."""
        value = self.text(key)
        return default if value is None else value.text

    def texts(self, key: str) -> tuple[TextNode, ...]:
        """Return the texts under a key, in order.

        A single text counts as a list of one, and a mapping in a list, see `shapes.Either`, as its `text`.
        """
        value = self.get(key)
        if isinstance(value, TextNode):
            return (value,)
        items = value.items if isinstance(value, ListNode) else ()
        found = (item.text("text") if isinstance(item, MapNode) else item for item in items)
        return tuple(item for item in found if isinstance(item, TextNode))

    def maps(self, key: str) -> tuple[MapNode, ...]:
        """Return the mappings in the list under a key, in order."""
        value = self.get(key)
        return tuple(item for item in value.items if isinstance(item, MapNode)) if isinstance(value, ListNode) else ()

    def get(self, key: str) -> Node | None:
        """Return whatever stands under a key, or None."""
        entry = self.entries.get(key)
        return None if entry is None else entry[1]

    def place_of(self, key: str) -> Place:
        """Return where the value of a key stands, or the mapping where the key is not there."""
        value = self.get(key)
        return self.place if value is None else value.place


@dataclass(frozen=True, slots=True)
class RefusedNode:
    """Something that was reported already, such as an alias; nothing more is said about it."""

    place: Place


Node: TypeAlias = TextNode | ListNode | MapNode | RefusedNode
