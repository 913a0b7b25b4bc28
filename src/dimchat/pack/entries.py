"""Reading the entries of a pack's files: what is the same for every kind of them, and in every language."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dimchat.files.yaml import ListNode, MapNode, TextNode, parse, take
from dimchat.model import OutsideGroup, Phrase
from dimchat.pack.draft import Draft, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dimchat.files.yaml import Node
    from dimchat.files.yaml.shapes import Shape
    from dimchat.pack.draft import Named
    from dimchat.pack.rules import Report


class FileReader:
    """Reads files into a draft."""

    def __init__(self, names: frozenset[str], contents: Mapping[str, bytes], report: Report) -> None:
        """Start with an empty draft.

        Args:
            names: The files that are there.
            contents: The bytes of those that could be read.
            report: Where to say what is wrong.
        """
        self.contents = contents
        self.report = report
        self.draft = Draft(names)

    def tree_of(self, name: str) -> Node | None:
        """Return the tree of a file, None where it cannot be read."""
        return parse(self.contents[name], name, self.report) if name in self.contents else None

    def entries(self, name: str, shape: Shape, *named: Named) -> Iterator[MapNode]:
        """Yield the entries of a list file that have the right form, each id once; note all ids."""
        tree = self.tree_of(name)
        if tree is None:
            if name in self.draft.names:
                for ids in named:
                    ids.complete = False
            return
        fitting = take(tree, shape, self.report)
        if not isinstance(tree, ListNode) or not isinstance(fitting, ListNode):
            for ids in named:
                ids.complete = False
            return
        first = self.note(tree.items, *named)
        for entry in fitting.items:
            if isinstance(entry, MapNode) and entry.place_of("id") in first:
                yield entry

    def note(self, items: Iterable[Node], *named: Named) -> set[object]:
        """Note the ids of these entries; return the places of those that are not repeats."""
        first: set[object] = set()
        for item in items:
            key = item.text("id") if isinstance(item, MapNode) else None
            for ids in named:
                if key is None:
                    ids.complete = False
                elif key.text in ids.places:
                    earlier = ids.places[key.text]
                    where = f"{earlier.file}:{earlier.line}"
                    self.report.add("duplicate-id", key.place, f"the id {key.text!r} stands already in {where}")
                else:
                    ids.places[key.text] = key.place
                    first.add(key.place)
        return first


def variants_of(entry: MapNode) -> list[tuple[TextNode, tuple[TextNode, TextNode]]]:
    """Return the name of each reader with the short form and the text for it."""
    found = entry.get("variants")
    entries = found.entries.values() if isinstance(found, MapNode) else ()
    nodes = ((key, node.text("short"), node.text("text")) for key, node in entries if isinstance(node, MapNode))
    return [(key, (short, text)) for key, short, text in nodes if short is not None and text is not None]


def both_forms(found: Node | None) -> tuple[TextNode, ...]:
    """Return the short form and the text of an overview; () where there is none."""
    nodes = (found.text("short"), found.text("text")) if isinstance(found, MapNode) else ()
    return tuple(node for node in nodes if node is not None)


def as_text(both: tuple[TextNode, ...]) -> tuple[str, str]:
    """Return a short form and a text as plain texts."""
    return line(both[0]), both[1].text.strip("\n")


def pairs_of(node: Node | None) -> tuple[tuple[str, str], ...]:
    """Return the keys of a mapping with their texts."""
    entries = node.entries.values() if isinstance(node, MapNode) else ()
    return tuple((key.text, value.text.strip("\n")) for key, value in entries if isinstance(value, TextNode))


def lines_of(entry: MapNode, key: str) -> tuple[str, ...]:
    """Return the texts of a list, each of one line."""
    return tuple(line(node) for node in entry.texts(key))


def phrases_of(entry: MapNode, key: str) -> tuple[Phrase, ...]:
    """Return the lines of a list with their places and authors."""
    listed = entry.get(key)
    items = listed.items if isinstance(listed, ListNode) else ()
    authors = (item.string("by") if isinstance(item, MapNode) else "" for item in items)
    return tuple(Phrase(line(node), node.place, by) for node, by in zip(entry.texts(key), authors, strict=True))


def group_of(entry: MapNode) -> OutsideGroup:
    """Return a group of what the pack must not answer."""
    phrases, told = phrases_of(entry, "phrases"), entry.string("told") != "false"
    return OutsideGroup(entry.string("id"), line(entry.text("title")), phrases, entry.place_of("id"), told=told)


def optional(entry: MapNode, key: str) -> str | None:
    """Return a text of one line; None where there is none."""
    return line(entry.text(key)) or None


def day(node: TextNode | None) -> date | None:
    """Return the day that a text writes as YYYY-MM-DD."""
    return None if node is None else date.fromisoformat(node.text)
