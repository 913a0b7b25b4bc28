"""A week of made-up visitors at a stand, into a journal: python scripts/week.py sqlite:////folder/week.db.

The same seed gives the same visitors. Each has a kiosk of their own, with its real screens, and types, touches and
leaves. They ask what the cases ask and what nobody foresaw, with slips of the finger and with personal details that
must not be kept; at the end the files of the journal are searched for these.
"""

from __future__ import annotations

import asyncio
import random
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from textual import events

from dimchat.apps.stand import KioskApp
from dimchat.apps.stand.stage import Said
from dimchat.apps.stand.touch import Pad
from dimchat.index import open_assistant
from dimchat.journal import Switch
from dimchat.journal.address import file_of
from dimchat.journal.record.recorder import JournalRecorder
from dimchat.journal.record.worker import Worker
from dimchat.journal.store import Store
from dimchat.kiosk.stand_settings import Settings
from dimchat.pack import find_pack
from dimchat.quality import CASES_FOLDER, load_items

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from dimchat.dialogue import Assistant
    from dimchat.model import Pack, Reply

SEED = 9
FIRST = datetime(2026, 11, 16, tzinfo=UTC)
DAYS = 7
VISITORS = (21, 19, 24, 22, 16, 6, 4)
"""How many come on each day, Monday first."""
HOURS = (1, 2, 5, 8, 9, 11, 9, 7, 8, 6, 3, 2)
"""How many of them come in the hours from 8 to 19, in parts."""
FRESH = (
    ("do managers get a company car", 9),
    ("is there a company car for managers", 5),
    ("company car for imaging managers?", 4),
    ("is there a podcast for imaging managers", 5),
    ("podcasts about managing imaging", 4),
    ("good podcast for radiology managers", 3),
    ("can i take my dog to work in imaging", 3),
    ("are dogs allowed in the imaging department", 2),
    ("what shoes do managers wear", 2),
    ("is there a union for imaging managers", 6),
    ("are imaging managers in a union", 4),
    ("do managers join the union", 3),
    ("how many managers are left handed", 1),
    ("who invented the x ray machine", 3),
    ("how much do nurses make", 5),
    ("where is the cafeteria", 7),
    ("do i have to write reports for the board", 3),
    ("how do i write a report for the board", 3),
    ("renewal", 6),
    ("certification", 6),
    ("my chest hurts", 2),
    ("i feel dizzy", 1),
    ("is the job dangerous for pregnant managers", 3),
    ("can i be a manager while pregnant", 2),
    ("do managers get stock options", 3),
    ("stock options for hospital managers", 2),
)
DETAILS = (
    "my name is Dana Whitfield, {question}",
    "{question} mail me at dana.whitfield@example.org",
    "call me at (614) 555-0143, {question}",
    "DOB 03/14/1985 {question}",
    "{question} my MRN is 00482913",
    "I live at 12 Oak Street, {question}",
)
PLANTED = ("whitfield", "example.org", "555-0143", "03/14/1985", "00482913", "oak street")
SIZE = (100, 34)
BROWSING = 0.3
TYPED = 0.05
PATIENCE = 1000
"""Looks at the screen after which something is wrong."""
SLIPS = 0.12
PERSONAL = 0.04
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def slipped(text: str, rng: random.Random) -> str:
    """Return a text with one letter doubled, left out or replaced."""
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(("", text[at] * 2, rng.choice(LETTERS))) + text[at + 1 :]


def question(cases: list[str], rng: random.Random) -> str:
    """Return what a visitor types."""
    if rng.random() < 0.3:  # noqa: PLR2004 - nearly a third asks what nobody foresaw
        text = rng.choices([each for each, _ in FRESH], [often for _, often in FRESH])[0]
    else:
        text = rng.choice(cases)
    if rng.random() < SLIPS:
        text = slipped(text, rng)
    return rng.choice(DETAILS).format(question=text) if rng.random() < PERSONAL else text


class Visitor:
    """One person at the stand."""

    def __init__(self, app: KioskApp, pilot: Pilot[None], rng: random.Random) -> None:
        """Take the kiosk."""
        self._app = app
        self._pilot = pilot
        self._rng = rng
        self.said = 0
        """How many messages there were."""

    async def come(self, cases: list[str]) -> None:
        """Begin, ask a few things, and leave."""
        await self._settle(lambda: self._app.home.session is not None and bool(self._app.home.query("Pad.-tile")))
        await self._pilot.press("enter")
        if self._rng.random() < BROWSING:
            await self._browse()
        for _ in range(self._rng.choice((1, 2, 2, 3, 4, 6))):
            await self._ask(question(cases, self._rng))
        self._touch(next(pad for pad in self._app.home.query(Pad) if pad.act == ("over",)))
        await self._settle(lambda: self._app.return_code is not None)

    async def _ask(self, asked: str) -> None:
        reply = await self._type(asked)
        options = [pad for pad in self._pads("ask") if pad.act[1] in {option.intent for option in reply.options}]
        chance = self._rng.random()
        if options and chance < 0.7:  # noqa: PLR2004 - most pick one of the choices
            await self._reply_after(lambda: self._touch(self._rng.choice(options)))
        elif reply.kind == "answer":
            if chance < 0.12:  # noqa: PLR2004
                await self._pilot.press("f3")
            elif chance < 0.16:  # noqa: PLR2004
                self._touch(next(pad for pad in self._pads("rate") if pad.act[1] == "no"))
                await self._pilot.pause()
            elif chance < 0.22:  # noqa: PLR2004 - some try the same again
                await self._type(slipped(asked, self._rng))

    async def _browse(self) -> None:
        """Touch a topic, and one of its questions."""
        self._touch(self._rng.choice(self._pads("open")))
        await self._settle(lambda: bool(self._pads("ask")))
        await self._reply_after(lambda: self._touch(self._rng.choice(self._pads("ask"))))

    async def _type(self, text: str) -> Reply:
        def type_it() -> None:
            # The screen looks for questions after every letter, which costs more than all the rest: most come at once.
            typed = text if self._rng.random() < TYPED else ""
            for letter in typed:
                self._app.post_message(events.Key(letter, letter))
            if not typed:
                self._app.post_message(events.Paste(text))
            self._app.post_message(events.Key("enter", None))

        return await self._reply_after(type_it)

    async def _reply_after(self, act: Callable[[], None]) -> Reply:
        """Act, and return the reply that the screen shows then."""
        before = self._app.home.view
        act()
        await self._settle(lambda: isinstance(self._app.home.view, Said) and self._app.home.view is not before)
        await self._pilot.pause()
        self.said += 1
        view = self._app.home.view
        if not isinstance(view, Said):
            raise TypeError(view)
        return view.turn.reply

    def _pads(self, act: str) -> list[Pad]:
        return [pad for pad in self._app.home.query(Pad) if pad.act[0] == act]

    def _touch(self, pad: Pad) -> None:
        pad.action_press()

    async def _settle(self, done: Callable[[], bool]) -> None:
        for _ in range(PATIENCE):
            if done():
                return
            await self._pilot.pause()
        raise TimeoutError(self._app.home.view)


async def week(url: str, opened: tuple[Pack, Assistant], cases: list[str]) -> int:
    """Let a week of visitors come, and return how many messages they said."""
    rng = random.Random(SEED)  # noqa: S311 - the same visitors each time
    now = [FIRST]

    def clock() -> datetime:
        return now[0]

    worker = Worker(lambda: Store(url), clock=clock, limit=100_000)
    settings = Settings(journal=Switch("full", url))

    def open_recorder(pack: Pack) -> JournalRecorder:
        return JournalRecorder(worker, mode="full", face="kiosk", pack=pack.digest, clock=clock)

    said = 0
    for day in range(DAYS):
        for hour in sorted(rng.choices(range(8, 20), HOURS, k=VISITORS[day])):
            now[0] = FIRST + timedelta(days=day, hours=hour)
            app = KioskApp(lambda: opened, settings=settings, clock=lambda: 0.0, open_recorder=open_recorder)
            async with app.run_test(size=SIZE) as pilot:
                visitor = Visitor(app, pilot, rng)
                await visitor.come(cases)
                said += visitor.said
    worker.start()
    loss = worker.close(60)
    if loss.lost:
        raise SystemExit(f"{loss.lost} rows were lost: {loss.reason}")
    return said


def found_in(file: Path) -> list[str]:
    """Return the planted details that the files of a journal hold."""
    held = b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*")).lower()
    return [detail for detail in PLANTED if detail.encode() in held]


def main() -> None:
    """Fill the journal at the address that is given, and look whether a planted detail is in its files."""
    url = sys.argv[1]
    assistant = open_assistant()
    pack = assistant.pack
    root = find_pack(None)
    cases = [item.ask for item in load_items((root / CASES_FOLDER,), root, pack) if not item.in_conversation]
    cases = [text for text in cases if assistant.ask(text)[0].kind != "safety"]
    said = asyncio.run(week(url, (pack, assistant), cases))
    if found := found_in(file_of(url)):
        raise SystemExit(f"kept, and should not be: {', '.join(found)}")
    print(f"{sum(VISITORS)} visitors, {said} messages, none of the planted details kept")  # noqa: T201 - a script


if __name__ == "__main__":
    main()
