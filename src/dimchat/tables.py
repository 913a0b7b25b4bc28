"""Slots and tables: what a question may name of a closed list, and the rows that answers read by it.

A slot is such a list (the states, a library's branches); a table has a row for each of its values. An answer says which
table and column it reads, and holds `{{row.COLUMN}}` and `{{slot.NAME}}`. Nothing is computed but order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dimchat.model import Place

ROW, ROWS, SLOT, AS_OF = "row", "rows", "slot", "as_of"
"""What begins the names of such places, and the name of a row's date."""
TYPES = ("text", "money", "number", "percent", "date", "choice")
ORDERED = ("money", "number", "percent")
"""Types of which one cell is more than another."""
_PARTS = 4
CELL, LINE = "\t", "\n"
"""What stands between the cells of a row, and between rows, in `Table.cells`; no cell holds either."""
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?\Z")
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?\Z")


class SlotValue(NamedTuple):
    """One thing of a slot's list."""

    id: str
    """What tables call it."""
    names: tuple[str, ...]
    """What people call it; the first is shown. Three capitals or fewer, or a full stop at the end: an abbreviation."""
    cues: tuple[str, ...] = ()
    """What lies in it, such as its cities; several values may share one."""


class SlotGroup(NamedTuple):
    """Several values under one name: "the northwest"."""

    name: str
    values: tuple[str, ...]


class Slot(NamedTuple):
    """A closed list of things that a question may name."""

    id: str
    title: str
    """The word that all of them share, such as "state"."""
    values: tuple[SlotValue, ...]
    groups: tuple[SlotGroup, ...] = ()

    def shown(self, value: str) -> str:
        """Return the name of a value as a person reads it."""
        return next((known.names[0] for known in self.values if known.id == value), value)


class Column(NamedTuple):
    """A column of a table."""

    name: str
    type: str = "text"
    title: str = ""
    """What its cells are, as a list is headed: "Median pay"."""
    unit: str = ""
    """What follows a cell where it is shown, such as "a year"."""
    says: tuple[tuple[str, str], ...] = ()
    """Of a choice: pairs of a cell and what it says in a sentence."""
    missing: str = ""
    """What an empty cell says."""

    def fits(self, cell: str) -> bool:
        """Return whether a cell is of the column's type; an empty one is of every type."""
        match self.type if cell else "":
            case "money" | "number" | "percent":
                return bool(_NUMBER.match(cell))
            case "date":
                return bool(_DATE.match(cell))
            case "choice":
                return any(cell == known for known, _ in self.says)
        return True


class Note(NamedTuple):
    """A remark on some rows, such as that a figure is rough."""

    where: tuple[tuple[str, tuple[str, ...]], ...]
    """Pairs of a column and the cells that it may have."""
    text: str


@dataclass(frozen=True)
class Table:
    """Rows by key, with where they come from."""

    name: str
    title: str
    source: str
    """The id of the source."""
    locator: str | None
    as_of: str
    """The date of all rows; empty where a column `as_of` has one for each."""
    key: tuple[str, ...]
    """The columns that tell one row from another: names of slots, and others that answers fix."""
    columns: tuple[Column, ...]
    """All of them, those of the key too, in the file's order."""
    cells: str
    """All rows: see `CELL` and `LINE`."""
    notes: tuple[Note, ...] = ()
    missing: str = ""
    """Said where there is no row or no cell; empty for dimchat's own words."""
    undated: str = ""
    """Said of a row that has no date."""
    place: Place | None = field(default=None, compare=False)

    @cached_property
    def column(self) -> dict[str, Column]:
        """Return the columns by name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def rows(self) -> tuple[dict[str, str], ...]:
        """Return the rows, each with its cells by column, in the file's order."""
        names = [column.name for column in self.columns]
        lines = self.cells.split(LINE) if self.cells else []
        return tuple(dict(zip(names, line.split(CELL), strict=True)) for line in lines)

    @cached_property
    def _by_key(self) -> dict[tuple[str, ...], dict[str, str]]:
        return {tuple(row[name] for name in self.key): row for row in self.rows}

    def row(self, key: Mapping[str, str]) -> dict[str, str] | None:
        """Return the row of a key; None where there is none."""
        return self._by_key.get(tuple(key[name] for name in self.key))

    def where(self, fixed: Mapping[str, str]) -> Iterator[dict[str, str]]:
        """Yield the rows that have these cells, in the file's order."""
        return (row for row in self.rows if all(row[name] == cell for name, cell in fixed.items()))

    def named(self, field_name: str) -> tuple[str, list[dict[str, str]]] | None:
        """Return what `rows.COLUMN.OTHER.CELL` is about: a column, and the rows that have this cell in the other one.

        Args:
            field_name: What stands in two braces; None is returned where it is not of that form.
        """
        parts = field_name.split(".", _PARTS - 1)
        if len(parts) != _PARTS or parts[0] != ROWS or not {parts[1], parts[2]} <= self.column.keys():
            return None
        return parts[1], list(self.where({parts[2]: parts[3]}))

    def ordered(self, fixed: Mapping[str, str], column: str, *, highest: bool) -> list[dict[str, str]]:
        """Return the rows that have a number in a column, by that number; equal ones stay in the file's order."""
        rows = [row for row in self.where(fixed) if row[column]]
        return sorted(rows, key=lambda row: float(row[column]), reverse=highest)

    def is_undated(self, row: Mapping[str, str]) -> bool:
        """Return whether nothing says how old a row is."""
        return not (self.as_of or row.get(AS_OF))

    def notes_of(self, row: Mapping[str, str]) -> list[str]:
        """Return what is to be said of a row besides what its answer says."""
        said = [note.text for note in self.notes if all(row[name] in cells for name, cells in note.where)]
        return [*said, self.undated] if self.undated and self.is_undated(row) else said

    def open_keys(self, use: TableUse) -> tuple[str, ...]:
        """Return the slots that a question must name for an answer to read one row."""
        fixed = {name for name, _ in use.where}
        return () if fixed - {*self.key} else tuple(name for name in self.key if name not in fixed)


class TableUse(NamedTuple):
    """How an answer reads a table."""

    name: str
    column: str
    """The one that the question is about: where its cell is empty there is no answer, and by it rows are ordered."""
    where: tuple[tuple[str, str], ...] = ()
    """Pairs of a column and the cell that it must have."""
    instead_of: tuple[str, ...] = ()
    """Answers in whose place this one is given where the question names a value of the slot."""


class RowKey(NamedTuple):
    """A row that a reply shows."""

    table: str
    key: tuple[tuple[str, str], ...]


Slots = tuple[tuple[str, tuple[str, ...]], ...]
"""Pairs of a slot and the values of it that are meant."""


def slots_to_data(slots: Slots) -> dict[str, str]:
    """Return slots as a reply's JSON has them; several values of one stand with commas between.

    >>> slots_to_data((("state", ("TX", "CA")),))
    {'state': 'TX,CA'}
    """
    return {name: ",".join(values) for name, values in slots}


def joined(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as `Table.cells` has them."""
    return LINE.join(CELL.join(row) for row in rows)
