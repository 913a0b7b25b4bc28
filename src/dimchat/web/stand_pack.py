"""The pack of a stand on the page: the last one that passed its check, as at the terminal's stand.

`PackWatch` finds it; here the server begins with it, renews what visitors' processes come from when there is another,
and tells the operator why the files are not what visitors have.
"""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dimchat.errors import DimchatError
from dimchat.kiosk.pack_watch import PackWatch
from dimchat.visit.signals import Signal
from dimchat.web import log
from dimchat.wording import web as words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dimchat.kiosk.pack_watch import Stored
    from dimchat.web.server import Described, WebServer
    from dimchat.web.server_settings import Settings

TICK: Final = 0.1
"""Seconds between two turns."""
ENDED: Final = {"taken": Signal.PACK_TAKEN, "same": Signal.PACK_SAME, "bad": Signal.PACK_BAD}
"""How a look at the files ended, as the staff is told."""


class StandPack:
    """Has the pack that visitors get. What processes are given of it is ours: `PackWatch` lets go of its own."""

    def __init__(self, pack: Path | None, state: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """Take where the pack lies.

        Args:
            pack: Its folder; None for the bundled one.
            state: The folder of the kiosk's state, in which a good one is kept.
            clock: Seconds, never set back.

        Raises:
            DimchatError: There is no pack, and none was kept.
        """
        self._watch = PackWatch(pack, clock, state)
        self._held: Stored | None = None
        self._taking = False
        self._told = False
        """Whether the operator knows that the files are no good."""

    @property
    def digest(self) -> str:
        """Return that of the pack that visitors get."""
        return self._held.digest if self._held is not None else ""

    def begin(self) -> Stored:
        """Return the pack to begin with: the one that was kept, at once, or else the files once they passed.

        Raises:
            DimchatError: The files are no good, and none was kept.
        """
        while not self._watch.turn() and self._watch.outcome != "bad":
            time.sleep(TICK)
        if self._watch.stored is None:
            raise DimchatError(self._watch.problems)
        return self._hold(self._watch.stored)

    def look_now(self) -> None:
        """Look at the files at the next turn."""
        self._watch.look_now()

    async def keep(
        self, server: WebServer, describe: Callable[[Settings], Described], tell: Callable[[str], None]
    ) -> None:
        """Let visits that begin from then on have each pack that passes its check, until cancelled.

        Args:
            server: What is running.
            describe: Returns what the server knows of a pack, asked of a visitor's process.
            tell: Called with a line for a pack that was taken, or is in order again.
        """
        while True:
            if self._watch.turn() and self._watch.stored is not None:
                self._taking = True
                await self._take(self._watch.stored, server, describe, tell)
                self._taking = False
            self._tell_why(tell)
            await asyncio.sleep(TICK)

    async def _take(
        self,
        stored: Stored,
        server: WebServer,
        describe: Callable[[Settings], Described],
        tell: Callable[[str], None],
    ) -> None:
        """Renew what is running; the arguments are those of `keep`."""
        before = self._held
        newer = replace(server.settings, stored=self._hold(stored))
        try:
            server.renew(newer, await asyncio.to_thread(describe, newer))
        except DimchatError as error:
            log.logger.warning(error)
            self._held, before = before, self._held
        else:
            tell(words.PACK_TAKEN)
        if before is not None:
            os.close(before.fd)

    def _hold(self, stored: Stored) -> Stored:
        self._held = replace(stored, fd=os.dup(stored.fd))
        return self._held

    def _tell_why(self, tell: Callable[[str], None]) -> None:
        """Tell the operator once that the files are no good, and why; and once that they are good again."""
        if self._watch.busy or self._watch.outcome is None or (self._watch.outcome == "bad") == self._told:
            return
        self._told = not self._told
        if self._told:
            log.logger.warning(words.LOG_PACK_BAD.format(why=self._watch.why))
        else:
            tell(words.PACK_GOOD)

    async def answer(self, sign: Signal) -> Signal:
        """Return whether the files are good, as the staff asks: as they were seen last, or for RELOAD looked at now."""
        if sign is Signal.RELOAD:
            self.look_now()
            while self._taking or self._watch.busy or self._watch.outcome is None:  # noqa: ASYNC110 - a process ends
                await asyncio.sleep(TICK)
            return ENDED[self._watch.outcome]
        return Signal.PACK_BAD if self._watch.outcome == "bad" else Signal.PACK_SAME

    def close(self) -> None:
        """Let the pack go."""
        self._watch.close()
        if self._held is not None:
            os.close(self._held.fd)
            self._held = None
