"""What a fleet's journal bears: `python benchmarks/fleet.py speed|growth|faults|overhead|outbox`; it starts PostgreSQL itself.

speed: rows a second that a sender moves from an outbox into PostgreSQL, beside a bare COPY of the same rows, in turns.
growth: how long insights and review take over 0.1, 1 and 10 million questions of 200 stands.
faults: a week of 200 stands in which the database is restarted, killed and out of reach, a disk is full, a clock wrong.
overhead: the time of an answer with the fleet's journal on, as a ratio to one with it off, in turns.
outbox: the median time of a write to the outbox.

Each ends with 1 where it misses its bar.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fleet_server import Server, missing

from dimchat.journal.fleet.database import Database, database_at
from dimchat.journal.fleet.fleet_store import FleetJournal
from dimchat.journal.fleet.roles import make_roles, migrate_fleet
from dimchat.journal.learn.insights import insights
from dimchat.journal.learn.review import open_groups
from dimchat.journal.learn.scope import Scope
from journal import asked, misspelt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SIZES = (100_000, 1_000_000, 10_000_000)
STANDS, BUILDINGS, DAYS = 200, 12, 90
START = date(2026, 8, 15)
SEED = 21
PACK = "d" * 64
SLOWEST = 3.0
LEAST_ROWS, LEAST_OF_COPY = 5000, 0.25
SLOWEST_WRITE = 0.001
MOST_OF_OFF = 1.05
LARGE = ("shared_buffers=1GB", "work_mem=64MB", "maintenance_work_mem=512MB", "max_wal_size=8GB", "jit=off")
"""What an operator of such a database sets; the rest is as it comes."""


@contextmanager
def served(*settings: str) -> Iterator[Server]:
    """A server in a folder under /tmp that goes with it."""
    if reason := missing():
        sys.exit(reason)
    folder = Path(tempfile.mkdtemp(prefix="dimchat-fleet-"))
    folder.chmod(0o755)
    server = Server(folder / "server", settings)
    try:
        server.make()
        server.start()
        yield server
        server.stop("immediate")
    finally:
        shutil.rmtree(folder)


def made(server: Server, name: str) -> Database:
    """Return a fleet's database that holds nothing yet."""
    server.execute(f"CREATE DATABASE {name}")
    database = database_at(server.address(name))
    make_roles(database)
    migrate_fleet(database)
    return database


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


# growth


def day_of_rows(day: date, count: int, texts: Sequence[str], rng: random.Random) -> dict[str, list[tuple[Any, ...]]]:
    """Return what a day brings, by table: a few texts very often, most of them rarely, half of them misspelt."""
    weights = [1 / (place + 3) for place in range(len(texts))]
    version = "1" if day < START + timedelta(DAYS * 2 // 3) else "2"
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in ("entry", "feedback", "visit", "hourly")}
    hours: Counter[tuple[Any, ...]] = Counter()
    stands = rng.choices([f"stand-{number}" for number in range(STANDS)], k=count)
    kinds = rng.choices(("answer", "clarify", "decline", "smalltalk"), (70, 10, 15, 5), k=count)
    for text, stand, kind in zip(rng.choices(texts, weights, k=count), stands, kinds, strict=True):
        key = f"{rng.getrandbits(128):032x}"
        number = len(text) * 31 % 197
        intents = f"topic{number}.aspect" if kind == "answer" else ""
        reason = "reply.unknown" if kind == "decline" else None
        typed = rng.random() < 0.8  # noqa: PLR2004
        language = "en" if rng.random() < 0.85 else "es"  # noqa: PLR2004
        said = misspelt(text, rng) if rng.random() < 0.5 else text  # noqa: PLR2004
        certain = round(rng.random(), 4)
        rows["entry"].append(
            (key, day, stand, PACK, "kiosk", kind, intents, certain, certain, typed, said, reason, version, language)
        )
        hours[stand, rng.randrange(8, 20), "kiosk", kind, typed, version, language] += 1
        if rng.random() < 0.1 and kind != "smalltalk":  # noqa: PLR2004
            signal = "picked" if kind == "clarify" else rng.choice(("yes", "no", "again"))
            picked = "topic1.aspect" if signal == "picked" else None
            about = intents or None
            rows["feedback"].append(
                (f"{rng.getrandbits(128):032x}", day, stand, key, signal, picked, about, version, language)
            )
        if rng.random() < 0.25:  # noqa: PLR2004
            rows["visit"].append(
                (f"{rng.getrandbits(128):032x}", day, stand, PACK, 4, rng.randrange(2), version, language)
            )
    for (stand, hour, face, kind, typed, version_, language), times in hours.items():
        row = (f"{rng.getrandbits(128):032x}", day, stand, hour, face, kind, typed, times, version_, language)
        rows["hourly"].append(row)
    return rows


COLUMNS = {
    "entry": "key, day, stand, pack, face, kind, intents, confidence, margin, typed, text, reason, pack_version, language",
    "feedback": "key, day, stand, entry, signal, intent, about, pack_version, language",
    "visit": "key, day, stand, pack, asked, declined, pack_version, language",
    "hourly": "key, day, stand, hour, face, kind, typed, count, pack_version, language",
}


def copied(database: Database, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """Put rows into the database's tables with COPY."""
    with database.connect() as connection, connection.transaction():
        for table, each in rows.items():
            with connection.cursor().copy(f"COPY {table} ({COLUMNS[table]}) FROM STDIN") as copy:
                for row in each:
                    copy.write_row(row)


def growth(sizes: Sequence[int]) -> bool:
    """Print a table of how long a curator waits, and return whether that is short enough."""
    good = True
    print(
        "| questions | filled in | database | insights | of a stand | of a building | of 7 days | of 45 days | review |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)
    texts = asked()
    with served(*LARGE, "synchronous_commit=off") as server:
        for size in sizes:
            database = made(server, f"f{size}")
            rng = random.Random(SEED)  # noqa: S311 - a reproducible set, no secret
            began = time.perf_counter()
            with database.connect() as connection:
                for number in range(STANDS):
                    place = [f"stand-{number}", f"building-{number % BUILDINGS}"]
                    connection.execute("INSERT INTO stands VALUES (%s, %s)", place)
                for month in range(DAYS // 28 + 1):
                    connection.execute("SELECT make_month(%s)", [START + timedelta(28 * month)])
            for number in range(DAYS):
                copied(database, day_of_rows(START + timedelta(number), size // DAYS, texts, rng))
            with database.connect() as connection:
                connection.execute("VACUUM ANALYZE")
                ((held,),) = connection.execute(
                    "SELECT pg_size_pretty(pg_database_size(current_database()))"
                ).fetchall()
            filled = time.perf_counter() - began
            end = START + timedelta(DAYS)
            scopes = [
                Scope(),
                Scope(stands=("stand-7",)),
                Scope(buildings=("building-3",)),
                Scope(end - timedelta(7)),
                Scope(end - timedelta(45)),
            ]
            with FleetJournal(database) as journal:
                took = [min(timed(lambda each=each: insights(journal, each, {})) for _ in range(2)) for each in scopes]
                took.append(min(timed(lambda: open_groups(journal, Scope())) for _ in range(2)))
            cells = " | ".join(f"{seconds:.2f} s" for seconds in took)
            print(f"| {size:,} | {filled:.0f} s | {held} | {cells} |", flush=True)
            good = good and max(took) < SLOWEST
    return good
