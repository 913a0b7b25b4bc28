"""What a journal costs and bears: `python benchmarks/journal.py growth|overhead|kill`.

growth: how long insights and review take to open with 10,000 to a million questions.
overhead: the time of an answer with the journal on, as a ratio to one with it off, in one run.
kill: writers are killed at random moments; what they were told is kept must be there, once, in a sound file.
"""

from __future__ import annotations

import argparse
import os
import random
import select
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

from dimchat.journal import Switch, open_recorder
from dimchat.journal.address import url_of
from dimchat.journal.insights import insights
from dimchat.journal.review import open_groups
from dimchat.journal.rows import Entry, Feedback, new_key
from dimchat.journal.store import Store
from dimchat.model import Context
from dimchat.pack import find_pack
from dimchat.regress import CASES_FOLDER, load_items
from dimchat.store import open_assistant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.journal.rows import Row

SIZES = (10_000, 100_000, 1_000_000)
DAYS = 90
SEED = 0
PER_BATCH = 5000
LETTERS = "abcdefghijklmnopqrstuvwxyz"
START = datetime(2026, 8, 26, tzinfo=UTC)


def asked() -> list[str]:
    """Return the questions of the bundled pack's cases."""
    root = find_pack(None)
    pack, _ = open_assistant(root)
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
            signal_ = rng.choice(("yes", "no", "again", "picked"))
            yield Feedback(
                new_key(now), key, now.date(), now.hour, signal_, "topic1.aspect" if signal_ == "picked" else None
            )


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
                timed(lambda: insights(store, None, {})),
                timed(lambda: open_groups(store, None)),
                timed(lambda: insights(store, (START + timedelta(days=DAYS - 7)).date(), {})),
            ]
            mib = store.file.stat().st_size / 2**20
            cells = " | ".join(f"{seconds:.2f} s" for seconds in took)
            print(f"| {size:,} | {written:.0f} s | {mib:.0f} MiB | {cells} |", flush=True)


def timed(work: object) -> float:
    """Return the seconds that a call takes."""
    began = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - began


if __name__ == "__main__":
    growth(tuple(map(int, sys.argv[1:])) or SIZES)
