"""What the staff does at the page of a stand: proves its PIN, asks the server, looks whether all is well, ends it."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from dimchat.kiosk.pin import PinError, PinStore, pin_file
from dimchat.visit.limits import limit_processor
from dimchat.visit.signals import DayCounts, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dimchat.kiosk.self_test import Finding
    from dimchat.kiosk.stand_settings import Settings
    from dimchat.visit.signals import Link
    from dimchat.wording import Catalogue

PATIENCE: Final = 60.0
"""Seconds in which the server answers: it may have to read a pack."""
LONGEST: Final = 12
ASKED: Final = {"counts": Signal.COUNTS, "reload": Signal.RELOAD}
"""What the server is asked, by what was touched."""
ROWS: Final = ("counts", "reload", "test", "leave")
ANSWERS: Final = {
    Signal.PACK_TAKEN: "stand.staff.pack_taken",
    Signal.PACK_SAME: "stand.staff.pack_same",
    Signal.PACK_BAD: "stand.staff.pack_bad",
}


class StaffDesk:
    """Remembers whether the PIN was right, and what was said last; a visit has one."""

    def __init__(self, link: Link, stand: Settings, words: Callable[[], Catalogue]) -> None:
        """Begin with nobody known.

        Args:
            link: To the server.
            stand: What the self-test looks at.
            words: Returns what dimchat says.
        """
        self.known = False
        self.told = ""
        self.findings: list[Finding] = []
        self._link, self._stand, self._words = link, stand, words
        self._store = PinStore(pin_file(stand.pin_file))
        self._answer: asyncio.Future[Signal | DayCounts] | None = None

    @property
    def has_pin(self) -> bool:
        """Return whether there is a PIN."""
        return self._store.is_set

    def forget(self) -> None:
        """Know nobody any more: a visitor may have come."""
        self.known, self.told, self.findings = False, "", []

    def hear(self, message: Signal | DayCounts) -> None:
        """Take what the server says."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(message)

    async def do(self, values: Mapping[str, str]) -> bool:
        """Do what a form says, and tell whether the stand is to end."""
        self.told, self.findings = "", []
        if not self.known:
            await self._enter(values.get("pin", "")[:LONGEST])
            return False
        act = values.get("act", "")
        if act in ASKED:
            await self._tell(await self._asked(ASKED[act]))
        elif act == "test":
            limit_processor()
            self.findings = await asyncio.to_thread(looked_at, self._stand)
        elif act == "leave":
            self._link.send(Signal.LEAVE)
        return act == "leave"

    async def _enter(self, pin: str) -> None:
        words = self._words()
        if not self.has_pin:
            self.told = words("stand.pin.none")
        if not pin or not self.has_pin:
            return
        try:
            self.known = await asyncio.to_thread(self._store.check, pin)
            self.told = "" if self.known else words("stand.pin.wrong")
        except PinError as error:
            self.told = str(error)
        if self.known and (answer := await self._asked(Signal.STAFF)) is Signal.PACK_BAD:
            await self._tell(answer)

    async def _asked(self, sign: Signal) -> Signal | DayCounts | None:
        """Ask the server, and return its answer; None where none came."""
        self._answer = asyncio.get_running_loop().create_future()
        self._link.send(sign)
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._answer
        except TimeoutError:
            return None

    async def _tell(self, answer: Signal | DayCounts | None) -> None:
        """Say what the server answered; where the pack's files are no good, with why."""
        words = self._words()
        if answer is None:
            self.told = words("stand.staff.no_parent")
        elif isinstance(answer, DayCounts):
            lost = " " + words("stand.staff.lost", count=answer.lost) if answer.lost else ""
            self.told = words("stand.staff.counted", **asdict(answer)) + lost
        else:
            self.told = words(ANSWERS[answer])
        if answer is Signal.PACK_BAD:
            limit_processor()
            self.findings = [await asyncio.to_thread(pack_of, self._stand)]


def pack_of(stand: Settings) -> Finding:
    """Return what the self-test finds of the pack."""
    from dimchat.kiosk import self_test  # noqa: PLC0415 - hardly ever needed

    return self_test.pack(stand)


def looked_at(stand: Settings) -> list[Finding]:
    """Return what the self-test finds, but for what only a terminal has."""
    from dimchat.kiosk import self_test  # noqa: PLC0415 - hardly ever needed

    found = [*self_test.pack_and_clock(stand), self_test.disk(stand), self_test.swap(), self_test.pin(stand)]
    return [*found, self_test.journal(stand)]
