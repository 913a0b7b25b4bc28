"""Textual's driver for a browser, made to bear any text and to end when the server is gone."""

from __future__ import annotations

import codecs
import os
import selectors
import sys
import threading
from typing import TYPE_CHECKING

from textual._xterm_parser import XTermParser
from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver

if TYPE_CHECKING:
    from textual.app import App

CHUNK = 65536
PATIENCE = 0.1
"""Seconds between looks at whether the app has ended."""
GRACE = 2.0
"""Seconds that the app has to end when the server is gone."""
ORPHANED = 129
CRASHED = 1


class BrowserDriver(WebDriver):
    """Reads the server's packets; where they stop, the app ends, for nobody is left to see it."""

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        """Draw into the pipe to the server."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)

    @property
    def can_suspend(self) -> bool:
        """Return that it cannot: there is no shell to go back to."""
        return False

    def write(self, data: str) -> None:
        """Send what is to be drawn; what UTF-8 cannot hold becomes "?"."""
        super().write(data.encode("utf-8", "replace").decode("utf-8"))

    def run_input_thread(self) -> None:
        """Turn the server's packets into events until the app ends or the server is gone."""
        try:
            self._read_packets()
        except Exception:  # noqa: BLE001 - an app that hears nothing any more must not stay
            self._end(CRASHED)

    def _read_packets(self) -> None:
        stdin = sys.__stdin__.fileno() if sys.__stdin__ is not None else 0
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        parser, packets = XTermParser(self._debug), ByteStream()
        with selectors.DefaultSelector() as selector:
            selector.register(stdin, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(PATIENCE):
                    data = os.read(stdin, CHUNK)
                    if not data:
                        self._end(ORPHANED)
                        return
                    for kind, payload in packets.feed(data):
                        if kind != "D":
                            self._on_meta(kind, payload)
                        elif text := decoder.decode(payload):  # an empty text would end the parser
                            for event in parser.feed(text):
                                self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

    def _end(self, return_code: int) -> None:
        """End the app, and where it does not, the process."""
        self._app.call_later(self._app.exit, return_code=return_code)
        last = threading.Timer(GRACE, os._exit, (return_code,))
        last.daemon = True
        last.start()
