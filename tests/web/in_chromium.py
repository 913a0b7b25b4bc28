"""Visits in Debian's Chromium without a screen, and a server in a process of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import ConsoleMessage, Page, WebSocket

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MARK = "zanzibar7quux"
WAIT = 60_000
"""Milliseconds that anything may take on a busy machine."""
ANSI = re.compile(r"\x1b\[[0-9;?<>$]*[A-Za-z]")


@dataclass
class Visit:
    """A page, with everything that it asked for, complained of and drew."""

    page: Page
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    drawn: str = ""

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))
        self.page.on("console", self._complain)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("websocket", self._watch)

    def _complain(self, message: ConsoleMessage) -> None:
        if message.type == "error":  # xterm.js warns when the machine is slow
            self.complaints.append(message.text)

    def _watch(self, websocket: WebSocket) -> None:
        self.hosts.add(websocket.url.split("/")[2])
        websocket.on("framereceived", self._draw)

    def _draw(self, payload: str | bytes) -> None:
        if isinstance(payload, bytes):
            self.drawn += ANSI.sub("", payload.decode())

    def open(self, url: str) -> None:
        self.page.goto(url)
        self.until("Ask me about")
        self.page.wait_for_selector("#starting", state="hidden", timeout=WAIT)

    def until(self, text: str) -> None:
        """Wait until a text is drawn."""
        for _ in range(WAIT // 50):
            if text in self.drawn:
                return
            self.page.wait_for_timeout(50)  # lets the events of the page come through
        raise AssertionError((text, self.drawn[-2000:], self.complaints))

    def say(self, text: str, answer: str) -> None:
        self.drawn = ""
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        self.until(answer)

    def kept(self) -> str:
        """Return everything that the page holds: its elements, and every kind of storage."""
        held: Any = self.page.evaluate(
            """async () => JSON.stringify([
                document.documentElement.outerHTML, {...localStorage}, {...sessionStorage}, document.cookie,
                await indexedDB.databases(), await caches.keys(), history.state, location.href, document.title, name,
            ])"""
        )
        return f"{held} {self.page.context.storage_state()}"


@dataclass
class Server:
    """A server in a process of its own."""

    url: str
    pid: int
    home: Path


@contextmanager
def serving(home: Path, *options: str) -> Iterator[Server]:
    """Serve, and look at what was printed when it is over: nothing of a visitor."""
    command = [sys.executable, "-m", "dimchat", "serve", "--port", "0", *options]
    environment = {**os.environ, "HOME": str(home), "TMPDIR": str(home)}
    with (
        (home / "errors").open("w") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment) as process,
    ):
        assert process.stdout is not None
        try:
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found is not None, (home / "errors").read_text()
            yield Server(found[0], process.pid, home)
        finally:
            process.terminate()
            printed = process.stdout.read()
    assert MARK not in printed + (home / "errors").read_text()
