"""What a fleet's journal bears: `python benchmarks/fleet.py PART`; it starts PostgreSQL itself.

speed: rows a second that a sender moves from an outbox into PostgreSQL, beside a bare COPY of the same rows, in turns.
growth: how long insights and review take over 0.1, 1 and 10 million questions of 200 stands.
faults: a week of 200 stands in which the database is restarted, killed and out of reach, a disk is full, a clock wrong.
overhead: the time of an answer with the fleet's journal on, as a ratio to one with it off, in turns.
outbox: the median time of a write to the outbox.

Each ends with 1 where it misses its bar.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fleet_faults
from fleet_server import Server, missing, served

from dimchat.index import open_assistant
from dimchat.journal import Fleet, Switch, open_recorder
from dimchat.journal.address import url_of
from dimchat.journal.fleet.database import Database, database_at
from dimchat.journal.fleet.fleet_store import FleetJournal
from dimchat.journal.fleet.outbox import Outbox
from dimchat.journal.fleet.roles import make_roles, migrate_fleet
from dimchat.journal.fleet.sender import Sender
from dimchat.journal.fleet.sending import SendingProcess
from dimchat.journal.learn.insights import insights
from dimchat.journal.learn.review import open_groups
from dimchat.journal.learn.scope import Scope
from dimchat.journal.rows import Entry, new_key
from dimchat.model import Context
from journal import asked, misspelt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
                (
                    f"{rng.getrandbits(128):032x}",
                    day,
                    stand,
                    key,
                    signal,
                    picked,
                    said if picked else None,
                    about,
                    version,
                    language,
                )
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
    "entry": "key, day, stand, pack, face, kind, intents, confidence, margin, typed, text, reason, pack_version, "
    "language",
    "feedback": "key, day, stand, entry, signal, intent, text, about, pack_version, language",
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
                took = [timed(partial(insights, journal, each, {})) for each in scopes]
                took.append(timed(partial(open_groups, journal, Scope())))
            cells = " | ".join(f"{seconds:.2f} s" for seconds in took)
            print(f"| {size:,} | {filled:.0f} s | {held} | {cells} |", flush=True)
            good = good and max(took) < SLOWEST
    return good


def faults(count: int) -> bool:
    """Print what became of a week's rows, and return whether none was lost, doubled or misnamed."""
    with served() as server, tempfile.TemporaryDirectory() as folder:
        outcome = fleet_faults.week(server, made(server, "week"), Path(folder), count, SEED)
    print(outcome)
    return outcome.is_good


# speed


def entries(count: int, texts: Sequence[str], day: date) -> list[Entry]:
    """Return questions of a day, as a stand keeps them."""
    rng = random.Random(SEED)  # noqa: S311 - a reproducible set, no secret
    now = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return [
        Entry(
            key=new_key(now + timedelta(hours=rng.randrange(8, 20))),
            day=day,
            hour=8,
            pack=PACK,
            face="kiosk",
            kind="answer",
            intents=(f"topic{rng.randrange(197)}.aspect",),
            confidence=rng.random(),
            margin=rng.random(),
            typed=True,
            text=misspelt(rng.choice(texts), rng),
            pack_version="1",
            language="en",
        )
        for _ in range(count)
    ]


def speed(count: int, rounds: int = 5) -> bool:
    """Move rows from outboxes into the database, and the same number by a bare COPY, in turns; print both."""
    texts = asked()
    rates: dict[str, list[float]] = {"sender": [], "copy": []}
    with served("max_wal_size=4GB") as server, tempfile.TemporaryDirectory() as folder:
        database = made(server, "speed")
        with database.connect() as connection:
            connection.execute("SELECT make_month(%s)", [START])
        for turn in range(rounds):
            rows = entries(count, texts, START)
            with Outbox(url_of(Path(folder) / f"{turn}.db"), megabytes=10_000) as outbox:
                outbox.write(rows)
                sender = Sender(outbox, database, stand=f"stand-{turn}")
                rates["sender"].append(count / timed(partial(sender.send, START + timedelta(1))))
                sender.close()
            held = [
                (uuid.uuid4().hex, START, f"copy-{turn}", PACK, "kiosk", "answer", row.intents[0], row.confidence,
                 row.margin, row.typed, row.text, None, "1", "en")
                for row in rows
            ]  # fmt: skip
            rates["copy"].append(count / timed(partial(copied, database, {"entry": held})))
    median = {name: statistics.median(each) for name, each in rates.items()}
    part = statistics.median(one / other for one, other in zip(rates["sender"], rates["copy"], strict=True))
    print(f"sender {median['sender']:,.0f} rows/s, COPY {median['copy']:,.0f} rows/s, {part:.2f} of it")
    return median["sender"] >= LEAST_ROWS and part >= LEAST_OF_COPY


def outbox(count: int) -> bool:
    """Print the median time of a write to the outbox, one row each, and return whether that is short enough."""
    rows = entries(count, asked(), START)
    with tempfile.TemporaryDirectory() as folder, Outbox(url_of(Path(folder) / "outbox.db")) as opened:
        took = [timed(partial(opened.write, [row])) for row in rows]
    slow = sorted(took)[-count // 100]
    print(f"median {statistics.median(took) * 1000:.2f} ms, one of a hundred {slow * 1000:.2f} ms or more")
    return statistics.median(took) <= SLOWEST_WRITE


def overhead(rounds: int) -> bool:
    """Print the time of an answer with the fleet's journal on, and sent, as a ratio to one with it off, in turns."""
    assistant = open_assistant(None)
    texts = asked()
    rng = random.Random(SEED)  # noqa: S311 - an order, no secret
    with served() as server, tempfile.TemporaryDirectory() as folder:
        database = made(server, "overhead")
        fleet = Fleet(server.address("overhead"), "stand-1")
        switch = Switch("full", url_of(Path(folder) / "outbox.db"), fleet=fleet)
        recorder = open_recorder(switch, face="chat", pack=assistant.pack)
        sending = SendingProcess(switch, time.monotonic)
        sending.turn()
        took: dict[bool, list[float]] = {True: [], False: []}
        for _ in range(rounds):
            rng.shuffle(texts)
            for text in texts:
                # Whichever comes second finds warm caches, so chance says which that is.
                for on in rng.sample((True, False), 2):
                    began = time.perf_counter()
                    reply, _after = assistant.ask(text, Context())
                    if on:
                        recorder.record(reply)
                    took[on].append(time.perf_counter() - began)
            recorder.forget()
        recorder.close(10.0)
        sending.close()
        database.connect().close()
    ratio = statistics.geometric_mean(on / off for on, off in zip(took[True], took[False], strict=True))
    medians = (statistics.median(took[on]) * 1e6 for on in (True, False))
    print("median {:,.0f} us with it on, {:,.0f} us off; mean of the ratios in turns {:.3f}".format(*medians, ratio))
    return ratio <= MOST_OF_OFF


def main() -> int:
    """Run a part, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=("speed", "growth", "faults", "overhead", "outbox"))
    parser.add_argument(
        "--size", type=int, help="Of growth: questions; of faults: stands; of the others: rows, or rounds."
    )
    given = parser.parse_args()
    if reason := missing():
        parser.error(reason)
    parts: dict[str, Callable[[], bool]] = {
        "speed": lambda: speed(given.size or 20_000),
        "growth": lambda: growth([given.size] if given.size else SIZES),
        "faults": lambda: faults(given.size or STANDS),
        "overhead": lambda: overhead(given.size or 2),
        "outbox": lambda: outbox(given.size or 2000),
    }
    return 0 if parts[given.part]() else 1


if __name__ == "__main__":
    sys.exit(main())
