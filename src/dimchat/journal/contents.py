"""What a journal holds, in numbers and row by row."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

import sqlalchemy as sa

from dimchat.files.json_text import dumps
from dimchat.journal.learn.scope import Scope
from dimchat.journal.rows import LOST, SAFETY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dimchat.journal.store import Journal

_CHUNK = 1000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary of a journal."""

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


def summary(store: Journal) -> Summary:
    """Return what a journal holds."""
    entry, feedback, decision = (store.table(name) for name in ("entry", "feedback", "decision"))
    with store.reading() as connection:

        def count(table: sa.Table) -> int:
            return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())

        since, until, questions, with_text = connection.execute(
            sa.select(sa.func.min(entry.c.day), sa.func.max(entry.c.day), sa.func.count(), sa.func.count(entry.c.text))
        ).one()
        counted = tallies(connection, store, Scope())
        return Summary(
            store.version(connection),
            since,
            until,
            questions,
            with_text,
            count(feedback),
            count(decision),
            counted.get(SAFETY, 0),
            counted.get(LOST, 0),
        )


class Day(NamedTuple):
    """How often a face replied on one day, and what could not be kept on it, from any face."""

    answered: int
    clarified: int
    declined: int
    lost: int


def day_of(store: Journal, day: date, face: str) -> Day:
    """Return what a journal says of one day.

    Raises:
        JournalError: It cannot be read.
    """
    entry, tally = store.table("entry"), store.table("tally")
    select = sa.select(entry.c.kind, sa.func.count()).where(entry.c.day == day, entry.c.face == face)
    with store.reading() as connection:
        kinds = {str(kind): int(count) for kind, count in connection.execute(select.group_by(entry.c.kind))}
        lost = connection.execute(
            sa.select(sa.func.coalesce(sa.func.sum(tally.c.count), 0)).where(tally.c.day == day, tally.c.what == LOST)
        ).scalar_one()
    return Day(kinds.get("answer", 0), kinds.get("clarify", 0), kinds.get("decline", 0), lost)


def tallies(connection: sa.Connection, store: Journal, scope: Scope) -> dict[str, int]:
    """Return what was only counted, by name."""
    return {what: int(count) for what, count in connection.execute(store.queries(scope).tallies())}


def latest(store: Journal, limit: int) -> list[dict[str, Any]]:
    """Return the latest questions, the last first; within an hour in no order.

    Args:
        store: The journal.
        limit: How many at most.
    """
    entry = store.table("entry")
    # Keys of a journal of one place begin with the hour, those of a fleet's are chance.
    latest_first = entry.c.key if "hour" in entry.c else entry.c.day
    select = sa.select(entry).order_by(latest_first.desc()).limit(limit)
    with store.reading() as connection:
        return [dict(row) for row in connection.execute(select).mappings()]


def every_row(store: Journal) -> Iterator[dict[str, Any]]:
    """Yield all rows, table by table, each with the name of its table under `row`."""
    with store.reading() as connection:
        for table in store.tables:
            select = sa.select(table).order_by(table.c.key)
            for row in connection.execution_options(yield_per=_CHUNK).execute(select).mappings():
                yield {"row": table.name, **row}


def write_lines(store: Journal, out: TextIO) -> int:
    """Write all rows as JSON Lines and return how many."""
    count = 0
    for row in every_row(store):
        out.write(dumps(row, default=str) + "\n")
        count += 1
    return count


def write_table(store: Journal, out: TextIO) -> int:
    """Write the questions as CSV, for a spreadsheet, and return how many."""
    columns = [column.name for column in store.table("entry").columns]
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    count = 0
    for row in every_row(store):
        if row["row"] == "entry":
            writer.writerow({name: harmless_cell(row[name]) for name in columns})
            count += 1
    return count


def harmless_cell(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Return a value that no spreadsheet takes for a formula: a visitor may have typed one."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
