"""The small language in which the shape of a file is described, once.

`dimchat.pack.nodes.take` checks a file against a shape, and `dimchat.pack.schemas` prints the
same shape as JSON Schema, so that the two cannot differ. The shapes themselves are in
`dimchat.pack.formats`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


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


@dataclass(frozen=True, slots=True)
class Number:
    """A finite number."""

    least: float
    most: float | None = None


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
class Names:
    """A mapping whose keys are free names, each to a text or to a mapping with the keys of `long`."""

    key: Text
    short: Text
    long: Keys


Shape: TypeAlias = Text | Date | Number | Many | OneOrMany | Keys | Names
