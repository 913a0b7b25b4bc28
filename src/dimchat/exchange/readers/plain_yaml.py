"""YAML of other programs: every scalar is text that knows its line; aliases and deep nesting are refused.

The reader of packs would not do: it takes out tabs and blanks that an answer may hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from dimchat.errors import UsageError
from dimchat.exchange.bounded import DEEPEST
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Text(str):
    """A scalar."""

    __slots__ = ("line",)

    line: int
    """Where it begins, from 1."""


class Mapping(dict[str, Any]):
    """A mapping; of a key that stands twice the first value counts."""

    line: int = 1
    """Where it begins, from 1."""


def yaml_of(text: str, name: str) -> Any:  # noqa: ANN401 - texts, lists and mappings
    """Return what YAML says, None for an empty file.

    Args:
        text: The YAML, one document.
        name: What to call it.

    Raises:
        UsageError: It is no YAML, nests deeper than `DEEPEST`, or has an alias.
    """
    if _brackets(text) > DEEPEST:
        raise UsageError(wording.TOO_DEEP.format(file=name, most=DEEPEST))
    try:
        events = yaml.parse(text, Loader=_LOADER)
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                return _built(next(events), events, name, 0)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise UsageError(wording.BAD_YAML.format(file=name, line=line, why=error.problem or error)) from error
    except yaml.YAMLError as error:
        raise UsageError(wording.BAD_YAML.format(file=name, line=1, why=error)) from error
    return None


def _brackets(text: str) -> int:
    """Return how deep brackets open, before the parser sees them."""
    depth = deepest = 0
    for sign in text:
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth = max(depth - 1, 0)
    return deepest


def _built(event: Any, events: Iterator[Any], name: str, depth: int) -> Any:  # noqa: ANN401 - yaml's events
    line = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent):
        raise UsageError(wording.ALIAS.format(file=name, line=line))
    if depth > DEEPEST:
        raise UsageError(wording.TOO_DEEP.format(file=name, most=DEEPEST))
    if isinstance(event, yaml.ScalarEvent):
        made = Text(event.value)
        # The text of a block begins in the line below its sign.
        made.line = line + (event.style in ("|", ">"))
        return made
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_built(event, events, name, depth + 1))
        return items
    found = Mapping()
    found.line = line
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _built(event, events, name, depth + 1)
        value = _built(next(events), events, name, depth + 1)
        if isinstance(key, str):
            found.setdefault(str(key), value)
    return found
