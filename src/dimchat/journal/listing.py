"""The rows of a journal as they are: a summary, the latest, and all of them for another program."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

import sqlalchemy as sa

from dimchat.files.json_text import dumps
from dimchat.journal.rows import LOST, SAFETY
from dimchat.journal.schema import DECISION, ENTRY, FEEDBACK, TABLES, TALLY, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dimchat.journal.store import Reader

_CHUNK = 1000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a journal holds."""

    version: int
    since: date | None
    until: date | None
    questions: int
    with_text: int
    feedback: int
    decisions: int
    safety: int
    """Safety messages: counted, never kept."""
    lost: int
    """Rows that could not be kept."""


def summary(store: Reader) -> Summary:
    """Return what a journal holds."""
    with store.reading() as connection:
        since, until, questions, with_text = connection.execute(
            sa.select(sa.func.min(ENTRY.c.day), sa.func.max(ENTRY.c.day), sa.func.count(), sa.func.count(ENTRY.c.text))
        ).one()
        feedback = connection.execute(sa.select(sa.func.count()).select_from(FEEDBACK)).scalar_one()
        decisions = connection.execute(sa.select(sa.func.count()).select_from(DECISION)).scalar_one()
        counted = tallies(connection)
        return Summary(
            version_of(connection),
            since,
            until,
            questions,
            with_text,
            feedback,
            decisions,
            counted.get(SAFETY, 0),
            counted.get(LOST, 0),
        )


class Day(NamedTuple):
    """How often a face replied on one day, and what could not be kept on it, from any face."""

    answered: int
    clarified: int
    declined: int
    lost: int


def day_of(store: Reader, day: date, face: str) -> Day:
    """Return what a journal says of one day.

    Raises:
        JournalError: It cannot be read.
    """
    select = sa.select(ENTRY.c.kind, sa.func.count()).where(ENTRY.c.day == day, ENTRY.c.face == face)
    with store.reading() as connection:
        kinds = {str(kind): int(count) for kind, count in connection.execute(select.group_by(ENTRY.c.kind))}
        lost = connection.execute(
            sa.select(sa.func.coalesce(sa.func.sum(TALLY.c.count), 0)).where(TALLY.c.day == day, TALLY.c.what == LOST)
        ).scalar_one()
    return Day(kinds.get("answer", 0), kinds.get("clarify", 0), kinds.get("decline", 0), lost)


def tallies(connection: sa.Connection, since: date | None = None) -> dict[str, int]:
    """Return what was only counted, by name, from a day on."""
    select = sa.select(TALLY.c.what, sa.func.sum(TALLY.c.count)).group_by(TALLY.c.what)
    if since is not None:
        select = select.where(TALLY.c.day >= since)
    return {what: int(count) for what, count in connection.execute(select)}


def latest(store: Reader, limit: int) -> list[dict[str, Any]]:
    """Return the latest questions, the last first; within an hour in no order.

    Args:
        store: The journal.
        limit: How many at most.
    """
    select = sa.select(ENTRY).order_by(ENTRY.c.key.desc()).limit(limit)
    with store.reading() as connection:
        return [dict(row) for row in connection.execute(select).mappings()]


def every_row(store: Reader) -> Iterator[dict[str, Any]]:
    """Yield all rows, table by table, each with the name of its table under `row`."""
    with store.reading() as connection:
        for table in TABLES:
            select = sa.select(table).order_by(table.c.key)
            for row in connection.execution_options(yield_per=_CHUNK).execute(select).mappings():
                yield {"row": table.name, **row}


def write_lines(store: Reader, out: TextIO) -> int:
    """Write all rows as JSON Lines and return how many."""
    count = 0
    for row in every_row(store):
        out.write(dumps(row, default=str) + "\n")
        count += 1
    return count


def write_table(store: Reader, out: TextIO) -> int:
    """Write the questions as CSV, for a spreadsheet, and return how many."""
    columns = [column.name for column in ENTRY.columns]
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    count = 0
    for row in every_row(store):
        if row["row"] == ENTRY.name:
            writer.writerow({name: harmless_cell(row[name]) for name in columns})
            count += 1
    return count


def harmless_cell(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Return a value that no spreadsheet takes for a formula: a visitor may have typed one."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
