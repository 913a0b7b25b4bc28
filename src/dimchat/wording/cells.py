"""Dates, amounts and lists as a person reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.tables import AS_OF

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dimchat.tables import Column, Table
    from dimchat.wording.catalogue import Catalogue


def period(written: str, words: Catalogue) -> str:
    """Return a year, a month or a day.

    >>> from dimchat.wording import catalogue_of
    >>> [period(written, catalogue_of("en")) for written in ("2025", "2025-05", "2025-05-31")]
    ['2025', 'May 2025', 'May 31, 2025']
    """
    year, _, rest = written.partition("-")
    month, _, day = rest.partition("-")
    if not month:
        return year
    named = words.texts("reply.months")[int(month) - 1]
    return words("reply.day" if day else "reply.month", year=year, month=named, day=int(day or 0))


def listed(names: Sequence[str], words: Catalogue) -> str:
    """Return names as a sentence lists them.

    >>> from dimchat.wording import catalogue_of
    >>> listed(["Ohio", "Texas", "Utah"], catalogue_of("en"))
    'Ohio, Texas and Utah'
    """
    return words("reply.list", others=", ".join(names[:-1]), last=names[-1]) if len(names) > 1 else "".join(names)


def cell_shown(column: Column, cell: str, words: Catalogue) -> str:
    """Return a cell as a sentence shows it.

    >>> from dimchat.tables import Column
    >>> from dimchat.wording import catalogue_of
    >>> columns = (Column("median", "money", unit="a year"), "80110"), (Column("day", "date"), "2025-05")
    >>> [cell_shown(column, cell, catalogue_of("en")) for column, cell in columns]
    ['$80,110 a year', 'May 2025']
    """
    if not cell:
        return column.missing
    match column.type:
        case "money" | "percent":
            text = words(f"reply.amount.{column.type}", amount=_grouped(cell))
        case "number":
            text = _grouped(cell)
        case "choice":
            text = dict(column.says).get(cell, cell)
        case "date":
            text = period(cell, words)
        case _:
            text = cell
    return f"{text} {column.unit}" if column.unit else text


def shown(table: Table, row: Mapping[str, str], name: str, words: Catalogue) -> str:
    """Return a cell of a row as a sentence shows it; the date of the table stands for one that no column has."""
    if name == AS_OF and AS_OF not in table.column:
        return period(table.as_of, words)
    return cell_shown(table.column[name], row[name], words)


def _grouped(cell: str) -> str:
    whole, point, rest = cell.partition(".")
    return f"{int(whole):,}{point}{rest}"
