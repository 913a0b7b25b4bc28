"""From an older format to the newest: what of a pack's first file must be written anew, and no byte else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dimchat.errors import PackError
from dimchat.files.yaml import MapNode, parse
from dimchat.pack import formats
from dimchat.pack.folder import PACK_FILE, names_of, read_all
from dimchat.pack.load import checked
from dimchat.pack.rules import Report

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.files.yaml import Node, TextNode

_RENAMED = {"elsewhere": "contact"}
"""Keys of `pack.yaml` that have another name in the newest format."""


class Upgrade(NamedTuple):
    """What an upgrade makes of a pack."""

    data: bytes
    """What `pack.yaml` holds from then on."""
    done: tuple[str, ...]
    """What was changed, in words; nothing where the pack is of the newest format."""


def upgraded(root: Path) -> Upgrade:
    """Return what an upgrade makes of the pack in a folder; nothing is written.

    Args:
        root: The folder.

    Raises:
        PackError: The pack has errors, or would have some in the newest format; they are listed.
    """
    report = Report()
    names = names_of(root, report)
    contents = read_all(root, names, report)
    checked(names, contents, report)
    if report.errors:
        raise PackError(report.errors)
    before = contents[PACK_FILE]
    data, done = _head(before)
    if data != before:
        after = Report()
        checked(names, {**contents, PACK_FILE: data}, after)
        if after.errors:
            raise PackError(after.errors)
    return Upgrade(data, done)


def _head(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    report = Report()
    head = parse(data, PACK_FILE, report)
    if not isinstance(head, MapNode):
        raise PackError(report.errors)
    end = b"\r\n" if b"\r\n" in data else b"\n" if b"\n" in data else b"\r"
    lines = data.split(end)
    done = []
    for old, new in _RENAMED.items():
        if old in head.entries and new not in head.entries:
            _replace(lines, head.entries[old][0], old, new, report)
            done.append(f"{old} is called {new} now, and is said whenever nothing helped")
    newest = f"format: {formats.NEWEST}"
    present = head.get("format")
    if present is None:
        _insert(lines, next(iter(head.entries.values()))[0], newest.encode() + end, report)
        done.append(newest)
    elif head.string("format") != str(formats.NEWEST):
        _replace(lines, present, head.string("format"), str(formats.NEWEST), report)
        done.append(newest)
    if report.errors:
        raise PackError(report.errors)
    return end.join(lines), tuple(done)


def _insert(lines: list[bytes], first: TextNode, text: bytes, report: Report) -> None:
    """Put a line before that of the first key, indented as that is."""
    number, column = first.place.line - 1, first.place.column - 1
    mark = b"\xef\xbb\xbf" if number == 0 and lines[0].startswith(b"\xef\xbb\xbf") else b""
    line = lines[number].removeprefix(mark)
    indent = line[:column]
    if indent.strip():
        report.add("bad-value", first.place, "keys stand on lines of their own; this file cannot be upgraded as it is")
    else:
        lines[number] = mark + indent + text + line


def _replace(lines: list[bytes], node: Node, old: str, new: str, report: Report) -> None:
    """Write another word where a word stands."""
    number = node.place.line - 1
    at = lines[number].find(old.encode(), node.place.column - 1)
    if at < 0:
        report.add("bad-value", node.place, f"{old!r} is not written out here; this file cannot be upgraded as it is")
        return
    lines[number] = lines[number][:at] + new.encode() + lines[number][at + len(old) :]
