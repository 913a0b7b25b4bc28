"""A report for the terminal: tables and small plots in characters."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING, Any, Literal

from rich.bar import Bar
from rich.box import SIMPLE
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from dimchat.files.text import harmless
from dimchat.quality.report.document import Bars, Curve, Heat, Listing, Paragraph, Table, percent, shade_of

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dimchat.quality.report.document import Block, Document

_BAR = 32
_PLACE = re.compile(r":\d+$")
_SHADES = " ░▒▓█"
_SERIES = "█▒░▓"
"""The shades of series that are stacked."""


def to_terminal(document: Document, *, width: int, colour: bool) -> str:
    """Return a report as lines for a terminal of `width` columns."""
    if document.lines is not None:
        return "\n\n".join(map(harmless, document.lines)) + ("\n" if document.lines else "")
    title, facts, sections = _harmless((document.title, document.facts, document.sections))
    out = StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, no_color=not colour, highlight=False, emoji=False, markup=False
    )
    console.print(Text(title, style="bold"))
    for name, value in facts:
        console.print(Text(f"  {name}: {value}"))
    for section in sections:
        console.print()
        console.print(Text(section.title, style="bold underline"))
        for block in section.blocks:
            console.print(_drawn(block))
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def _harmless(value: Any) -> Any:  # noqa: ANN401 - of whatever a report is made
    """Return a value with its texts harmless: what a file holds must not reach the terminal as a command."""
    if isinstance(value, str):
        return harmless(value)
    if not isinstance(value, tuple):
        return value
    parts = map(_harmless, value)
    return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)


def _drawn(block: Block) -> RenderableType:
    match block:
        case Paragraph():
            return Padding(Text(block.text), (0, 0, 1, 2))
        case Table():
            return _table(block)
        case Bars():
            return _bars(block)
        case Curve():
            return _curve(block)
        case Heat():
            return _heat(block)
        case Listing():
            return Padding(Text("\n\n".join(block.texts)), (0, 0, 1, 2))


def _table(block: Table) -> RenderableType:
    table = RichTable(box=SIMPLE)
    for at, name in enumerate(block.head):
        # A place in a file is of use only in one piece.
        whole = all(_PLACE.search(row[at]) for row in block.rows)
        justify: Literal["left", "right"] = "right" if at in block.right else "left"
        table.add_column(Text(name), justify=justify, overflow="fold", no_wrap=whole)
    for row in block.rows:
        table.add_row(*map(Text, row))
    return _titled(block.title, table, block.note)


def _titled(title: str, table: RichTable, note: str = "") -> RenderableType:
    parts: list[RenderableType] = [Padding(Text(title, style="italic"), (1, 0, 0, 2))] if title else []
    parts.append(table)
    if note:
        parts.append(Padding(Text(note), (0, 0, 1, 2)))
    return Group(*parts)


def _bars(block: Bars) -> RenderableType:
    if block.stacked:
        return _stacked(block)
    most = max((value for _, values in block.series for value in values), default=0.0) or 1.0
    table = RichTable(box=SIMPLE)
    table.add_column(block.across)
    if len(block.series) > 1:
        table.add_column("")
    table.add_column(block.up, justify="right")
    table.add_column("")
    for at, label in enumerate(block.labels):
        for number, (name, values) in enumerate(block.series):
            shown = percent(values[at]) if block.percent else f"{values[at]:g}"
            cells: list[RenderableType] = [Text(label if not number else "")]
            cells += [Text(name)] if len(block.series) > 1 else []
            table.add_row(*cells, Text(shown), Bar(most, 0, values[at], width=_BAR))
    return _titled(block.title, table)


def _stacked(block: Bars) -> RenderableType:
    """Return a row for each label: its values, and one bar with a shade for each of them."""
    rows = list(zip(*(values for _, values in block.series), strict=True))
    most = max(map(sum, rows), default=0) or 1
    table = RichTable(box=SIMPLE)
    table.add_column(Text(block.across))
    for (name, _), shade in zip(block.series, _SERIES, strict=False):
        table.add_column(Text(f"{shade} {name}"), justify="right")
    table.add_column("")
    for label, row in zip(block.labels, rows, strict=True):
        # Each shade ends where the values up to it do, so that rounding does not add up.
        ends = [round(_BAR * sum(row[:at]) / most) for at in range(len(row) + 1)]
        bar = "".join(shade * (end - start) for shade, start, end in zip(_SERIES, ends, ends[1:], strict=False))
        table.add_row(Text(label), *(Text(f"{value:g}") for value in row), Text(bar))
    return _titled(block.title, table)


def _curve(block: Curve) -> RenderableType:
    table = RichTable(box=SIMPLE)
    table.add_column(block.across, justify="right")
    table.add_column(block.up, justify="right")
    table.add_column("n", justify="right")
    table.add_column("")
    for (across, up), size in zip(block.points, block.sizes, strict=True):
        table.add_row(f"{across:.2f}", f"{up:.2f}", str(size), Bar(1.0, 0, up, width=_BAR))
    return _titled(block.title, table)


def _heat(block: Heat) -> RenderableType:
    """Return shades, the highest value the darkest, with a letter where a mark is."""
    flat = [value for row in block.values for value in row]
    low, high = min(flat), max(flat)
    lines = [f"{block.title}: {low:.3f} (light) to {high:.3f} (dark)"]
    marks = {(_nearest(x, block.across_at), _nearest(y, block.up_at)): name for name, x, y in block.marks}
    for up, row in reversed(list(zip(block.up_at, block.values, strict=True))):
        cells = []
        for across, value in zip(block.across_at, row, strict=True):
            shade = _SHADES[round(shade_of(value, low, high) * (len(_SHADES) - 1))]
            mark = marks.get((across, up))
            cells.append(f"{mark[:1].upper()}{shade}" if mark else shade * 2)
        lines.append(f"  {up:4.2f} {''.join(cells)}")
    lines.append(f"       {block.across_at[0]:.2f} to {block.across_at[-1]:.2f}: {block.across}; upwards: {block.up}")
    lines += [f"       {name[:1].upper()} = {name}: {x:.2f}, {y:.2f}" for name, x, y in block.marks]
    return Padding(Text("\n".join(lines)), (1, 0, 1, 2))


def _nearest(value: float, steps: tuple[float, ...]) -> float:
    return min(steps, key=lambda step: abs(step - value))
