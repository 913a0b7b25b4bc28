"""From the bytes of a YAML file to a tree, through the parser's events.

Events rather than composed nodes, because a composed node no longer says whether it had an
anchor or a tag, and because the C composer overflows the stack where the nesting is deep.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any

import yaml

from dimchat.files.disk import printable
from dimchat.files.text import SUSPECT, code_point, decode, invisible, without_invisible
from dimchat.files.yaml.tree import Lines, ListNode, MapNode, Node, RefusedNode, TextNode
from dimchat.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.files.yaml.tree import Reporter


DEPTH = 32
"""How deep lists and mappings may nest."""

_AT_MOST = 10
"""How many tabs, or control characters, of one file are worth a line each."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INDENTED = re.compile(f"^ *[\t{SUSPECT}]", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]{}]")
_OPENS_AFTER = frozenset(" \n\t[{,")
"""What may stand before a bracket that opens a list or a mapping; after anything else it is part of a text."""

_MEANINGS = (
    ("mapping values are not allowed", "': ' inside a plain text; put the text in quotes"),
    ("cannot start any token", "a plain text cannot start with this character; put the text in quotes"),
    ("unexpected end of stream", "a quotation mark that is opened and never closed"),
    ("expected ',' or ']'", "a bracket '[' that is not closed; a text that starts with '[' is put in quotes"),
    ("expected ',' or '}'", "a brace '{' that is not closed; a text that starts with '{' is put in quotes"),
    (
        "could not find expected ':'",
        "a line that is neither 'key: value' nor '- text'; check dash, colon and indentation",
    ),
    ("did not find expected '-' indicator", "a line at the indentation of a list that does not start with '- '"),
    ("block sequence entries are not allowed", "'- ' is not allowed here; check the indentation"),
    ("did not find expected key", "not a key here; check the indentation, and quote a text that holds ': ' or quotes"),
    ("did not find expected <document start>", "does not belong to what stands above; check the indentation"),
    ("unknown escape character", "an escape that YAML does not know; in double quotes, write \\\\ for a backslash"),
    ("undefined tag handle", "YAML tags are not read; put a text that starts with '!' in quotes"),
    ("found undefined alias", "a text that starts with '*' is put in quotes"),
    ("did not find expected alphabetic or numeric", "a text that starts with '*' or '&' is put in quotes"),
)


def parse(data: bytes, name: str, report: Reporter) -> Node | None:
    """Return the tree of the bytes of a YAML file, or None when there is none, which is reported."""
    file = printable(name)
    text = _decode(data, file, report)
    if text is None:
        return None
    text = _cleaned(text, file, report)
    if text is None or _too_deep(text, file, report):
        return None
    return _Builder(file, text, report).build()


def _decode(data: bytes, file: str, report: Reporter) -> str | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        report.add("not-utf8", Place(file), "this is UTF-16; save the file as UTF-8")
        return None
    try:
        return decode(data)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        bad = error.object[error.start]
        place = _place_in(before, len(before), file)
        report.add("not-utf8", place, f"byte 0x{bad:02x} is not UTF-8; save the file as UTF-8")
        return None


def _with_plain_ends(text: str) -> str:
    """Return a text whose lines, the last one too, end with LF and no blanks: what nobody sees changes nothing."""
    text = text.replace("\r\n", "\n")
    if "\n" not in text:  # as old Macs ended lines
        text = text.replace("\r", "\n")
    text = "\n".join([line.rstrip(" \t") for line in text.split("\n")])
    return text if not text or text.endswith("\n") else text + "\n"


def _cleaned(text: str, file: str, report: Reporter) -> str | None:
    """Return the text with what must not be in it replaced by spaces, so that the rest can still be read."""
    text = _with_plain_ends(text)
    found = unseen(text)
    if not found:
        return text
    for count, (at, character) in enumerate(found[: _AT_MOST + 1]):
        place = _place_in(text, at, file)
        if count == _AT_MOST:
            report.add("control-character", place, f"{len(found) - count} more of these")
        elif character == "\t":
            report.add("tab", place, "a tab; indent and separate with spaces")
        else:
            report.add("control-character", place, f"an invisible character, {code_point(character)}; take it out")
    # What a tab in the indentation was meant to be is anyone's guess; what follows from it would be noise.
    return None if _INDENTED.search(text) else without_invisible(text, " ").replace("\t", " ")


def unseen(text: str) -> list[tuple[int, str]]:
    """Return offset and character of the tabs in a text and of whatever else nobody sees.

    Line breaks of its own kind, which only YAML counts, are among it: they would put every later line number off.
    """
    tabs = [(match.start(), "\t") for match in re.finditer("\t", text)] if "\t" in text else []
    return sorted([*invisible(text), *tabs])


def _place_in(text: str, offset: int, file: str) -> Place:
    return Place(file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _too_deep(text: str, file: str, report: Reporter) -> bool:
    """Return whether brackets open deeper than allowed, before the parser sees them."""
    depth = 0
    for match in _BRACKET.finditer(text):
        at = match.start()
        if match[0] in "]}":
            depth = max(0, depth - 1)
        elif at == 0 or text[at - 1] in _OPENS_AFTER:
            depth += 1
        if depth > DEPTH:
            place = _place_in(text, at, file)
            report.add("too-deep", place, f"more than {DEPTH} brackets open inside each other")
            return True
    return False


class _Builder:
    """Builds the tree of one file from the parser's events."""

    def __init__(self, file: str, text: str, report: Reporter) -> None:
        self._report = report
        self._file = file
        self._text = text
        self._lines = Lines(file, tuple(text.split("\n")))
        self._depth = 0

    def build(self) -> Node | None:
        """Return the tree, or None after a fault that ends all reading."""
        loader = _LOADER(self._text)
        try:
            return self._document(iter(loader.get_event, None))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = Place(self._file) if mark is None else Place(self._file, mark.line + 1, mark.column + 1)
            self._report.add("yaml-syntax", place, _meaning(error.problem or error.context or "not valid YAML"))
        except yaml.YAMLError as error:
            self._report.add("yaml-syntax", Place(self._file), _meaning(str(error)))
        except _StopReading:
            pass
        finally:
            loader.dispose()
        return None

    def _document(self, events: Iterator[Any]) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._add("several-documents", event, "a second YAML document; a file holds one")
                    raise _StopReading
                if event.version or event.tags:
                    self._add("several-documents", event, "YAML directives are not read; take the line with % out")
                root = self._node(next(events), events)
        if root is None or (isinstance(root, TextNode) and not root.text and not root.style):
            self._report.add("empty-file", Place(self._file), "the file is empty")
            return None
        return root

    def _node(self, event: Any, events: Iterator[Any]) -> Node:  # noqa: ANN401
        place = self._place(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            self._add(
                "anchor", event, f"the alias *{event.anchor}; write it out, and quote a text that starts with '*'"
            )
            return RefusedNode(place)
        if event.anchor is not None:
            self._add("anchor", event, f"the anchor &{event.anchor}; anchors are not read")
        if event.tag is not None:
            self._add("tag", event, "a YAML tag; tags are not read, and a text that starts with '!' is put in quotes")
        if isinstance(event, yaml.ScalarEvent):
            return self._text_node(event, place)
        self._depth += 1
        if self._depth > DEPTH:
            self._add("too-deep", event, f"more than {DEPTH} lists and mappings inside each other")
            raise _StopReading
        flow = bool(event.flow_style)
        made: Node
        if isinstance(event, yaml.SequenceStartEvent):
            made = ListNode(tuple(self._items(events)), place, flow)
        else:
            made = MapNode(self._entries(events), place, flow)
        self._depth -= 1
        return made

    def _items(self, events: Iterator[Any]) -> Iterator[Node]:
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            yield self._node(event, events)

    def _entries(self, events: Iterator[Any]) -> dict[str, tuple[TextNode, Node]]:
        entries: dict[str, tuple[TextNode, Node]] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events)
            value = self._node(next(events), events)
            if not isinstance(key, TextNode):
                if not isinstance(key, RefusedNode):
                    self._report.add(
                        "wrong-type", key.place, "a key is a text; quote a text that starts with '[' or '{'"
                    )
            elif key.text in entries:
                line = entries[key.text][0].place.line
                self._report.add("duplicate-key", key.place, f"the key {key.text!r} stands already in line {line}")
            elif key.text == "<<" and not key.style:
                self._report.add("anchor", key.place, "a merge key; write it out")
            else:
                entries[key.text] = (key, value)
        return entries

    def _text_node(self, event: Any, place: Place) -> Node:  # noqa: ANN401
        style = event.style or ""
        if style == '"' and (hidden := unseen(event.value)):
            message = f"an escape for an invisible character, {code_point(hidden[0][1])}"
            self._report.add("control-character", place, message)
            return RefusedNode(place)
        return TextNode(event.value, place, self._place(event.end_mark), style, self._lines)

    def _place(self, mark: Any) -> Place:  # noqa: ANN401
        return Place(self._file, mark.line + 1, mark.column + 1)

    def _add(self, rule: str, event: Any, message: str) -> None:  # noqa: ANN401
        self._report.add(rule, self._place(event.start_mark), message)


class _StopReading(Exception):  # noqa: N818 - no error of its own: what is wrong has been reported
    pass


def _meaning(problem: str) -> str:
    known = next((meaning for words, meaning in _MEANINGS if words in problem), None)
    return known or f"not valid YAML: {problem}"
