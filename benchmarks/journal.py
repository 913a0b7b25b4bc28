"""What a journal costs and bears: `python benchmarks/journal.py growth|overhead|kill|trouble`.

growth: how long insights and review take to open with 10,000 to a million questions.
overhead: the time of an answer with the journal on, as a ratio to one with it off, in one run.
kill: writers are killed at random moments; what they were told is kept must be there, once, in a sound file.
trouble: a minute under lock, and a minute on a full disk: answers go on, and what is lost is counted.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from dimchat.index import open_assistant
from dimchat.journal import Switch, open_recorder
from dimchat.journal.address import file_of, url_of
from dimchat.journal.contents import summary
from dimchat.journal.learn.insights import insights
from dimchat.journal.learn.review import open_groups
from dimchat.journal.learn.scope import Scope
from dimchat.journal.rows import Entry, Feedback, new_key
from dimchat.journal.schema import TABLES
from dimchat.journal.store import Store
from dimchat.model import Context
from dimchat.pack import find_pack
from dimchat.quality import CASES_FOLDER, load_items

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dimchat.journal.rows import Row, Signal

SIZES = (10_000, 100_000, 1_000_000)
DAYS = 90
SEED = 0
PER_BATCH = 5000
LETTERS = "abcdefghijklmnopqrstuvwxyz"
START = datetime(2026, 8, 26, tzinfo=UTC)


def asked() -> list[str]:
    """Return the questions of the bundled pack's cases."""
    root = find_pack(None)
    pack = open_assistant(root).pack
    return sorted({item.ask for item in load_items((root / CASES_FOLDER,), root, pack)})


def misspelt(text: str, rng: random.Random) -> str:
    """Return a text with one letter replaced."""
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(LETTERS) + text[at + 1 :]


def made_up(count: int) -> Iterator[Row]:
    """Yield so many questions over 90 days: a few very often, most of them rarely, half of them misspelt."""
    rng = random.Random(SEED)  # noqa: S311 - a reproducible set, no secret
    texts = asked()
    weights = [1 / (place + 3) for place in range(len(texts))]
    for number, text in enumerate(rng.choices(texts, weights, k=count)):
        now = START + timedelta(days=number * DAYS // count, hours=rng.randrange(8, 20))
        kind = rng.choices(("answer", "clarify", "decline", "smalltalk"), (70, 10, 15, 5))[0]
        intents = (f"topic{hash(text) % 97}.aspect",) if kind == "answer" else ()
        key = new_key(now)
        yield Entry(
            key=key,
            day=now.date(),
            hour=now.hour,
            pack="d" * 64,
            face=rng.choice(("chat", "kiosk", "web")),
            kind=kind,
            intents=intents,
            confidence=round(rng.random(), 4),
            margin=round(rng.random(), 4),
            typed=rng.random() < 0.8,  # noqa: PLR2004
            text=misspelt(text, rng) if rng.random() < 0.5 else text,  # noqa: PLR2004
        )
        if rng.random() < 0.1:  # noqa: PLR2004
            signals: tuple[Signal, ...] = ("yes", "no", "again", "picked")
            came = rng.choice(signals)
            picked = "topic1.aspect" if came == "picked" else None
            yield Feedback(new_key(now), key, now.date(), now.hour, came, picked)


def growth(sizes: tuple[int, ...]) -> None:
    """Print a table: how long insights and review take to open, and how big the file is."""
    print("| questions | written in | file | insights | review | insights of the last 7 days |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder, Store(url_of(Path(folder) / "journal.db")) as store:
            began = time.perf_counter()
            batch: list[Row] = []
            for row in made_up(size):
                batch.append(row)
                if len(batch) >= PER_BATCH:
                    store.write(batch)
                    batch.clear()
            store.write(batch)
            written = time.perf_counter() - began
            took = [
                timed(lambda: insights(store, Scope(), {})),
                timed(lambda: open_groups(store, Scope())),
                timed(lambda: insights(store, Scope((START + timedelta(days=DAYS - 7)).date()), {})),
            ]
            mib = store.file.stat().st_size / 2**20
            cells = " | ".join(f"{seconds:.2f} s" for seconds in took)
            print(f"| {size:,} | {written:.0f} s | {mib:.0f} MiB | {cells} |", flush=True)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def overhead(rounds: int) -> None:
    """Print the median time of an answer with the journal on, as a ratio to one with it off, taken in turns."""
    assistant = open_assistant(None)
    pack = assistant.pack
    texts = asked()
    with tempfile.TemporaryDirectory() as folder:
        recorder = open_recorder(Switch("full", url_of(Path(folder) / "journal.db")), face="chat", pack=pack)
        context = Context()
        took: dict[bool, list[float]] = {True: [], False: []}
        rng = random.Random(SEED)  # noqa: S311 - an order, no secret
        rng.shuffle(texts)
        for _ in range(rounds):
            for text in texts:
                # Whichever comes second finds warm caches, so chance says which that is.
                for on in rng.choice(((True, False), (False, True))):
                    began = time.perf_counter()
                    reply, _ = assistant.ask(text, context)
                    if on:
                        recorder.record(reply, context)
                    took[on].append(time.perf_counter() - began)
        loss = recorder.close(60)
    with_journal, without = (statistics.median(took[each]) for each in (True, False))
    print(f"{len(took[True])} answers each: {without * 1e6:.0f} us off, {with_journal * 1e6:.0f} us on", end="")
    print(f", ratio {with_journal / without:.3f}", end="")
    print(f"; means {statistics.fmean(took[False]) * 1e6:.0f} and {statistics.fmean(took[True]) * 1e6:.0f} us", end="")
    print(f"; lost {loss.lost}")


def kill(times: int, writers: int, pause: float) -> int:
    """Kill writers at random moments; return how many rows were lost, doubled, or how often the file was damaged."""
    rng = random.Random(SEED)  # noqa: S311 - moments, no secret
    with tempfile.TemporaryDirectory() as folder:
        url = url_of(Path(folder) / "journal.db")
        Store(url).close()
        children = [_writer(url) for _ in range(writers)]
        told: list[str] = []
        damaged = 0
        for number in range(times):
            time.sleep(rng.random() * pause)
            at = rng.randrange(writers)
            os.kill(children[at].pid, signal.SIGKILL)
            told += _told(children[at])
            children[at] = _writer(url)
            if number % 20 == 0:
                damaged += not _sound(url)
        for child in children:
            os.kill(child.pid, signal.SIGKILL)
            told += _told(child)
        damaged += not _sound(url)
        connection = sqlite3.connect(file_of(url))
        keys = " UNION ALL ".join(f"SELECT key FROM {table.name}" for table in TABLES)  # noqa: S608 - our own names
        there = Counter(key for (key,) in connection.execute(keys))
        connection.close()
    lost = sum(key not in there for key in told)
    doubled = sum(count > 1 for count in there.values()) + len(told) - len(set(told))
    print(f"{times} kills among {writers} writers: {len(told)} rows acknowledged, {len(there)} kept", end="")
    print(f"; {lost} acknowledged rows lost, {doubled} doubled, {damaged} damaged files")
    return lost + doubled + damaged


def _writer(url: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(Path(__file__).with_name("journal_writer.py")), url]
    return subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603 - our own script


def _told(child: subprocess.Popen[bytes]) -> list[str]:
    """Return the keys that a killed writer was told are kept; a line that was cut off told nothing."""
    out, _ = child.communicate()
    return [line.decode() for line in out.split(b"\n")[:-1]]


def _sound(url: str) -> bool:
    connection = sqlite3.connect(file_of(url), timeout=30)
    try:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finally:
        connection.close()


def trouble(seconds: float) -> int:
    """Ask while the database is locked, then while its disk is full; return what went wrong: nothing may.

    The disk is full because the process may write no larger files (RLIMIT_FSIZE).
    """
    with tempfile.TemporaryDirectory() as folder:
        locked = url_of(Path(folder) / "locked.db")
        Store(locked).close()
        other = sqlite3.connect(file_of(locked), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        wrong = _in_trouble("locked", locked, seconds, lambda: other.execute("COMMIT"))
        other.close()
        full = url_of(Path(folder) / "full.db")
        Store(full).close()
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_of(full).stat().st_size, before[1]))
        return wrong + _in_trouble("full", full, seconds, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before))


def _in_trouble(name: str, url: str, seconds: float, end: Callable[[], object]) -> int:
    """Ask fifty questions a second while the trouble lasts, then end it; return how many rows are unaccounted for."""
    assistant = open_assistant(None)
    pack = assistant.pack
    texts = asked()
    recorder = open_recorder(Switch("full", url), face="kiosk", pack=pack)
    began, slowest, count = time.monotonic(), 0.0, 0
    while time.monotonic() - began < seconds:
        before = time.perf_counter()
        recorder.record(assistant.ask(texts[count % len(texts)])[0])
        slowest = max(slowest, time.perf_counter() - before)
        count += 1
        time.sleep(0.02)
    end()
    loss = recorder.close(60)
    with Store(url) as store:
        held = summary(store)
    kept = held.questions + held.safety + held.feedback
    print(f"{name} for {seconds:.0f} s: {count} answers, the slowest {slowest * 1000:.0f} ms; rows kept {kept}", end="")
    print(f", lost {loss.lost}, of which the journal knows {held.lost} ({loss.reason})")
    return max(count - held.questions - held.safety - loss.lost, 0) + abs(loss.lost - held.lost)


def main() -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(dest="part", required=True)
    parts.add_parser("growth").add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    parts.add_parser("overhead").add_argument("rounds", nargs="?", type=int, default=4)
    killing = parts.add_parser("kill")
    killing.add_argument("times", nargs="?", type=int, default=200)
    killing.add_argument("writers", nargs="?", type=int, default=8)
    killing.add_argument("pause", nargs="?", type=float, default=2.0, help="Seconds between kills at most.")
    parts.add_parser("trouble").add_argument("seconds", nargs="?", type=float, default=60)
    asked_for = parser.parse_args()
    match asked_for.part:
        case "growth":
            growth(tuple(asked_for.sizes))
        case "overhead":
            overhead(asked_for.rounds)
        case "kill":
            return min(kill(asked_for.times, asked_for.writers, asked_for.pause), 1)
        case "trouble":
            return min(trouble(asked_for.seconds), 1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
