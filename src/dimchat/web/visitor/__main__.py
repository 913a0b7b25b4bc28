"""The forker: waits for visitors, each of whom gets a process of their own; or describes the pack to the server."""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import signal
import socket
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dimchat.errors import DimchatError
from dimchat.index import open_assistant
from dimchat.journal import Opener, Switch, load_early
from dimchat.model import Context
from dimchat.visit.limits import Limited, forbid_core_dumps, limit_visit
from dimchat.visit.signals import Link, Signal
from dimchat.web.handover import take_over
from dimchat.web.messages import CloseCode
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from dimchat.apps.base.app import BaseApp, OpenAssistant, OpenRecorder
    from dimchat.apps.chat import ChatApp
    from dimchat.dialogue import Assistant
    from dimchat.web.visitor.page import Page
    from dimchat.wording import Catalogue

    MakeApp = Callable[[OpenRecorder | None, Page], BaseApp]

FACE = "web"
CLOSING = 2.0
"""Seconds in which the journal is written once the page is told that a visit is over."""
FAILED = 1
WRONG_INPUT = 2
_REHEARSED = ("is it worth it for somebody like me", "how much is a wrld of it", "and what about the other one?")
"""Messages that need all there is: the encoder, the words put right, what follow-ups lean on."""


def main() -> int:
    """Run and return the exit status: 0 when the visit is over, 1 after a fault, 2 when the pack cannot be opened."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pack", type=Path)
    parser.add_argument("--kiosk", type=float, metavar="IDLE")
    parser.add_argument("--describe", action="store_true")
    parser.add_argument("--journal", type=Switch.from_json, default=Switch())
    arguments = parser.parse_args()
    if arguments.describe:
        return describe(arguments.pack, arguments.kiosk)
    forbid_core_dumps()
    if arguments.kiosk is not None:
        return attend(
            kiosk_maker(arguments.pack, arguments.kiosk, arguments.journal), CloseCode.AGAIN, arguments.journal
        )
    return attend(chat_maker(arguments.pack), CloseCode.LEFT, arguments.journal)


def describe(pack_dir: Path | None, kiosk_idle: float | None) -> int:
    """Print the title and the language of the pack as JSON, or on stderr what is wrong with it or with the kiosk."""
    try:
        if kiosk_idle is not None:
            kiosk_maker(pack_dir, kiosk_idle, Switch())
        pack = open_assistant(pack_dir).pack
    except DimchatError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_INPUT
    sys.stdout.write(json.dumps({"title": pack.title, "language": pack.language}))
    return 0


def attend(make_app: MakeApp, ended: CloseCode, switch: Switch) -> int:
    """Wait for visitors, and give each a process of its own: a copy of this one, which never meets one itself.

    Args:
        make_app: Returns the app from what opens its journal, if there is one, and the page that it draws on.
        ended: What a page is told when its app has ended in good order.
        switch: Of the journal.
    """
    from dimchat.web.visitor.conversation import Conversation, rehearse  # noqa: PLC0415 - describing needs neither

    forker = socket.socket(fileno=os.dup(0))
    load_early(switch)
    asyncio.run(rehearse(partial(make_app, None)))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries the dead
    gc.collect()
    gc.freeze()  # what is loaded stays shared between all processes
    forker.send(Signal.READY.value)
    while (taken := take_over(forker)) is not None:
        handover, connection, channel = taken
        if pid := os.fork():
            connection.close()
            channel.close()
            forker.send(str(pid).encode())
            continue
        os.setsid()  # a share of the processor of its own, where the system shares by sessions
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        forker.close()
        limit_visit()
        link = Link(channel)
        opener = Opener(switch, FACE, handover.lost)
        conversation = Conversation(partial(make_app, opener), handover, link, ended)
        try:
            status = asyncio.run(conversation.hold(connection))
        finally:
            link.send(Signal.LOST, opener.close(CLOSING).untold)
        if status == 0:
            link.send(Signal.ENDED)
        return status
    return 0


def loaded(pack_dir: Path | None) -> Assistant:
    """Open a pack, with what some question would load: in each visitor's own process that would lie apart.

    Raises:
        DimchatError: The pack cannot be opened.
    """
    assistant, context = open_assistant(pack_dir), Context()
    for text in _REHEARSED:
        _, context = assistant.ask(text, context)
    # The lines of all intents are read with those of the first.
    for one in assistant.pack.intents[:1]:
        tuple(one.phrases)
    return assistant


def chat_maker(pack_dir: Path | None) -> MakeApp:
    """Open the pack, and return what makes the chat for a page.

    Raises:
        DimchatError: The pack cannot be opened.
    """
    assistant = loaded(pack_dir)
    pack = assistant.pack
    opened, words = (pack, Limited(assistant)), catalogue_of(pack.language)
    return lambda open_recorder, page: browser_chat(lambda: opened, page, open_recorder, words)


def browser_chat(
    open_assistant: OpenAssistant, page: Page, open_recorder: OpenRecorder | None, words: Catalogue | None = None
) -> ChatApp:
    """Return the chat as a page shows it: its files go to the visitor's machine, never to the one that serves."""
    from dimchat.apps.chat import ChatApp  # noqa: PLC0415 - describing needs no screen
    from dimchat.apps.chat.export import BrowserExports  # noqa: PLC0415

    exports = BrowserExports(page.save)
    return ChatApp(open_assistant, exports=exports, open_recorder=open_recorder, words=words)


def kiosk_maker(pack_dir: Path | None, idle: float, switch: Switch) -> MakeApp:
    """Open the pack, and return what makes the kiosk for a page.

    Args:
        pack_dir: The folder of the pack; None for the bundled one.
        idle: Seconds of silence before the kiosk warns.
        switch: Of the journal, which visitors are told of.

    Raises:
        DimchatError: The pack cannot be opened.
    """
    from dimchat.apps.stand import KioskApp  # noqa: PLC0415 - the same
    from dimchat.kiosk.stand_settings import Settings  # noqa: PLC0415 - the chat needs no stand

    assistant = loaded(pack_dir)
    pack = assistant.pack
    opened, words = (pack, Limited(assistant)), catalogue_of(pack.language)
    chosen = Settings(pack=str(pack_dir) if pack_dir else None, idle=idle, journal=switch)
    return lambda open_recorder, _: KioskApp(lambda: opened, settings=chosen, open_recorder=open_recorder, words=words)


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
