"""Writing behind the answers: a bounded queue, one thread, and patience with a database that is busy or full."""

from __future__ import annotations

import threading
import time
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from dimchat.errors import JournalError
from dimchat.journal.protocol import Loss
from dimchat.journal.rows import LOST, Tally, tally

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from dimchat.journal.rows import Row

LIMIT = 1000
"""Rows that wait at most; what comes beyond is lost, and counted."""
BATCH = 500
LINGER = 0.2
"""Seconds in which rows gather before they are written together."""
FIRST_DELAY = 0.25
LONGEST_DELAY = 5.0
"""Seconds between two attempts: at first, and at most."""
IDLE = 600.0
"""Seconds after which an idle worker looks whether a new day has begun."""


class Keeps(Protocol):
    """The store that the worker writes to; `dimchat.journal.store.Store` is one."""

    def write(self, rows: Sequence[Row]) -> None:
        """Keep rows, all or none, or raise a JournalError."""

    def purge(self, before: date) -> int:
        """Take out what is older than a day."""

    def close(self) -> None:
        """Let go."""


class Worker:
    """Takes rows at once, and keeps them when it can."""

    def __init__(
        self,
        open_store: Callable[[], Keeps],
        *,
        clock: Callable[[], datetime],
        first_day: Callable[[date], date] | None = None,
        kept: Callable[[Sequence[Row]], None] | None = None,
        limit: int = LIMIT,
        lost: int = 0,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take what is needed; nothing is opened and no thread runs before `start`.

        Args:
            open_store: Opens the database; called on the worker's thread, again after a failure.
            clock: Tells day and hour.
            first_day: From today to the first day that is kept; None keeps all.
            kept: Told of rows once they are committed.
            limit: How many rows may wait.
            lost: How many rows other processes could not keep, and could not tell the journal of.
            ticks: Tells seconds, from any beginning.
        """
        self._open_store = open_store
        self._clock = clock
        self._first_day = first_day
        self._kept = kept
        self._limit = limit
        self._waiting: deque[Row] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._ended = False
        self._ticks = ticks
        self._moved = ticks()
        """When the thread last got on with something: began, opened the database, wrote to it."""
        self._store: Keeps | None = None
        self._purged: date | None = None
        self._delay = 0.0
        self._lost = lost
        self._told = 0
        """How many of the lost the journal knows of."""
        self._reason = ""
        self._thread = threading.Thread(target=self._run, name="dimchat-journal", daemon=True)

    @property
    def loss(self) -> Loss:
        """Return what was lost so far."""
        return Loss(self._lost, self._reason, self._lost - self._told)

    def start(self) -> None:
        """Begin to write."""
        self._moved = self._ticks()
        self._thread.start()

    def put(self, row: Row) -> None:
        """Take a row, or count it as lost where too many wait; never blocks on the database."""
        with self._changed:
            if self._closing or len(self._waiting) >= self._limit:
                self._lost += 1
            else:
                self._waiting.append(row)
                if len(self._waiting) == 1:
                    self._changed.notify_all()

    def close(self, timeout: float, stall: float = 0.0) -> Loss:
        """Write the waiting rows for at most `timeout` seconds; the rest is lost.

        Args:
            timeout: Seconds, whatever the database does.
            stall: Seconds that a writer which is not refused may go on beyond them without getting anywhere: a
                library that is still being loaded, a slow disk. It is waited for as long as it gets on.
        """
        with self._changed:
            self._closing = True
            self._changed.notify_all()
            end = self._ticks() + timeout
            while self._thread.ident is not None and not self._ended:
                left = (end if self._delay else max(end, self._moved + stall)) - self._ticks()
                if left <= 0:
                    break
                self._changed.wait(left)
            self._lost += len(self._waiting)
            self._waiting.clear()
        return self.loss

    def step(self) -> float:
        """Open, purge and write as far as that goes; return the seconds before the next attempt, 0 for none."""
        try:
            if self._store is None:
                self._store = self._open_store()
                self._got_on()
            self._purge(self._store)
            while rows := self._next():
                self._write(self._store, rows)
        except JournalError as error:
            self._reason = str(error)
            self._refused(min(2 * self._delay or FIRST_DELAY, LONGEST_DELAY))
        else:
            self._refused(0.0)
        return self._delay

    def _refused(self, delay: float) -> None:
        with self._changed:
            self._delay = delay
            self._changed.notify_all()

    def _got_on(self) -> None:
        with self._changed:
            self._moved = self._ticks()
            self._changed.notify_all()

    def _purge(self, store: Keeps) -> None:
        today = self._clock().date()
        if self._first_day is not None and self._purged != today:
            store.purge(self._first_day(today))
            self._purged = today

    def _next(self) -> list[Row]:
        with self._changed:
            rows = list(islice(self._waiting, BATCH))
            unknown = self._lost - self._told
        now = self._clock()
        return [*rows, tally(now, LOST, unknown)] if unknown else rows

    def _write(self, store: Keeps, rows: Sequence[Row]) -> None:
        store.write(rows)
        self._got_on()
        last = rows[-1]
        told = last.count if isinstance(last, Tally) and last.what == LOST else 0
        with self._changed:
            for _ in range(len(rows) - bool(told)):
                # Where closing gave up meanwhile, they were counted as lost although they are kept.
                if self._waiting:
                    self._waiting.popleft()
                else:
                    self._lost -= 1
            self._told += told
        if self._kept is not None:
            self._kept(rows)

    def _run(self) -> None:
        while True:
            delay = self.step()
            with self._changed:
                if self._closing:
                    if not self._waiting:
                        break
                    if delay:
                        self._changed.wait(FIRST_DELAY)
                    continue
                if not self._waiting and not delay:
                    self._changed.wait_for(lambda: self._closing or self._waiting, IDLE)
                if self._waiting or delay:
                    self._changed.wait_for(lambda: self._closing, delay or LINGER)
        if self._store is not None:
            self._store.close()
        with self._changed:
            self._ended = True
            self._changed.notify_all()
