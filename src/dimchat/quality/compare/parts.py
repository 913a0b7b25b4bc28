"""A pack taken apart into the smallest things that a curator edits, each with its place."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from dimchat.errors import PackError
from dimchat.files.yaml import ListNode, MapNode, TextNode
from dimchat.language.citations import citations, without
from dimchat.model import CONVERSATION, SAFETY, Place
from dimchat.pack.draft import VALUES
from dimchat.pack.folder import CALIBRATION, TABLES, names_of, read_node
from dimchat.pack.rules import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.files.yaml import Node
    from dimchat.model import Pack
    from dimchat.tables import Table

_INTENT = {
    "title": "title",
    "phrases": "phrase",
    "not": "not",
    "next": "next",
    "cues": "safety cue",
    "unless": "unless",
}
_VOCABULARY = {"topics": "topic", "aspects": "aspect"}
_BEFORE_MARK = re.compile(r" (?=[.,:;!?)])")
"""The space that a citation leaves behind where a mark follows."""
SINGLE = frozenset({"title", "answer", "reads", "source", "value", "table", "cell", "calibration", "pack"})
"""Kinds of which an owner has one for each key, so that another text is the same part changed."""

DATES = ("reviewed", "review_by", "as_of")
"""Keys of an answer that say how old it is."""


class Part(NamedTuple):
    """One line of a phrase, one synonym, one text, one citation, one value."""

    kind: str
    """`phrase`, `not`, `outside`, `synonym`, `answer`, `citation`, ...: what a person calls it."""
    owner: str
    """The id, or the word, that it belongs to; "" where it stands for itself."""
    key: str
    """The key under which it stands."""
    text: str
    place: Place
    node: TextNode | None = None
    """Where a text of many lines stands, to find a word in it."""

    @property
    def name(self) -> tuple[str, str, str, str]:
        """Return what tells it from others, wherever it stands."""
        return self.kind, self.owner, self.key, self.text


def parts_of(pack: Pack) -> tuple[Part, ...]:
    """Return the parts of a pack that was loaded, by file and in the order in which they stand.

    What belongs to a draft is none of them. A calibration that was computed from other intents is not in force.

    Args:
        pack: The pack.

    Raises:
        PackError: A file can no longer be read.
    """
    root, report = Path(pack.root), Report()
    parts: list[Part] = []
    for name in sorted(name for name in names_of(root, report) if not name.endswith((".csv", ".png"))):
        node = read_node(root / name, name, report, within=root)
        if node is not None:
            parts += (part for part in _of_file(name, node, pack.format) if part.owner not in pack.drafts)
    if report.errors:
        raise PackError(report.errors)
    for table in pack.tables:
        parts += _cells(table)
    if any(part.kind == "calibration" for part in parts):
        parts.append(
            Part(
                "calibration",
                "",
                "in force",
                "yes" if pack.calibration and not pack.stale else "no",
                Place(CALIBRATION),
            )
        )
    return tuple(parts)


def _of_file(name: str, node: Node, format_: int) -> Iterator[Part]:
    path = PurePosixPath(name)
    folder, *language = path.parts[:-1] or (".",)
    if language:
        own = f"{folder}/{path.name}"
        yield from (part._replace(key=f"{part.key} in {language[0]}") for part in _of_file(own, node, format_))
        return
    folder, stem = str(path.parent), path.stem
    if name == CALIBRATION and isinstance(node, MapNode):
        yield from _calibration(node)
    elif folder == "." and isinstance(node, MapNode):
        yield from _head(node, "")
    elif folder == TABLES and isinstance(node, MapNode) and format_ > 1:
        for part in _head(node, ""):
            key = f"{part.owner}.{part.key}" if part.owner else part.key
            yield part._replace(kind="table", owner=stem, key=key)
    elif name == "intents/vocabulary.yaml" and isinstance(node, MapNode):
        yield from _vocabulary(node)
    elif isinstance(node, ListNode):
        valued = format_ > 1 and name == VALUES
        for entry in node.items:
            if isinstance(entry, MapNode):
                yield from _of_record("value", entry) if valued else _of_entry(folder, stem, entry)


def _of_entry(folder: str, stem: str, entry: MapNode) -> Iterator[Part]:
    owner = entry.string("id")
    if folder == "intents":
        for key, kind in _INTENT.items():
            outside = stem == "outside" and key == "phrases"
            yield from _texts("outside" if outside else kind, owner, key, entry)
    elif stem == "sources":
        yield from _of_record("source", entry)
    elif stem in (CONVERSATION, SAFETY):
        yield from _texts("wording", owner, "texts", entry)
    else:
        yield from _answer(owner, entry)


def _of_record(kind: str, entry: MapNode) -> Iterator[Part]:
    for key in entry.entries:
        if key != "id":
            yield from _texts(kind, entry.string("id"), key, entry)


def _texts(kind: str, owner: str, key: str, entry: MapNode) -> Iterator[Part]:
    for node in entry.texts(key):
        yield Part(kind, owner, key, node.text.strip("\n"), node.place, node)


def _answer(owner: str, entry: MapNode) -> Iterator[Part]:
    for key in ("short", "text"):
        node = entry.text(key)
        if node is not None:
            yield from _cited(owner, key, node)
    for key in (*DATES, "owner", "contact"):
        yield from _texts("answer", owner, key, entry)
    table = entry.get("table")
    for part in _head(table, "") if isinstance(table, MapNode) else ():
        yield part._replace(kind="reads", owner=owner, key=part.key)
    overview = entry.get("overview")
    for key in ("short", "text"):
        node = overview.text(key) if isinstance(overview, MapNode) else None
        if node is not None:
            yield from _cited(owner, f"{key} of the overview", node)
    variants = entry.get("variants")
    for reader, (_, variant) in variants.entries.items() if isinstance(variants, MapNode) else ():
        for key in ("short", "text"):
            node = variant.text(key) if isinstance(variant, MapNode) else None
            if node is not None:
                yield from _cited(owner, f"{key} for {reader}", node)


def _cited(owner: str, key: str, node: TextNode) -> Iterator[Part]:
    """Yield a text of an answer, then each of its citations."""
    yield Part("answer", owner, key, node.text.strip("\n"), node.content_place, node)
    for cited in citations(node.text):
        place = node.place_of(f"@{cited.source}", cited.start)
        yield Part("citation", owner, key, cited.name, place)


def _vocabulary(node: MapNode) -> Iterator[Part]:
    for key, kind in _VOCABULARY.items():
        for entry in node.maps(key):
            for own in entry.entries:
                if own != "id":
                    yield from _texts(kind, entry.string("id"), own, entry)
    for entry in node.maps("synonyms"):
        yield from _texts("synonym", entry.string("word"), "also", entry)
    yield from _texts("filler", "", "filler", node)
    slots = node.get("slots")
    for name, (_, slot) in slots.entries.items() if isinstance(slots, MapNode) else ():
        for value in slot.maps("values") if isinstance(slot, MapNode) else ():
            for key in ("names", "cues"):
                yield from _texts("slot", f"{name} {value.string('id')}", key, value)
        for group in slot.maps("groups") if isinstance(slot, MapNode) else ():
            yield from _texts("slot", f"{name} {group.string('name')}", "values", group)


def _cells(table: Table) -> Iterator[Part]:
    """Yield the cells of a table, each under its row's key and its column."""
    others = [column.name for column in table.columns if column.name not in table.key]
    for at, row in enumerate(table.rows):
        own = ", ".join(row[name] for name in table.key)
        for name in others:
            yield Part("cell", table.name, f"{own}: {name}", row[name], Place(f"{TABLES}/{table.name}.csv", at + 2))


def _calibration(node: MapNode) -> Iterator[Part]:
    for key in ("floor", "margin"):
        yield from _texts("calibration", "", key, node)
    weights = node.texts("weights")
    if weights:
        yield Part("calibration", "", "weights", ", ".join(one.text for one in weights), node.place_of("weights"))
    for key in ("followups", "thresholds", "meaning"):
        held = node.get(key)
        if isinstance(held, MapNode):
            numbers = ", ".join(f"{name} {held.string(name)}" for name in held.entries)
            yield Part("calibration", "", key, numbers, node.place_of(key))


def _head(node: MapNode, owner: str) -> Iterator[Part]:
    for key in node.entries:
        value = node.get(key)
        if isinstance(value, MapNode):
            yield from _head(value, f"{owner}.{key}" if owner else key)
        else:
            yield from _texts("pack", owner, key, node)


def words_alone(text: str) -> str:
    """Return an answer's text without its citations, in single spaces."""
    return _BEFORE_MARK.sub("", " ".join(without(text).split()))
