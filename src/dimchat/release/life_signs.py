"""A stand's own sign of life: a small file on its disk, which whatever sends its journal passes on.

So the stand itself never speaks to a database, and a sign that grows old tells a stand that died from a network that
did. The file holds numbers and ids. Its counts go up to the last full hour: nobody learns from them when in an hour
somebody asked.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dimchat import __version__
from dimchat.files import disk, json_text
from dimchat.visit.signals import DayCounts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dimchat.release.following import Follower

EVERY = 60.0
"""Seconds between two writings."""
NO_SIGN = -1
_MOST = 4096


@dataclass(frozen=True, slots=True)
class LifeSign:
    """What a stand says of itself."""

    dimchat: str
    answers: int
    """The version of its answers; 0 where nobody publishes them."""
    digest: str
    """Of its pack."""
    started: float
    """In seconds of the system's time."""
    visits: int
    """Today, up to the last full hour, and so are the next three."""
    questions: int
    declined: int
    crashes: int
    error: str
    """The kind of the last refusal of newer answers; empty for none."""


def sign_file(state: Path, stand: str) -> Path:
    """Return where a stand leaves its sign.

    Args:
        state: The folder of this user's state.
        stand: Its name.
    """
    return state / "alive" / f"{stand}.json"


def read_sign(file: Path) -> tuple[LifeSign, float] | None:
    """Return a stand's sign, and when it was written in seconds of the system's time; None where there is none."""
    with suppress(OSError, ValueError, TypeError, RecursionError):
        data = disk.read(file, _MOST)
        if data is not None:
            return LifeSign(**json_text.loads(data)), file.stat().st_mtime
    return None


def passed_on(file: Path, now: float) -> dict[str, Any]:
    """Return a stand's sign as it is passed on: how old it is, and how long the stand has run, instead of times.

    Args:
        file: Where it leaves its sign; without one, it is silent for -1 seconds.
        now: In seconds of the system's time.
    """
    found = read_sign(file)
    sign, written = found or (LifeSign("", 0, "", 0.0, 0, 0, 0, 0, ""), 0.0)
    silent, up = (round(now - written), round(written - sign.started)) if found is not None else (NO_SIGN, 0)
    told = asdict(sign)
    del told["started"]
    return {**told, "silent": max(silent, NO_SIGN), "up": max(up, 0)}


class LifeSigns:
    """Writes the sign now and then; a disk that is full, or may not be written, keeps nobody from anything."""

    def __init__(
        self, file: Path, *, clock: Callable[[], float] = time.monotonic, wall: Callable[[], float] = time.time
    ) -> None:
        """Take the file.

        Args:
            file: It need not be there yet.
            clock: Seconds, which never go back.
            wall: Seconds of the system's time.
        """
        self._file = file
        self._clock = clock
        self._wall = wall
        self._started = wall()
        self._next = clock()
        self._hour: tuple[object, ...] = ()
        self._counts = DayCounts()

    def turn(self, answers: Follower | None, digest: str, counts: DayCounts) -> None:
        """Write the sign where it is due.

        Args:
            answers: What follows the publisher, if anything does.
            digest: Of the pack.
            counts: Of today.
        """
        if self._clock() < self._next:
            return
        self._next = self._clock() + EVERY
        now = datetime.fromtimestamp(self._wall()).astimezone()
        if (hour := (now.date(), now.hour)) != self._hour:
            # A new day begins at noughts: what the last hour of the day before had is not told.
            self._counts = counts if self._hour[:1] == hour[:1] else DayCounts()
            self._hour = hour
        told = self._counts
        sign = LifeSign(
            dimchat=__version__,
            answers=answers.version if answers is not None else 0,
            digest=answers.digest if answers is not None else digest,
            started=self._started,
            visits=told.visitors,
            questions=told.answered + told.clarified + told.declined,
            declined=told.declined,
            crashes=told.crashes,
            error=answers.error if answers is not None else "",
        )
        with suppress(OSError):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            disk.write(self._file, json_text.dumps(asdict(sign)).encode(), mode=disk.PRIVATE, durable=False)
