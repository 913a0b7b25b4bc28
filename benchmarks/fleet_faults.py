"""A week of many stands and one database that is restarted, killed and out of reach; and what became of each row."""

from __future__ import annotations

import random
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from dimchat.errors import JournalError
from dimchat.journal.address import url_of
from dimchat.journal.fleet.outbox import Outbox
from dimchat.journal.fleet.sender import Sender
from dimchat.journal.rows import Entry, Visit, new_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fleet_server import Server

    from dimchat.journal.fleet.database import Database
    from dimchat.journal.rows import Row

BEGIN = datetime(2026, 11, 23, tzinfo=UTC)
DAYS, OPEN = 7, range(8, 24)
AWAY = range(3, 5)
"""The days on which nobody reaches the database."""
FULL_DAY = 2
"""The day on which the disk of the first stand is full."""
WRONG = timedelta(hours=2)
"""By which the clock of the second stand is wrong."""
RESTARTS, KILLS = 10, 3
WORKERS = 4
PACK = "d" * 64
VISITS = 0.4
"""A visit an hour and stand, in so many cases."""


@dataclass
class Stand:
    """One stand with its outbox, and what the outbox acknowledged."""

    name: str
    file: Path
    database: Database
    rng: random.Random
    off: timedelta = timedelta(0)
    busy: float = VISITS
    acknowledged: list[str] = field(default_factory=list)
    refused: int = 0
    failures: int = 0
    visits: int = 0

    def open(self) -> None:
        """Open the outbox, on the thread that will use it."""
        self.outbox = Outbox(url_of(self.file))
        self.sender = Sender(self.outbox, self.database, stand=self.name, building="north")

    def hold(self, hour: datetime) -> None:
        """Hold a visit, or none, and send what may go."""
        now = hour + self.off
        if self.rng.random() < self.busy:
            self._visit(now)
        try:
            self.sender.send(now.date())
        except JournalError:
            self.failures += 1
        self.sender.close()

    def _visit(self, now: datetime) -> None:
        asked = self.rng.randrange(1, 7)
        for number in range(asked):
            text = f"{self.name} {now:%d %H} {number} {self.rng.getrandbits(40)}"
            entry = Entry(
                key=new_key(now),
                day=now.date(),
                hour=now.hour,
                pack=PACK,
                face="kiosk",
                kind="decline",
                intents=(),
                confidence=0.1,
                margin=None,
                typed=True,
                text=text,
            )
            self._write([entry], text)
        self._write([Visit(new_key(now.replace(hour=0)), now.date(), PACK, asked, asked)])

    def _write(self, rows: list[Row], *texts: str) -> None:
        try:
            self.outbox.write(rows)
        except JournalError:
            self.refused += len(rows)
        else:
            self.acknowledged += texts
            self.visits += isinstance(rows[0], Visit)

    def fill_disk(self, *, full: bool) -> None:
        """Let the outbox's file grow no further, or let it again."""
        self.outbox.compact()  # no page of it is free
        with self.outbox.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages if full else 1 << 30}")

    def end(self, today: date) -> None:
        """Send the rest."""
        self.sender.send(today)
        self.sender.close()
        self.outbox.close()


@dataclass(frozen=True)
class Outcome:
    """What became of the rows of a week."""

    acknowledged: int
    lost: int
    twice: int
    misnamed: int
    uncounted: int
    """By how many the counts differ from the rows."""
    refused: int
    """Rows that an outbox did not take, and its stand counted as lost."""
    failures: int
    """Attempts to send that failed."""
    seconds: float

    @property
    def is_good(self) -> bool:
        """Return whether every acknowledged row is there once, under its stand, and is counted."""
        return not (self.lost or self.twice or self.misnamed or self.uncounted)


def week(server: Server, database: Database, folder: Path, count: int, seed: int) -> Outcome:
    """Let so many stands have their week, and look for every row.

    Args:
        server: The running server, which is restarted and killed.
        database: A fleet's, in it.
        folder: Where the outboxes are made.
        count: How many stands.
        seed: Of visits and faults.
    """
    rng = random.Random(seed)  # noqa: S311 - a reproducible week, no secret
    stands = [
        Stand(f"stand-{number}", folder / f"{number}.db", database, random.Random(f"{seed} {number}"))  # noqa: S311
        for number in range(count)
    ]
    stands[0].busy = 1.0  # so that its disk is felt to be full
    stands[1].off = WRONG
    hours = [BEGIN + timedelta(days=day, hours=hour) for day in range(DAYS) for hour in OPEN]
    faults = planned(hours, rng)
    crew = Crew(stands)
    began = time.perf_counter()
    crew.wait(crew.begin(Stand.open))
    for hour in hours:
        begins_or_ends(server, crew, hour)
        work = crew.begin(partial(Stand.hold, hour=hour))
        if fault := faults.get(hour):
            time.sleep(rng.random() * (2 if hour.hour == OPEN[0] else 0.3) * count / 200)
            server.kill() if fault == "kill" else server.stop()
            time.sleep(0.2)
            started(server)
        crew.wait(work)
    crew.wait(crew.begin(partial(Stand.end, today=(hours[-1] + timedelta(days=2)).date())))
    crew.close()
    return judged(stands, database, time.perf_counter() - began)


def planned(hours: list[datetime], rng: random.Random) -> dict[datetime, str]:
    """Return the hours in which the database is restarted, or killed."""
    usual = [hour for hour in hours if (hour - BEGIN).days not in AWAY]
    # Most of it is sent in the first hour of a day, so some of the faults come then.
    first = [hour for hour in usual if hour.hour == OPEN[0] and hour > hours[0]]
    faulty = [*first, *rng.sample([hour for hour in usual if hour not in first], RESTARTS + KILLS - len(first))]
    kinds = ["restart"] * RESTARTS + ["kill"] * KILLS
    rng.shuffle(kinds)
    return dict(zip(faulty, kinds, strict=True))


def begins_or_ends(server: Server, crew: Crew, hour: datetime) -> None:
    """Begin and end what lasts for days."""
    day = (hour - BEGIN).days
    if hour.hour == OPEN[0] and day == AWAY.start:
        server.stop()
    if hour.hour == OPEN[0] and day == AWAY.stop:
        server.start()
    # An hour later: what was sent in the first one has left room behind.
    if hour.hour == OPEN[1] and day in {FULL_DAY, FULL_DAY + 1}:
        crew.wait(crew.begin(partial(fill_disk, full=day == FULL_DAY)))


def fill_disk(stand: Stand, *, full: bool) -> None:
    """Let the outbox of the first stand grow no further, or let it again."""
    if stand.name == "stand-0":
        stand.fill_disk(full=full)


class Crew:
    """Threads that look after the stands: connections of SQLite stay on theirs, so each keeps its own stands."""

    def __init__(self, stands: list[Stand]) -> None:
        """Give each thread its stands."""
        self._workers = [(ThreadPoolExecutor(1), stands[number::WORKERS]) for number in range(WORKERS)]

    def begin(self, act: Callable[[Stand], None]) -> list[Future[None]]:
        """Begin to do something with every stand."""

        def on(share: list[Stand]) -> None:
            for stand in share:
                act(stand)

        return [worker.submit(on, share) for worker, share in self._workers]

    @staticmethod
    def wait(work: list[Future[None]]) -> None:
        """Wait until it is done."""
        for future in work:
            future.result()

    def close(self) -> None:
        """Let the threads end."""
        for worker, _ in self._workers:
            worker.shutdown()


def started(server: Server) -> None:
    """Start a server again; one that was killed holds on to its port and its memory for a moment."""
    for _ in range(50):
        with suppress(RuntimeError):
            server.start()
            return
        time.sleep(0.2)
    raise RuntimeError((server.folder / "log").read_text()[-2000:])


def judged(stands: list[Stand], database: Database, seconds: float) -> Outcome:
    """Look for every row in the database."""
    with database.connect() as connection:
        rows = connection.execute("SELECT text, stand FROM entry").fetchall()
        counts = [
            connection.execute(f"SELECT coalesce(sum({column}), 0) FROM {table}").fetchall()[0][0]  # noqa: S608
            for column, table in (("count", "hourly"), ("count", "asked"))
        ]
        visits = connection.execute("SELECT stand, count(*) FROM visit GROUP BY stand").fetchall()
    times = Counter(text for text, _ in rows)
    sent = {text: stand.name for stand in stands for text in stand.acknowledged}
    expected = Counter({stand.name: stand.visits for stand in stands if stand.visits})
    return Outcome(
        acknowledged=len(sent),
        lost=sum(text not in times for text in sent) + sum((expected - Counter(dict(visits))).values()),
        twice=sum(count > 1 for count in times.values()) + sum((Counter(dict(visits)) - expected).values()),
        misnamed=sum(sent.get(text) != stand for text, stand in rows),
        uncounted=sum(abs(len(rows) - int(count)) for count in counts),
        refused=sum(stand.refused for stand in stands),
        failures=sum(stand.failures for stand in stands),
        seconds=seconds,
    )
