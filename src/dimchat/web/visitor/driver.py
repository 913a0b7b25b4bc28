"""Textual's driver for a page: everything happens in the app's own loop, without threads or pipes."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual._xterm_parser import XTermParser
from textual.constants import ESCAPE_DELAY
from textual.driver import Driver
from textual.geometry import Size

from dimchat.web.messages import Focused, Message, Resized, Typed

if TYPE_CHECKING:
    from textual.app import App

    from dimchat.web.visitor.page import Page

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
