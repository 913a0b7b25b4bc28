"""One visitor's process, and the pipes between it and the page."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from dimchat.web import log
from dimchat.wording import web as words

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Awaitable, Callable

    from dimchat.web.settings import Settings

VISITOR = "dimchat.web.visitor"
DRIVER = "dimchat.web.visitor.driver:BrowserDriver"
KEPT = frozenset(
    {
        *("PATH", "PYTHONPATH", "PYTHONHOME", "SYSTEMROOT"),
        *("LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_TIME", "TZ"),
        *("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_STATE_HOME", "DIMCHAT_CACHE"),
    }
)
"""Names of the environment that a visitor's process may see; keys and passwords of the operator are not among them."""
PRELUDE = b"__GANGLION__\n"
PRELUDE_LINES = 10
MOST_SAVED = 4_000_000
"""Characters that a visitor may save at a time."""

logger = logging.getLogger(log.NAME)


def command(settings: Settings, *more: str) -> list[str]:
    """Return what starts a visitor's process."""
    arguments = ["--pack", str(settings.pack)] if settings.pack is not None else []
    if settings.kiosk:
        arguments.append("--kiosk")
    return [sys.executable, "-P", "-m", VISITOR, *arguments, *more]


def environment() -> dict[str, str]:
    """Return the environment of a visitor's process."""
    kept = {name: value for name, value in os.environ.items() if name in KEPT}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}


class Visit(AppService):
    """Starts the process of one visitor and ends it, by force where it must."""

    def __init__(
        self,
        settings: Settings,
        write_bytes: Callable[[bytes], Awaitable[None]],
        write_str: Callable[[str], Awaitable[None]],
    ) -> None:
        """Prepare; `start` starts the process.

        Args:
            settings: Of the server.
            write_bytes: Sends to the page what the terminal is to draw.
            write_str: Sends the page a message as JSON.
        """
        super().__init__(
            VISITOR, write_bytes=write_bytes, write_str=write_str, close=_nothing, download_manager=DownloadManager()
        )
        self._settings = settings
        self._gone = False
        self.ready = False
        """Whether the process got as far as drawing."""
        self.status: int | None = None
        """The exit status; negative for a signal."""

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        return {
            **environment(),
            "TEXTUAL_DRIVER": DRIVER,
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
            "TERM": "xterm-256color",
            "TERM_PROGRAM": "textual",
            "COLUMNS": str(width),
            "ROWS": str(height),
        }

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        self._process = process = await asyncio.create_subprocess_exec(
            *command(self._settings),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # what a fault prints may hold the visitor's words
            env=self._build_environment(width, height),
            cwd="/",
            start_new_session=True,  # ctrl+c in the operator's terminal is for the server alone
        )
        self._stdin = process.stdin
        return process

    async def ended(self) -> int:
        """Wait until the process has ended by itself, and return its exit status."""
        if self._task is not None:
            await asyncio.shield(self._task)
        return self.status if self.status is not None else -1

    async def run(self) -> None:
        """Hand on what the process says until it ends."""
        if self._process is None or self._process.stdout is None:
            raise RuntimeError
        stdout = self._process.stdout
        try:
            async with asyncio.timeout(self._settings.patience):
                self.ready = await _begun(stdout)
        except TimeoutError:
            logger.warning(words.LOG_SLOW_START.format(seconds=self._settings.patience))
            self._kill()
        with suppress(asyncio.IncompleteReadError):
            while self.ready:
                kind = await stdout.readexactly(1)
                payload = await stdout.readexactly(int.from_bytes(await stdout.readexactly(4), "big"))
                if not self._gone:
                    await self._hand_on(kind, payload)
        self.status = await self._process.wait()

    async def _hand_on(self, kind: bytes, payload: bytes) -> None:
        try:
            if kind == b"D":
                await self.on_data(payload)
            elif kind == b"M":
                await self.on_meta(payload)
        except (ConnectionError, RuntimeError):
            self._gone = True  # what the process still says is read, so that it can end, and thrown away

    async def on_meta(self, data: bytes) -> None:
        """Pass on what the process wants of the page: to save a text, nothing else; never to open an address."""
        meta: dict[str, Any] = json.loads(data)
        if meta.get("type") == "save" and len(text := str(meta.get("text", ""))) <= MOST_SAVED:
            await self.remote_write_str(json.dumps(["save", {"name": str(meta.get("name", "")), "text": text}]))

    async def stop(self) -> None:
        """End the process: ask it, and kill it when it has not ended after the grace."""
        if self._process is None or self._task is None:
            return
        self._gone = True
        try:
            async with asyncio.timeout(self._settings.grace):
                await self.send_meta({"type": "quit"})
                self.stdin.close()
                await asyncio.shield(self._task)
        except TimeoutError:
            logger.warning(words.LOG_STUCK)
            self._kill()
            await self._task
        self._task = None

    def _kill(self) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()


async def _begun(stdout: asyncio.StreamReader) -> bool:
    for _ in range(PRELUDE_LINES):
        line = await stdout.readline()
        if line == PRELUDE:
            return True
        if not line:
            break
    return False


async def _nothing() -> None:
    """Do nothing: the server closes the connection itself, with the reason."""
