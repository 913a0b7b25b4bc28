"""The words around rows of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.tables import AS_OF
from dimchat.wording import period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.tables import Column, Table

WHICH_VALUE = ("“{typed}” can be more than one. Which is it?", "Which one do you mean by “{typed}”?")
SLOT_ALONE = ("{values}: what would you like to know?", "{values}: which of these?")
GROUP = "“{group}” here: {values}."
MISSING = "There is no figure for {value} in what I have."
LIST_HEAD = "{title}{as_of}:"
HIGHEST = "{title}, highest first{as_of}: {rows}."
LOWEST = "{title}, lowest first{as_of}: {rows}."
SINCE = ", {as_of}"
NAME_ONE = "Name a {slot}, and I tell you about that one."
EXPLAIN_SLOTS = "rows"
"""How `explain` calls what was named of slots."""
EXPLAIN_MENTION = "{typed}: {slot} {values} ({how})"
EXPLAIN_ROW = "{table}: {key}"
EXPLAIN_SHOWN = "shown"


def cell_shown(column: Column, cell: str) -> str:
    """Return a cell as a sentence shows it.

    >>> from dimchat.tables import Column
    >>> cell_shown(Column("median", "money", unit="a year"), "80110"), cell_shown(Column("day", "date"), "2025-05")
    ('$80,110 a year', 'May 2025')
    """
    if not cell:
        return column.missing
    match column.type:
        case "money":
            text = f"${_grouped(cell)}"
        case "number":
            text = _grouped(cell)
        case "percent":
            text = f"{_grouped(cell)}%"
        case "choice":
            text = dict(column.says).get(cell, cell)
        case "date":
            text = period(cell)
        case _:
            text = cell
    return f"{text} {column.unit}" if column.unit else text


def shown(table: Table, row: Mapping[str, str], name: str) -> str:
    """Return a cell of a row as a sentence shows it; the date of the table stands for one that no column has."""
    if name == AS_OF and AS_OF not in table.column:
        return period(table.as_of)
    return cell_shown(table.column[name], row[name])


def _grouped(cell: str) -> str:
    whole, point, rest = cell.partition(".")
    return f"{int(whole):,}{point}{rest}"
