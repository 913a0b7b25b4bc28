"""A kiosk under test, over the bundled pack, with a clock that stands until it is told to go."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual.errors import NoWidget

from dimchat.apps.stand import KioskApp
from dimchat.apps.stand.attract import AttractScreen
from dimchat.apps.stand.touch import Pad
from dimchat.index import open_assistant
from dimchat.kiosk.stand_settings import Settings

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from dimchat.apps.stand.home import HomeScreen
    from dimchat.dialogue import Assistant
    from dimchat.model import Pack

SIZES = [(80, 24), (140, 45)]
TODAY = date(2026, 11, 24)


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Signs:
    """Stands for the link to the parent, and keeps what was sent."""

    def __init__(self) -> None:
        self.sent: list[Any] = []

    def send(self, sign: Any) -> None:
        self.sent.append(sign)

    def attend(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="session")
def opened() -> tuple[Pack, Assistant]:
    assistant = open_assistant()
    return assistant.pack, assistant


@pytest.fixture
def pack(opened: tuple[Pack, Assistant]) -> Pack:
    return opened[0]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "TEXTUAL", "TEXTUAL_DRIVER", "TEXTUAL_THEME", "TEXTUAL_ANIMATIONS"):
        monkeypatch.delenv(name, raising=False)


@dataclass
class Visit:
    """One visit, with what a visitor does and sees."""

    app: KioskApp
    pilot: Pilot[None]
    clock: Clock
    signs: Signs

    @property
    def home(self) -> HomeScreen:
        return self.app.home

    @property
    def shown(self) -> str:
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())  # noqa: SLF001

    @property
    def ended(self) -> bool:
        return self.app.return_code is not None

    async def settle(self) -> None:
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def begin(self) -> None:
        """Leave the attract screen."""
        await self.press("enter")
        assert not isinstance(self.app.screen, AttractScreen)

    def pads(self, act: str) -> list[Pad]:
        return [pad for pad in self.app.screen.query(Pad) if pad.act[0] == act and pad.display]

    async def touch_at(self, x: int, y: int) -> None:
        """Touch a cell, as the terminal reports it to the app."""
        for kind in (events.MouseDown, events.MouseUp):
            self.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))  # noqa: FBT003 - Textual's order
        await self.settle()

    async def touch(self, pad: Pad) -> None:
        """Touch what is shown, scrolling to it with the rail as a finger would."""
        for _ in range(200):
            if self.visible(pad):
                break
            rail = next((each for each in self.pads("scroll") if each.act[1] == "page_down"), None)
            if rail is not None and self.visible(rail):
                await self.touch_at(rail.region.x + 2, rail.region.y)
            else:
                await self.settle()  # the rail is laid out a moment after the list
        assert self.visible(pad), f"{pad.act} cannot be touched"
        await self.touch_at(pad.region.x + 2, pad.region.y)

    def visible(self, pad: Pad) -> bool:
        region = pad.region
        if not region.area:
            return False
        try:
            found, _ = self.app.screen.get_widget_at(region.x + 2, region.y)
        except NoWidget:
            return False
        return found is pad

    async def wait(self, seconds: float) -> None:
        """Let time pass, as the clock of the kiosk sees it."""
        self.clock.now += seconds
        if not self.ended:
            self.app.tick()
        await self.settle()


Opener = Callable[..., AbstractAsyncContextManager[Visit]]


@pytest.fixture
def visit(opened: tuple[Pack, Assistant]) -> Opener:
    """Open a kiosk of a size; `open_recorder` keeps its journal, further arguments are settings."""

    @asynccontextmanager
    async def opening(
        size: tuple[int, int] = (80, 24), *, begun: bool = True, open_recorder: Any = None, **settings: Any
    ) -> AsyncIterator[Visit]:
        clock, signs = Clock(), Signs()
        link: Any = signs
        app = KioskApp(
            lambda: opened,
            settings=Settings(**settings),
            today=lambda: TODAY,
            clock=clock,
            link=link,
            open_recorder=open_recorder,
        )
        async with app.run_test(size=size) as pilot:
            await app.workers.wait_for_complete()
            visiting = Visit(app, pilot, clock, signs)
            for _ in range(100):
                await visiting.settle()
                if app.home.stage.body.children:
                    break
            if begun:
                await visiting.begin()
            yield visiting

    return opening


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    width, height = request.param
    return width, height
