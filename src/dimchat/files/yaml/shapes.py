"""The small language in which the shape of a file is described, once.

`dimchat.files.yaml.tree.take` checks a file against a shape, and `dimchat.pack.schemas` prints the
same shape as JSON Schema, so that the two cannot differ. The shapes themselves are in
`dimchat.pack.formats`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never

from dimchat.files.text import suggest
from dimchat.files.yaml.tree import ListNode, MapNode, Node, RefusedNode, TextNode

if TYPE_CHECKING:
    from dimchat.files.yaml.tree import Reporter


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar that is read as text."""

    lines: bool = False
    """Whether it may hold line breaks."""
    pattern: str | None = None
    """A regular expression that the whole text matches."""
    needs: str = ""
    """What the pattern asks for, in words that end the sentence "... must be"."""
    choices: tuple[str, ...] = ()
    """The only texts that are allowed, if any are named."""
    rule: str = "bad-value"
    """The rule that a text breaks which does not match."""


@dataclass(frozen=True, slots=True)
class Date:
    """A day that exists, written YYYY-MM-DD."""

    partly: bool = False
    """Whether a month or a year will do: YYYY-MM, YYYY."""


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Number:
    """A finite number."""

    least: float
    most: float | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Many:
    """A list of things of one shape, at least one."""

    item: Shape
    flow: bool = False
    """Whether it may be written in brackets; phrases may not, they would break on a comma or a question mark."""


@dataclass(frozen=True, slots=True)
class OneOrMany:
    """One text, or a list of them."""

    item: Text


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a mapping."""

    name: str
    shape: Shape
    description: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping with these keys and no others."""

    fields: tuple[Field, ...]
    one_of: tuple[str, ...] = ()
    """Keys of which exactly one is there."""
    any_of: tuple[str, ...] = ()
    """Keys of which at least one is there."""


@dataclass(frozen=True, slots=True)
class Either:
    """A text, or a mapping that says more and has it under `text`."""

    short: Text
    long: Keys


@dataclass(frozen=True, slots=True)
class Names:
    """A mapping whose keys are free names, each to a text (or several), or to a mapping with the keys of `long`."""

    key: Text
    short: Text | OneOrMany | None = None
    long: Keys | None = None


Shape: TypeAlias = Text | Date | Flag | Number | Many | OneOrMany | Either | Keys | Names


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PARTLY = (len("YYYY"), len("YYYY-MM"))
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_FLAG = Text(choices=("true", "false"))
_COMMENT = re.compile(r"\s+#")
_QUOTED = 40
"""The characters of a faulty text that are worth repeating."""


def take(node: Node, shape: Shape, report: Reporter) -> Node | None:
    """Return what of a tree has this shape, or None when nothing has; the rest is reported.

    In a list the items that do not fit are left out, in a mapping the keys; an item that lacks a
    required key is left out too.

    Args:
        node: What `dimchat.files.yaml.tree.read_node` returned, or a part of it.
        shape: What it must look like.
        report: Where to say what does not.
    """
    found: Node | None
    match shape:
        case _ if isinstance(node, RefusedNode):
            found = None
        case Text():
            found = _text(node, shape, report)
        case Date():
            found = _date(node, shape, report)
        case Flag():
            found = _text(node, _FLAG, report)
        case Number():
            found = _number(node, shape, report)
        case Many():
            found = _many(node, shape, report)
        case OneOrMany() | Either():
            short, long = _alternatives(shape)
            found = take(node, long if _is_long(node, long) else short, report)
        case Keys():
            found = _keys(node, shape, report)
        case Names():
            found = _names(node, shape, report)
        case _:
            assert_never(shape)
    return found


def _alternatives(shape: OneOrMany | Either) -> tuple[Text, Many | Keys]:
    return (shape.item, Many(shape.item)) if isinstance(shape, OneOrMany) else (shape.short, shape.long)


def _is_long(node: Node, long: Many | Keys) -> bool:
    """Return whether a node is meant as the longer one; a mapping without `text` is a text that is not quoted."""
    if isinstance(long, Many):
        return isinstance(node, ListNode)
    return isinstance(node, MapNode) and "text" in node.entries


def _plain_text(node: Node, report: Reporter, *, lines: bool = False) -> TextNode | None:
    if isinstance(node, MapNode):
        how = "it starts with '{'" if node.flow else "it holds ': '"
        report.add("wrong-type", node.place, f"a text belongs here, not a mapping; quote the text if {how}")
    elif isinstance(node, ListNode):
        how = "a text that starts with '[' is put in quotes" if node.flow else "check the dashes"
        report.add("wrong-type", node.place, f"a text belongs here, not a list; {how}")
    elif isinstance(node, TextNode):
        stripped = node.text.strip()
        if not stripped:
            report.add("empty-value", node.place, "a text is missing here")
        elif not lines and "\n" in stripped:
            report.add("bad-value", node.place, "a text of one line belongs here")
        else:
            return node
    return None


def _text(node: Node, shape: Text, report: Reporter) -> TextNode | None:
    found = _plain_text(node, report, lines=shape.lines)
    if found is None:
        return None
    shown = found.text if len(found.text) <= _QUOTED else found.text[:_QUOTED] + "..."
    if shape.choices and found.text not in shape.choices:
        meant = suggest(found.text, shape.choices)
        report.add(shape.rule, found.place, f"{shown!r} is none of {', '.join(shape.choices)}", meant)
        return None
    if shape.pattern and not re.fullmatch(shape.pattern, found.text):
        report.add(shape.rule, found.place, f"{shown!r} must be {shape.needs}")
        return None
    return found


def _date(node: Node, shape: Date, report: Reporter) -> TextNode | None:
    found = _plain_text(node, report)
    if found is None:
        return None
    # A month and a year exist where their first day does.
    missing = "-01-01"[len(found.text) - len("YYYY") :] if shape.partly and len(found.text) in _PARTLY else ""
    if not _is_day(found.text + missing):
        ways = "YYYY, YYYY-MM or YYYY-MM-DD, such as 2026-11" if shape.partly else "YYYY-MM-DD, such as 2026-11-24"
        report.add("bad-date", found.place, f"{found.text[:_QUOTED]!r} is not a date; write {ways}")
        return None
    return found


def _is_day(text: str) -> bool:
    # The pattern first: fromisoformat also takes week dates and dates without hyphens.
    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _number(node: Node, shape: Number, report: Reporter) -> TextNode | None:
    found = _plain_text(node, report)
    if found is None:
        return None
    value = float(found.text) if _NUMBER.fullmatch(found.text) else None
    fits = value is not None and shape.least <= value and (shape.most is None or value <= shape.most)
    if not fits or (shape.whole and not found.text.isdecimal()):
        span = f"of at least {shape.least:g}" if shape.most is None else f"from {shape.least:g} to {shape.most:g}"
        kind = "a whole number" if shape.whole else "a number"
        report.add("bad-value", found.place, f"{found.text[:_QUOTED]!r} must be {kind} {span}")
        return None
    return found


def _many(node: Node, shape: Many, report: Reporter) -> ListNode | None:
    if not isinstance(node, ListNode):
        if isinstance(node, TextNode) and not node.text.strip():
            report.add("empty-value", node.place, "a list is missing here")
        else:
            report.add("wrong-type", node.place, "a list belongs here; start each item on its own line with '- '")
        return None
    if node.flow and not shape.flow and node.items:
        report.add("flow-list", node.place, "a list in brackets; write one item a line, each after '- '")
        return None
    if not node.items:
        report.add("empty-value", node.place, "the list is empty")
        return None
    if isinstance(shape.item, Text | Either):
        _comments(node, report)
    fitting = (take(item, shape.item, report) for item in node.items)
    return ListNode(tuple(item for item in fitting if item is not None), node.place, node.flow)


def _comments(node: ListNode, report: Reporter) -> None:
    for item in node.items:
        if isinstance(item, TextNode) and not item.style and item.text:
            rest = item.source.lines[item.end.line - 1][item.end.column - 1 :]
            if _COMMENT.match(rest):
                report.add("comment-after-text", item.end, "what follows ' #' is a comment; quote the text to keep it")


def _keys(node: Node, shape: Keys, report: Reporter) -> MapNode | None:
    if not isinstance(node, MapNode):
        names = ", ".join(field.name for field in shape.fields[:3])
        report.add("wrong-type", node.place, f"a mapping belongs here, with keys such as {names}")
        return None
    fields = {field.name: field for field in shape.fields}
    entries: dict[str, tuple[TextNode, Node]] = {}
    for name, (key, value) in node.entries.items():
        if name not in fields:
            _unknown_key(key, tuple(field for field in fields if field not in node.entries), report)
        elif (found := take(value, fields[name].shape, report)) is not None:
            entries[name] = (key, found)
    whole = _required(node, shape, report)
    if not whole or any(field.required and field.name not in entries for field in shape.fields):
        return None
    return MapNode(entries, node.place, node.flow)


def _unknown_key(key: TextNode, free: tuple[str, ...], report: Reporter) -> None:
    report.add("unknown-key", key.place, f"unknown key {key.text[:_QUOTED]!r}", suggest(key.text, free))


def _required(node: MapNode, shape: Keys, report: Reporter) -> bool:
    missing = [field.name for field in shape.fields if field.required and field.name not in node.entries]
    for name in missing:
        report.add("missing-key", node.place, f"the key {name!r} is missing")
    there = [name for name in shape.one_of if name in node.entries]
    if shape.one_of and not there:
        report.add("missing-key", node.place, f"one of the keys {_or(shape.one_of)} is missing")
    elif len(there) > 1:
        report.add("unknown-key", node.entries[there[1]][0].place, f"only one of {_or(shape.one_of)} may stand here")
    anywhere = not shape.any_of or any(name in node.entries for name in shape.any_of)
    if not anywhere:
        report.add("missing-key", node.place, f"nothing is expected; add one of {_or(shape.any_of)}")
    return not missing and anywhere and len(there) == (1 if shape.one_of else 0)


def _or(names: tuple[str, ...]) -> str:
    return ", ".join(repr(name) for name in names[:-1]) + f" or {names[-1]!r}"


def _names(node: Node, shape: Names, report: Reporter) -> MapNode | None:
    if not isinstance(node, MapNode):
        report.add("wrong-type", node.place, "a mapping belongs here, each name with its value")
        return None
    if not node.entries:
        report.add("empty-value", node.place, "the mapping is empty")
        return None
    entries: dict[str, tuple[TextNode, Node]] = {}
    for name, (key, value) in node.entries.items():
        wanted = shape.long if shape.short is None or (shape.long and isinstance(value, MapNode)) else shape.short
        found = None if wanted is None else take(value, wanted, report)
        if _text(key, shape.key, report) is not None and found is not None:
            entries[name] = (key, found)
    return MapNode(entries, node.place, node.flow)


def schema(shape: Shape) -> dict[str, Any]:
    """Return a shape as JSON Schema, for editors that complete and check YAML by it.

    >>> schema(Date())
    {'type': 'string', 'pattern': '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', 'format': 'date'}
    """
    made: dict[str, Any]
    match shape:
        case Text():
            made = _text_schema(shape)
        case Date(partly=True):
            # An editor takes a year for a number.
            made = {"type": ["string", "integer"], "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
        case Date():
            made = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "format": "date"}
        case Flag():
            made = {"type": "boolean"}
        case Number():
            bounds = {"minimum": shape.least} | ({} if shape.most is None else {"maximum": shape.most})
            made = {"type": "integer" if shape.whole else "number", **bounds}
        case Many():
            made = {"type": "array", "minItems": 1, "items": schema(shape.item)}
        case OneOrMany() | Either():
            made = {"anyOf": [schema(one) for one in _alternatives(shape)]}
        case Keys():
            made = _keys_schema(shape)
        case Names():
            values = [schema(value) for value in (shape.short, shape.long) if value is not None]
            made = {
                "type": "object",
                "minProperties": 1,
                "propertyNames": _text_schema(shape.key),
                "additionalProperties": values[0] if len(values) == 1 else {"anyOf": values},
            }
        case _:
            assert_never(shape)
    return made


def _text_schema(shape: Text) -> dict[str, Any]:
    if shape.choices:
        return {"type": "string", "enum": list(shape.choices)}
    if shape.pattern:
        return {"type": "string", "pattern": f"^(?:{shape.pattern})$"}
    # An editor takes `42` and `true` for more than text; dimchat reads them as they are written.
    return {"type": ["string", "number", "boolean"], "minLength": 1}


def _keys_schema(shape: Keys) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {field.name: {"description": field.description, **schema(field.shape)} for field in shape.fields},
    }
    required = [field.name for field in shape.fields if field.required]
    if required:
        made["required"] = required
    if shape.one_of:
        made["oneOf"] = [{"required": [name]} for name in shape.one_of]
    if shape.any_of:
        made["anyOf"] = [{"required": [name]} for name in shape.any_of]
    return made
