"""Changing single values of YAML files that people keep, and adding to their lists and mappings: all other bytes stay.

Where such a file was written another way than line by line (in brackets), it is refused and nothing is changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.errors import UsageError
from dimchat.files.yaml.read import parse
from dimchat.files.yaml.tree import ListNode, MapNode, TextNode
from dimchat.files.yaml.write import Faults, dumped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dimchat.files.yaml.tree import Node

_BLOCKS = ("|", ">")


class Edited:
    r"""A YAML file that is being changed.

    >>> file = Edited(b"# ours\n- id: a\n  title: One  # first\n  next:\n    - b\n", "x.yaml")
    >>> file.set("a", {"title": "Two", "next": ["b", "c"], "draft": "true"})
    >>> file.append([], [{"id": "b"}])
    >>> print(file.data.decode(), end="")
    # ours
    - id: a
      title: Two  # first
      next:
        - b
        - c
      draft: 'true'
    - id: b
    """

    def __init__(self, data: bytes, name: str) -> None:
        """Keep a file; an empty one is a list without items.

        Raises:
            UsageError: It cannot be read.
        """
        self._name = name
        self._crlf = b"\r\n" in data
        self._lines = data.decode("utf-8-sig", "strict").replace("\r\n", "\n").removesuffix("\n").split("\n")
        if self._lines == [""]:
            self._lines = []
        self.root: Node | None = self._parsed()
        self._inserted: dict[int, list[str]] = {}
        self._removed: set[int] = set()

    def _parsed(self) -> Node | None:
        faults = Faults()
        root = parse("\n".join([*self._lines, ""]).encode(), self._name, faults) if self._lines else None
        if faults:
            raise UsageError(f"nothing is changed in a file with errors: {faults[0]}")
        return root

    @property
    def data(self) -> bytes:
        """Return the file's bytes with the changes so far."""
        lines: list[str] = list(self._inserted.get(0, ()))
        for number, line in enumerate(self._lines, start=1):
            if number not in self._removed:
                lines.append(line)
            lines += self._inserted.get(number, ())
        return ("\r\n" if self._crlf else "\n").join([*lines, ""]).encode()

    def entries(self) -> Iterator[MapNode]:
        """Yield the mappings of a file that holds a list of them."""
        if isinstance(self.root, ListNode):
            yield from (item for item in self.root.items if isinstance(item, MapNode))

    def set(self, name: str, values: Mapping[str, object], within: Sequence[str] = ()) -> None:
        """Change values of the mapping with an id; a value that is None is taken out.

        Args:
            name: The id.
            values: The new values by key.
            within: The keys that lead to the list that the mapping is in; () for the file itself.

        Raises:
            UsageError: There is no such mapping, or it is not written line by line.
        """
        entry: Node | None = self.root
        for key in (*within, name):
            entry = _inner(entry, key)
        if not isinstance(entry, MapNode) or entry.flow:
            raise UsageError(f"{self._name}: {name} cannot be changed; write it with a key a line")
        keys = list(entry.entries.values())
        indent = " " * (keys[0][0].place.column - 1)
        for key, value in values.items():
            at = next((number for number, (node, _) in enumerate(keys) if node.text == key), None)
            rows = [] if value is None else [f"{indent}{row}".rstrip() for row in dumped({key: value}).splitlines()]
            if at is None:
                self._inserted.setdefault(self._end(entry), []).extend(rows)
                continue
            first, last = keys[at][0].place.line, self._end(keys[at][1])
            if at == 0 or (at + 1 < len(keys) and keys[at + 1][0].place.line <= last):
                raise UsageError(f"{keys[at][0].place}: {key!r} cannot be changed; write it on lines of its own")
            if first == last and len(rows) == 1:
                rows[0] += self._comment(keys[at][1])
            self._removed.update(range(first, last + 1))
            self._inserted.setdefault(last, [])[:0] = rows

    def append(self, path: Sequence[str], items: Sequence[object] | Mapping[str, object]) -> None:
        """Add to the end of a list or a mapping.

        Args:
            path: The keys that lead to it, and for an item of a list its id; () for the file itself. A key that is not
                there yet is made.
            items: The new items, or the new keys with their values.

        Raises:
            UsageError: It is written in brackets.
        """
        if not items:
            return
        node: Node | None = self.root
        depth = 0
        while depth < len(path) and (inner := _inner(node, path[depth])) is not None:
            node = inner
            depth += 1
        value: object = items
        for key in reversed(path[depth:]):
            value = {key: value}
        if node is None:
            self._inserted.setdefault(len(self._lines), []).extend(dumped(value).splitlines())
            return
        if (
            not isinstance(node, ListNode | MapNode)
            or node.flow
            or isinstance(node, MapNode) != isinstance(value, dict)
        ):
            raise UsageError(f"{node.place}: nothing can be added here; write it with an item a line")
        indent = " " * self._column(node)
        rows = [f"{indent}{row}" if row else row for row in dumped(value).splitlines()]
        self._inserted.setdefault(self._end(node), []).extend(rows)

    def _column(self, node: ListNode | MapNode) -> int:
        if isinstance(node, MapNode):
            return next(iter(node.entries.values()))[0].place.column - 1
        line = self._lines[node.items[0].place.line - 1]
        return len(line) - len(line.lstrip(" "))

    def _comment(self, node: Node) -> str:
        """Return the comment behind a value on its line, with the blanks before it."""
        behind = self._lines[node.end.line - 1][node.end.column - 1 :] if isinstance(node, TextNode) else ""
        return behind if behind.lstrip().startswith("#") else ""

    def _end(self, node: Node) -> int:
        """Return the last line of a value, from 1; comments and empty lines behind it do not count."""
        if isinstance(node, TextNode):
            last = node.end.line - 1 if node.style in _BLOCKS else node.end.line
            while last > node.place.line and not self._lines[last - 1].strip():
                last -= 1
            return min(last, len(self._lines))
        if isinstance(node, ListNode):
            inner: list[Node] = list(node.items)
        elif isinstance(node, MapNode):
            inner = [value for _, value in node.entries.values()]
        else:
            inner = []
        return max((self._end(one) for one in inner), default=node.place.line)


def _inner(node: Node | None, key: str) -> Node | None:
    """Return what stands under a key of a mapping, or the mapping with an id in a list."""
    if isinstance(node, ListNode):
        return next((one for one in node.items if isinstance(one, MapNode) and one.string("id") == key), None)
    return node.get(key) if isinstance(node, MapNode) else None
