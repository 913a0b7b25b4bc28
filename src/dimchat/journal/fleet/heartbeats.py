"""The last sign of each stand, as it leaves it and as operators read it; and the visits that a rollout is judged by."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from psycopg.rows import namedtuple_row, tuple_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from dimchat.journal.fleet.database import Database

_COLUMNS = (
    "stand, building, at, silent, up, dimchat, answers, digest, visits, questions, declined, crashes, waiting, "
    "dropped, error"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """What a stand says of itself: numbers, ids and a kind of error."""

    silent: int
    """Seconds since the stand wrote this of itself; -1 where it never did."""
    up: int
    """Seconds since it started."""
    dimchat: str
    answers: int
    """The version of its answers; 0 where nobody publishes them."""
    digest: str
    """Of its pack."""
    visits: int
    """Today, up to the last full hour, and so are the next three."""
    questions: int
    declined: int
    crashes: int
    waiting: int
    """Rows in its outbox."""
    dropped: int
    """Rows that a full outbox gave up and has not told yet."""
    error: str
    """The kind of the last refusal of newer answers; empty for none."""


@dataclass(frozen=True, slots=True)
class Heartbeat(Sign):
    """The last sign of a stand, with its name and when it came by the database's clock."""

    stand: str
    building: str | None
    at: datetime
    age: int
    """Seconds since it came."""


def leave(database: Database, stand: str, building: str | None, sign: Sign) -> None:
    """Leave a sign, in the place of the one before.

    Raises:
        JournalError: The database cannot be reached or refuses.
    """
    with database.saying(), database.connect() as connection:
        connection.execute("SELECT beat(%s, %s, %s::jsonb)", [stand, building, json.dumps(asdict(sign))])


def heartbeats(database: Database) -> list[Heartbeat]:
    """Return the last sign of each stand, by name.

    Raises:
        JournalError: The database cannot be reached or refuses.
    """
    query = (
        f"SELECT {_COLUMNS}, greatest(extract(epoch FROM now() - at), 0)::integer AS age "  # noqa: S608 - our own names
        "FROM heartbeats ORDER BY stand"
    )
    with database.saying(), database.connect() as connection:
        rows = connection.cursor(row_factory=namedtuple_row).execute(query).fetchall()
        return [Heartbeat(**row._asdict()) for row in rows]


def stands_known(database: Database) -> list[str]:
    """Return the names of all stands that were ever heard of.

    Raises:
        JournalError: The database cannot be reached or refuses.
    """
    with database.saying(), database.connect() as connection:
        query = "SELECT stand FROM stands UNION SELECT stand FROM heartbeats ORDER BY 1"
        return [row[0] for row in connection.execute(query).fetchall()]


def visit_sums(
    database: Database, pack: str, first: date, last: date, stands: Sequence[str] | None = None
) -> tuple[int, ...]:
    """Return sums over visits: their number, the questions q, the declined ones d, and of q q, q d and d d.

    Args:
        database: The fleet's.
        pack: The digest of the pack that replied.
        first: The first day that counts.
        last: The last day that counts.
        stands: Those that count; None for all.

    Raises:
        JournalError: The database cannot be reached or refuses.
    """
    sums = ", ".join(f"coalesce(sum({one}), 0)" for one in ("1", "q", "d", "q * q", "q * d", "d * d"))
    query = (
        f"SELECT {sums} FROM (SELECT asked::bigint AS q, declined::bigint AS d FROM visit "  # noqa: S608 - the same
        "WHERE pack = %s AND day BETWEEN %s AND %s AND (%s::text[] IS NULL OR stand = ANY(%s::text[]))) AS visits"
    )
    chosen = None if stands is None else list(stands)
    with database.saying(), database.connect() as connection:
        cursor = connection.cursor(row_factory=tuple_row)
        row: tuple[Any, ...] | None = cursor.execute(query, [pack, first, last, chosen, chosen]).fetchone()
        return tuple(map(int, row or ()))


def stands_with(database: Database, pack: str, first: date) -> list[str]:
    """Return the stands that had visits under a pack.

    Args:
        database: The fleet's.
        pack: Its digest.
        first: The first day that counts.

    Raises:
        JournalError: The database cannot be reached or refuses.
    """
    with database.saying(), database.connect() as connection:
        query = "SELECT DISTINCT stand FROM visit WHERE pack = %s AND day >= %s ORDER BY 1"
        return [row[0] for row in connection.execute(query, [pack, first]).fetchall()]
