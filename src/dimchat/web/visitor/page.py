"""The browser's page as a terminal: what the app draws goes out, what the visitor does comes in."""

from __future__ import annotations

import asyncio
import codecs
import json
from typing import TYPE_CHECKING, ClassVar

from aiohttp import WSMsgType
from textual import events
from textual._xterm_parser import XTermParser
from textual.constants import ESCAPE_DELAY
from textual.driver import Driver
from textual.geometry import Size

from dimchat.web import messages
from dimchat.web.messages import Focused, Message, Resized, Typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp import web
    from textual.app import App

    from dimchat.visit.idle import Idle


MOST_WAITING = 8_000_000
"""Bytes that may wait for a page that does not take them; then it counts as lost."""
MOST_SAVED = 4_000_000
"""Characters that a visitor may save at a time."""


class Page:
    """Sends in the order in which the app draws, in as few messages as there are pauses."""

    def __init__(self, websocket: web.WebSocketResponse, idle: Idle) -> None:
        """Take an open websocket."""
        self._websocket = websocket
        self._idle = idle
        self._waiting: list[bytes | str] = []
        self._size = 0
        self._some = asyncio.Event()
        self._drawn = asyncio.Event()
        self.hear: Callable[[messages.Message], None] | None = None
        """What the visitor's acts are given to, once there is a driver."""

    async def drawn(self) -> None:
        """Wait until something went out."""
        await self._drawn.wait()

    def draw(self, data: bytes) -> None:
        """Send what the terminal is to draw."""
        self._put(data, len(data))

    def tell(self, kind: str, *data: object) -> None:
        """Send a message to page.js."""
        text = json.dumps([kind, *data])
        self._put(text, len(text))

    def save(self, name: str, text: str) -> None:
        """Let the browser save a text as a file."""
        if len(text) <= MOST_SAVED:
            self.tell("save", {"name": name, "text": text})

    def _put(self, data: bytes | str, size: int) -> None:
        self._waiting.append(data)
        self._size += size
        self._some.set()

    async def send(self) -> None:
        """Send what waits, and return when the page is gone or takes nothing any more."""
        while self._size < MOST_WAITING:
            await self._some.wait()
            self._some.clear()
            batch, self._waiting, self._size = self._waiting, [], 0
            try:
                for data in joined(batch):
                    if isinstance(data, bytes):
                        await self._websocket.send_bytes(data)
                        self._drawn.set()
                    else:
                        await self._websocket.send_str(data)
            except (ConnectionError, RuntimeError):
                return

    async def listen(self) -> None:
        """Hand on what the visitor does until the page is gone."""
        async for message in self._websocket:
            said = messages.read(message.data) if message.type is WSMsgType.TEXT else None
            if isinstance(said, messages.Typed | messages.Stayed) and self._idle.touch():
                self.tell("awake")
            if isinstance(said, messages.Pinged):
                self.tell("pong", said.data)
            elif said is not None and self.hear is not None:
                self.hear(said)


def joined(batch: list[bytes | str]) -> list[bytes | str]:
    """Return a batch with neighbouring pieces of what is drawn made one."""
    result: list[bytes | str] = []
    for data in batch:
        if isinstance(data, bytes) and result and isinstance(result[-1], bytes):
            result[-1] += data
        else:
            result.append(data)
    return result


START = "\x1b[?1049h\x1b[?1000h\x1b[?1003h\x1b[?1006h\x1b[?25l\x1b[?2004h\x1b[?2026$p"
"""Alternate screen; mouse buttons and moves, in SGR's form; no cursor; pastes marked; can frames be drawn at once?"""
TICK = ESCAPE_DELAY * 1.2


class BrowserDriver(Driver):
    """Draws on the page that `for_page` gave it."""

    page: ClassVar[Page]

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        """Connect the app and the page."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._parser = XTermParser(debug)
        self._decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        self._running = False

    @property
    def is_web(self) -> bool:
        """Return that it is one."""
        return True

    def write(self, data: str) -> None:
        """Send what is to be drawn; what UTF-8 cannot hold becomes "?"."""
        self.page.draw(data.encode("utf-8", "replace"))

    def start_application_mode(self) -> None:
        """Take the page."""
        self._running = True
        self.page.hear = self._hear
        self._resize(*(self._size or (80, 24)))
        self.write(START)

    def disable_input(self) -> None:
        """Hear nothing any more."""
        self._running = False

    def stop_application_mode(self) -> None:
        """Leave the page: it is taken down with the connection."""
        self._running = False

    def _hear(self, message: Message) -> None:
        if not self._running:
            return
        match message:
            case Typed(data):
                if text := self._decode(data):  # an empty text would end the parser
                    for event in self._parser.feed(text):
                        self.process_message(event)
                    self._loop.call_later(TICK, self._tick)
            case Resized(width, height):
                self._resize(width, height)
            case Focused(focused):
                self.process_message(events.AppFocus() if focused else events.AppBlur())

    def _tick(self) -> None:
        """Let an escape that stayed alone be one."""
        for event in self._parser.tick():
            self.process_message(event)

    def _resize(self, width: int, height: int) -> None:
        self._size = (width, height)
        size = Size(width, height)
        self.send_message(events.Resize(size, size))

    def open_url(self, url: str, new_tab: bool = True) -> None:  # noqa: FBT001, FBT002 - Textual's signature
        """Open nothing: addresses are shown."""

    @classmethod
    def for_page(cls, page: Page) -> type[BrowserDriver]:
        """Return a driver that draws on a page."""
        return type(cls.__name__, (cls,), {"page": page})
