"""Adding a line to a YAML file in the place where a curator would, every other byte as it was.

Writing a file anew from what was read would lose comments, quotes and the way it is laid out. The
loader knows where each text stands; a line is put in there, and the result is read again: it must
hold what it held before and the one text more, or nothing is changed.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from dimchat.errors import JournalError
from dimchat.files.text import without_invisible
from dimchat.files.yaml import ListNode, MapNode, TextNode, parse
from dimchat.pack.rules import Report

if TYPE_CHECKING:
    from collections.abc import Callable

    from dimchat.files.yaml import Node

_BARE = re.compile(r"[A-Za-z][\w ,.?!()/'-]*[\w.?!)]")
"""Texts that need no quotes in YAML."""
_ITEM = re.compile(rb"( *-[ ]+)\S")
_BLOCKS = ("|", ">")


def scalar(text: str) -> str:
    """Return a text as a YAML scalar on one line."""
    text = cleaned(text)
    return text if _BARE.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def cleaned(text: str) -> str:
    """Return a text on one line, without what no file of a pack may hold."""
    return " ".join(without_invisible(text, " ").split())


def entries(data: bytes, name: str) -> tuple[MapNode, ...]:
    """Return the mappings of a file that holds a list of them.

    Args:
        data: The file's bytes.
        name: What to call it.

    Returns:
        The mappings; none where the file is empty.

    Raises:
        JournalError: It cannot be read, or holds something other than a list.
    """
    report = Report()
    root = parse(data, name, report)
    if root is None and [problem.rule for problem in report.problems] == ["empty-file"]:
        return ()
    if not isinstance(root, ListNode) or report.errors:
        wrong = str(report.errors[0]) if report.errors else f"{name}: this is no list"
        raise JournalError(f"nothing is added to a file with errors: {wrong}")
    return tuple(item for item in root.items if isinstance(item, MapNode))


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
        JournalError: The file cannot be read, or its list is not written with an item a line.
    """
    there = entries(data, name)
    at = next((number for number, each in enumerate(there) if found(each)), None)
    if at is None:
        return None
    entry = there[at]
    items = entry.get(key)
    if not isinstance(items, ListNode) or not items.items:
        raise JournalError(f"{entry.place}: there is no list under {key!r} to add to")
    added = _after(data, items, text, key)
    wanted = [_plain(each) for each in there]
    wanted[at][key].append(cleaned(text))
    if [_plain(each) for each in entries(added, name)] != wanted:
        raise JournalError(f"{items.place}: a line cannot be added here; write the list with an item a line")
    return added


def with_entry(data: bytes, name: str, block: str) -> bytes:
    """Return a file with one mapping more at the end of its list.

    Args:
        data: The file's bytes; empty for a new file.
        name: What to call it.
        block: The mapping as YAML: `- ` before its first line, two spaces before the others, and a last line break.

    Raises:
        JournalError: The file cannot be read, or something stands after its list.
    """
    there = entries(data, name)
    indent = b" " * max(there[-1].place.column - 3, 0) if there else b""
    rows = b"".join(indent + row for row in block.encode().splitlines(keepends=True))
    gap = b"" if not data else b"\n" if data.endswith(b"\n") else b"\n\n"
    added = gap + rows
    if b"\r\n" in data:
        added = added.replace(b"\n", b"\r\n")
    result = data + added
    after = entries(result, name)
    old = [_plain(each) for each in there]
    if len(after) != len(there) + 1 or [_plain(each) for each in after[:-1]] != old:
        raise JournalError(f"{name}: nothing can be added at the end of this file")
    return result


def _after(data: bytes, items: ListNode, text: str, key: str) -> bytes:
    last = items.items[-1]
    rows = data.split(b"\n")
    if not items.flow and isinstance(last, TextNode) and last.style not in _BLOCKS:
        row = rows[last.place.line - 1]
        lead = _ITEM.match(row)
        if lead is not None and lead.end(1) == last.place.column - 1:
            ending = b"\r" if row.endswith(b"\r") else b""
            rows.insert(last.end.line, lead[1] + scalar(text).encode() + ending)
            return b"\n".join(rows)
    raise JournalError(f"{items.place}: the list {key!r} is not written with an item a line, so no line can be added")


def _plain(node: Node | None) -> Any:  # noqa: ANN401 - whatever YAML can say
    """Return a tree without its places."""
    if isinstance(node, TextNode):
        return node.text
    if isinstance(node, ListNode):
        return [_plain(item) for item in node.items]
    if isinstance(node, MapNode):
        return {key: _plain(value) for key, (_, value) in node.entries.items()}
    return None
