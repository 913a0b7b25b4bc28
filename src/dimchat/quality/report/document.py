"""A report before it has a form: what terminal, Markdown, HTML, JUnit XML, annotations and JSON are all drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.model import Pack, Place

Level = Literal["error", "warning", "notice"]
LEVELS: tuple[Level, ...] = ("error", "warning", "notice")
"""The gravest first."""


class Paragraph(NamedTuple):
    """Some sentences of plain text."""

    text: str


class Table(NamedTuple):
    """Rows of plain text under a head; each row has a cell for each column."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()
    """The columns that are aligned to the right: numbers."""
    note: str = ""
    """What a reader must know to read it."""


class Bars(NamedTuple):
    """Bars for some labels, in one or more series."""

    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    """Pairs of a name and a value, 0 or more, for each label."""
    across: str
    """What the labels are."""
    up: str
    """What the values are."""
    percent: bool = False
    """Whether the values are shares, 0 to 1, that are shown as per cent."""
    stacked: bool = False
    """Whether the series are parts of a whole, one on top of the other."""
    beside: bool = False
    """Whether a table beside it has the same numbers, so that a form without drawings leaves it out."""


class Curve(NamedTuple):
    """Points from 0 to 1 both ways, beside the line on which both are the same."""

    title: str
    points: tuple[tuple[float, float], ...]
    sizes: tuple[int, ...]
    """How many questions each point stands for."""
    across: str
    up: str


class Heat(NamedTuple):
    """A value for each pair of two settings from 0 to 1."""

    title: str
    across_at: tuple[float, ...]
    up_at: tuple[float, ...]
    values: tuple[tuple[float, ...], ...]
    """A row for each of `up_at`."""
    across: str
    up: str
    marks: tuple[tuple[str, float, float], ...]
    """Points of interest: a name, across, up."""


class Listing(NamedTuple):
    """Lines that are shown as they are, in a fixed pitch."""

    title: str
    texts: tuple[str, ...]


Block = Paragraph | Table | Bars | Curve | Heat | Listing


class Section(NamedTuple):
    """A part of a report."""

    title: str
    blocks: tuple[Block, ...]


class Note(NamedTuple):
    """A remark on a line of a file."""

    level: Level
    place: Place
    title: str
    text: str


class CaseRun(NamedTuple):
    """A case that ran, for programs that count cases."""

    place: Place
    ask: str
    seconds: float
    skipped: str | None = None
    """Why it counts neither as passed nor as failed."""
    failure: tuple[str, str, str] | None = None
    """In short, of which kind, and in full."""


class Document(NamedTuple):
    """A whole report."""

    title: str
    facts: tuple[tuple[str, str], ...]
    """What stands under the title: pairs of a name and a value."""
    sections: tuple[Section, ...]
    lines: tuple[str, ...] | None = None
    """What a terminal shows in the place of all that: blocks of lines, where a person acts on one after the other."""
    notes: tuple[Note, ...] = ()
    cases: tuple[CaseRun, ...] = ()
    data: Mapping[str, Any] = {}
    """The same for programs, as JSON has it."""


def where(place: Place) -> str:
    """Return `file:line`."""
    return f"{place.file}:{place.line}"


def pack_data(pack: Pack) -> dict[str, str]:
    """Return what tells in data of which pack a report is."""
    return {"name": pack.name, "version": pack.version, "digest": pack.digest}


def capital(text: str) -> str:
    """Return a text that begins with a capital letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def percent(share: float) -> str:
    """Return a share, 0 to 1, as per cent with one digit after the point."""
    return f"{100 * share:.1f}%"


def shade_of(value: float, low: float, high: float) -> float:
    """Return how dark a value is, 0 to 1: by its square root, so that the differences near the lowest are seen."""
    return float(((value - low) / (high - low)) ** 0.5) if high > low else 0.0
