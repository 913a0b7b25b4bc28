"""`kill -9` among several writers; `benchmarks/journal.py kill` does the same two hundred times."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

from dimchat.journal.address import file_of
from dimchat.journal.schema import TABLES
from dimchat.journal.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WRITER = Path(__file__).parents[2] / "benchmarks" / "journal_writer.py"
WRITERS = 4
KILLS = 8
LONGEST = 0.3
"""Seconds that a writer goes on after the first row that it was told is kept."""


@pytest.fixture
def start() -> Iterator[Callable[[str], subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []

    def begin(url: str) -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, WRITER, url], stdout=subprocess.PIPE))
        return started[-1]

    yield begin
    for writer in started:
        if writer.returncode is None:
            writer.kill()
            writer.communicate()


def lines_of(writer: subprocess.Popen[bytes]) -> IO[bytes]:
    assert writer.stdout is not None
    return writer.stdout


def test_what_a_killed_writer_was_told_is_kept_is_there_once_in_a_sound_file(
    url: str, start: Callable[[str], subprocess.Popen[bytes]]
) -> None:
    Store(url).close()
    chance = random.Random(9)  # noqa: S311 - the same moments each time
    writers = [start(url) for _ in range(WRITERS)]
    told: list[bytes] = []
    for number in range(KILLS):
        writer = writers.pop(0)
        told.append(lines_of(writer).readline())
        time.sleep(chance.random() * LONGEST)  # the moment is what is tried, not waited for
        writer.send_signal(signal.SIGKILL)
        out, _ = writer.communicate()
        told += out.splitlines(keepends=True)
        if number < KILLS - WRITERS:
            writers.append(start(url))
    assert not writers
    with sqlite3.connect(file_of(url), timeout=30) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        keys = " UNION ALL ".join(f"SELECT key FROM {table.name}" for table in TABLES)  # noqa: S608 - our own names
        there = Counter(key for (key,) in connection.execute(keys))
    connection.close()
    whole = [line.decode().strip() for line in told if line.endswith(b"\n")]  # what was cut off told nothing
    assert len(whole) >= KILLS
    assert len(set(whole)) == len(whole)
    assert [key for key in whole if key not in there] == []
    assert [key for key, count in there.items() if count > 1] == []
