"""Reading a table: rows from `tables/NAME.csv`, what they mean from `tables/NAME.yaml`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dimchat.files.text import code_point, suggest
from dimchat.files.yaml import MapNode
from dimchat.files.yaml.read import unseen
from dimchat.model import Place
from dimchat.tables import Column, Note, Slot, SlotGroup, SlotValue, Table, TableUse, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dimchat.files.yaml import Node, TextNode
    from dimchat.pack.rules import Report

_MOST_ROWS = 100_000


@dataclass(slots=True)
class TableDraft:
    """A table with the nodes of its YAML and the places of its rows, by which a part of it finds its place."""

    table: Table
    node: MapNode
    places: tuple[Place, ...]
    """Of the rows."""

    def place_of(self, row: int, column: str) -> Place:
        """Return the place of a cell: its row, and as the column its number in it."""
        names = [known.name for known in self.table.columns]
        return self.places[row]._replace(column=names.index(column) + 1)


def read_table(name: str, node: MapNode, data: bytes, report: Report) -> TableDraft:
    """Return a table; rows that are no rows are reported and left out.

    Args:
        name: The stem of its files.
        node: What its YAML says, in its right shape.
        data: Its CSV: UTF-8, cells with commas between and in quotes where they need them, names in the first row.
        report: Where to say what is wrong.
    """
    file = f"tables/{name}.csv"
    key = tuple(text.text for text in node.texts("key"))
    described = node.get("columns")
    described = described if isinstance(described, MapNode) else MapNode({}, node.place)
    names, rows, places = _rows(file, data, report)
    for column in (*key, *described.entries):
        if names and column not in names:
            place = node.place_of("key") if column in key else described.place_of(column)
            report.add("unknown-column", place, f"{file} has no column {column!r}", suggest(column, names))
    for at, column in enumerate(names, start=1):
        if column not in key and column not in described.entries:
            message = f"the column {column!r} is neither in `key` nor in `columns` of tables/{name}.yaml"
            report.add("unknown-column", Place(file, 1, at), message, suggest(column, described.entries))
    columns = tuple(_column(column, described.get(column)) for column in names)
    table = Table(
        name=name,
        title=_line(node.text("title")),
        source=node.string("source"),
        locator=_line(node.text("locator")) or None,
        as_of=node.string("as_of"),
        key=key,
        columns=columns,
        cells=joined(rows),
        notes=tuple(_note(note) for note in node.maps("notes")),
        missing=_line(node.text("missing")),
        undated=_line(node.text("undated")),
        place=node.place,
    )
    return TableDraft(table, node, places)


def _column(name: str, node: Node | None) -> Column:
    if not isinstance(node, MapNode):
        return Column(name)
    says = node.get("says")
    pairs = tuple((cell, _line(says.text(cell))) for cell in says.entries) if isinstance(says, MapNode) else ()
    return Column(
        name,
        node.string("type", "text"),
        _line(node.text("title")),
        _line(node.text("unit")),
        pairs,
        _line(node.text("missing")),
    )


def _note(node: MapNode) -> Note:
    where = node.get("where")
    entries = where.entries if isinstance(where, MapNode) else {}
    pairs = tuple((name, tuple(_line(text) for text in node_texts(where, name))) for name in entries)
    return Note(pairs, _line(node.text("text")))


def node_texts(node: Node | None, name: str) -> Sequence[TextNode]:
    """Return the texts under a key that holds one or several."""
    if not isinstance(node, MapNode):
        return ()
    one = node.text(name)
    return (one,) if one is not None else node.texts(name)


def _rows(file: str, data: bytes, report: Report) -> tuple[list[str], list[list[str]], tuple[Place, ...]]:
    """Return the names of the columns, the cells of each row, and where each row stands."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        report.add("not-utf8", Place(file, data.count(b"\n", 0, error.start) + 1), "the file is not UTF-8")
        return [], [], ()
    lines = _records(file, text, report)
    names = [name.strip() for name in next(lines, (Place(file), []))[1]]
    if not names or len(set(names)) < len(names) or not all(names):
        report.add("bad-table", Place(file), "the first row names the columns, each once")
        return [], [], ()
    rows: list[list[str]] = []
    places: list[Place] = []
    for place, cells in lines:
        if len(rows) == _MOST_ROWS:
            report.add("bad-table", place, f"a table has at most {_MOST_ROWS:,} rows")
            break
        if len(cells) != len(names):
            report.add("bad-table", place, f"this row has {len(cells)} cells, and the first row {len(names)}")
            continue
        hidden = next((character for cell in cells for _, character in unseen(cell)), "")
        if hidden or any("\n" in cell or "\t" in cell for cell in cells):
            what = f"an invisible character, {code_point(hidden)}" if hidden else "a tab or a line end"
            report.add("bad-table", place, f"a cell holds {what}")
            continue
        rows.append([cell.strip() for cell in cells])
        places.append(place)
    return names, rows, tuple(places)


def _records(file: str, text: str, report: Report) -> Iterator[tuple[Place, list[str]]]:
    """Yield the rows that are not empty, each with where it begins."""
    reader = csv.reader(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), strict=True)
    while True:
        place = Place(file, reader.line_num + 1)
        try:
            cells = next(reader, None)
        except csv.Error as error:
            report.add("bad-table", place, f"this is no row: {error}")
            return
        if cells is None:
            return
        if cells:
            yield place, cells


def _line(node: TextNode | None) -> str:
    return "" if node is None else node.text.strip("\n")


def table_use(node: Node | None) -> TableUse | None:
    """Return how an answer reads a table; None where it reads none."""
    if not isinstance(node, MapNode):
        return None
    where = node.get("where")
    fixed = tuple((name, _line(where.text(name))) for name in where.entries) if isinstance(where, MapNode) else ()
    instead = tuple(text.text for text in node.texts("instead_of"))
    return TableUse(node.string("name"), node.string("column"), fixed, instead)


def slots_of(node: Node | None) -> tuple[Slot, ...]:
    """Return the slots of a vocabulary."""
    return tuple(
        Slot(
            name,
            _line(slot.text("title")),
            tuple(SlotValue(v.string("id"), _lines(v, "names"), _lines(v, "cues")) for v in slot.maps("values")),
            tuple(SlotGroup(_line(group.text("name")), _lines(group, "values")) for group in slot.maps("groups")),
        )
        for name, (_, slot) in (node.entries.items() if isinstance(node, MapNode) else ())
        if isinstance(slot, MapNode)
    )


def _lines(node: MapNode, key: str) -> tuple[str, ...]:
    return tuple(map(_line, node.texts(key)))
