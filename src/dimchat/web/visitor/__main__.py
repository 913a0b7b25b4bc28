"""Waits for a visitor, runs the chat or the kiosk for them, and ends; or describes the pack to the server."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dimchat.errors import DimchatError
from dimchat.store import open_assistant
from dimchat.web.endings import Ending
from dimchat.web.handover import READY, take_over

if TYPE_CHECKING:
    from collections.abc import Callable

    from dimchat.tui.app import ChatApp
    from dimchat.web.visitor.page import Page

FAILED = 1
WRONG_INPUT = 2


def main() -> int:
    """Run and return the exit status: 0 when the visit is over, 1 after a fault, 2 when the pack cannot be opened."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pack", type=Path)
    parser.add_argument("--kiosk", action="store_true")
    parser.add_argument("--describe", action="store_true")
    arguments = parser.parse_args()
    if arguments.describe:
        return describe(arguments.pack)
    keep_no_cores()
    return attend(arguments.pack, kiosk=arguments.kiosk)


def describe(pack_dir: Path | None) -> int:
    """Print the title and the language of the pack as JSON, or on stderr what is wrong with it."""
    try:
        pack, _ = open_assistant(pack_dir)
    except DimchatError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_INPUT
    sys.stdout.write(json.dumps({"title": pack.title, "language": pack.language}))
    return 0


def attend(pack_dir: Path | None, *, kiosk: bool) -> int:
    """Get everything ready, wait for the visitor whom the server hands over on stdin, and hold the conversation."""
    channel = socket.socket(fileno=os.dup(0))
    make_app = app_maker(pack_dir, kiosk=kiosk)
    from dimchat.web.visitor.conversation import Conversation  # noqa: PLC0415 - describing needs none of it

    channel.send(READY)
    taken = take_over(channel)
    if taken is None:
        return 0
    handover, connection = taken
    channel.settimeout(0)

    async def hold() -> int:
        return await Conversation(make_app, handover, channel, Ending.AGAIN if kiosk else Ending.LEFT).hold(connection)

    return asyncio.run(hold())


def app_maker(pack_dir: Path | None, *, kiosk: bool) -> Callable[[Page], ChatApp]:
    """Open the pack, and return what makes the app for a page.

    Raises:
        DimchatError: The pack cannot be opened.
    """
    from dimchat.web.visitor.chat import make_browser_chat  # noqa: PLC0415 - describing needs no screen

    opened = open_assistant(pack_dir)
    return lambda page: make_browser_chat(lambda: opened, page.save)


def keep_no_cores() -> None:
    """Let no core file be written: it would hold the visitor's words."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not there on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run() -> int:
    """Run, and let no fault say more than its status."""
    try:
        return main()
    except DimchatError:
        return WRONG_INPUT
    except Exception:  # noqa: BLE001 - a traceback would hold the visitor's words
        return FAILED


if __name__ == "__main__":
    status = run()
    sys.stdout.flush()
    os._exit(status)  # nothing is left to tidy up, and a thread that hangs must not keep the process
