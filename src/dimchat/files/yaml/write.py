"""Writing YAML as the files of a pack have it, and adding to such a file where a curator would.

A file that is written anew from what was read would lose its comments, its quotes and the way it is laid out. The
reader knows where each text stands: what is new is put in there, every other byte stays, and the result is read
again. It must hold what it held before and the one thing more, or nothing is changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from dimchat.errors import UsageError
from dimchat.files.text import without_invisible
from dimchat.files.yaml.read import parse
from dimchat.files.yaml.tree import ListNode, MapNode, TextNode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dimchat.files.yaml.tree import Node
    from dimchat.model import Place

_ITEM = re.compile(rb"( *-[ ]+)\S")
_BLOCKS = ("|", ">")


class Prose(str):
    """A text that is written as a block of lines."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Indents lists as the rest of a pack does."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - yaml's
        super().increase_indent(flow, False)  # noqa: FBT003


_Dumper.add_representer(
    Prose, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|")
)


def dumped(data: object) -> str:
    r"""Return plain data as YAML: in the order given, in block style, no line wrapped, each `Prose` as a block.

    >>> dumped([{"intent": "shop.hours", "ask": ["open on 1/1?", "yes"]}])
    "- intent: shop.hours\n  ask:\n    - open on 1/1?\n    - 'yes'\n"
    """
    text: str = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1_000_000)
    return text


def one_line(text: str) -> str:
    """Return a text on one line, without what no file of a pack may hold."""
    return " ".join(without_invisible(text, " ").split())


class Faults(list[str]):
    """Collects what is wrong with a file."""

    def add(self, rule: str, place: Place, message: str, hint: str | None = None) -> None:  # noqa: ARG002 - Reporter's
        """Note a problem, but for an empty file: it is a list without items."""
        if rule != "empty-file":
            self.append(f"{place}: {message}")


def entries(data: bytes, name: str) -> tuple[MapNode, ...]:
    """Return the mappings of a file that holds a list of them.

    Args:
        data: The file's bytes.
        name: What to call it.

    Returns:
        The mappings; none where the file is empty.

    Raises:
        UsageError: It cannot be read, or holds something other than a list.
    """
    faults = Faults()
    root = parse(data, name, faults)
    if root is not None and not isinstance(root, ListNode):
        faults.append(f"{name}: this is no list")
    if faults:
        raise UsageError(f"nothing is added to a file with errors: {faults[0]}")
    return tuple(item for item in root.items if isinstance(item, MapNode)) if isinstance(root, ListNode) else ()


def with_item(data: bytes, name: str, found: Callable[[MapNode], bool], key: str, text: str) -> bytes | None:
    """Return a file with one text more at the end of a list.

    Args:
        data: The file's bytes: a list of mappings.
        name: What to call it.
        found: Tells the mapping; the first one that fits is taken.
        key: The key of its list.
        text: What to add.

    Returns:
        The file's bytes with the line, or None where no mapping fits.

    Raises:
        UsageError: The file cannot be read, or its list is not written with an item a line.
    """
    there = entries(data, name)
    at = next((number for number, each in enumerate(there) if found(each)), None)
    if at is None:
        return None
    entry = there[at]
    items = entry.get(key)
    if not isinstance(items, ListNode) or not items.items:
        raise UsageError(f"{entry.place}: there is no list under {key!r} to add to")
    added = _after(data, items, one_line(text), key)
    wanted = [plain(each) for each in there]
    wanted[at][key].append(one_line(text))
    if [plain(each) for each in entries(added, name)] != wanted:
        raise UsageError(f"{items.place}: a line cannot be added here; write the list with an item a line")
    return added


def with_entry(data: bytes, name: str, entry: Mapping[str, object], *, apart: bool = True) -> bytes:
    """Return a file with one mapping more at the end of its list.

    Args:
        data: The file's bytes; empty for a new file.
        name: What to call it.
        entry: The mapping.
        apart: Whether an empty line stands before it.

    Raises:
        UsageError: The file cannot be read, or something stands after its list.
    """
    there = entries(data, name)
    indent = b" " * max(there[-1].place.column - 3, 0) if there else b""
    rows = b"".join(indent + row for row in dumped([entry]).encode().splitlines(keepends=True))
    gap = b"" if not data or data.endswith(b"\n") else b"\n"
    added = gap + (b"\n" if data and apart else b"") + rows
    if b"\r\n" in data:
        added = added.replace(b"\n", b"\r\n")
    result = data + added
    after = entries(result, name)
    old = [plain(each) for each in there]
    if len(after) != len(there) + 1 or [plain(each) for each in after[:-1]] != old:
        raise UsageError(f"{name}: nothing can be added at the end of this file")
    return result


def _after(data: bytes, items: ListNode, text: str, key: str) -> bytes:
    last = items.items[-1]
    rows = data.split(b"\n")
    # A phrase with its author is a mapping on one line; what it spans otherwise is found out when all is read again.
    end = last.text("text") if isinstance(last, MapNode) and last.flow else last
    if not items.flow and isinstance(end, TextNode) and end.style not in _BLOCKS:
        row = rows[last.place.line - 1]
        lead = _ITEM.match(row)
        if lead is not None and lead.end(1) == last.place.column - 1:
            ending = b"\r" if row.endswith(b"\r") else b""
            rows.insert(end.end.line, lead[1] + dumped([text]).removeprefix("- ").rstrip("\n").encode() + ending)
            return b"\n".join(rows)
    raise UsageError(f"{items.place}: the list {key!r} is not written with an item a line, so no line can be added")


def plain(node: Node | None) -> Any:  # noqa: ANN401 - whatever YAML can say
    """Return a tree without its places."""
    if isinstance(node, TextNode):
        return node.text
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    if isinstance(node, MapNode):
        return {key: plain(value) for key, (_, value) in node.entries.items()}
    return None
