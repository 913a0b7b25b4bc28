"""The forker: waits for visitors, each of whom gets a process of their own; or describes the pack to the server."""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import signal
import socket
import sys
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from dimchat.errors import DimchatError
from dimchat.index import open_assistant
from dimchat.journal import Opener, Switch, load_early
from dimchat.kiosk.check_pack import unpack
from dimchat.match.encoder import encoder
from dimchat.model import Context
from dimchat.visit.apart import Apart
from dimchat.visit.limits import forbid_core_dumps, limit_visit
from dimchat.visit.sharing import work_out
from dimchat.visit.signals import Link, Signal
from dimchat.web.api.api_settings import ApiSettings
from dimchat.web.handover import ANSWER, API, VISIT, take_over
from dimchat.web.messages import CloseCode
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from dimchat.apps.base.app import OpenAssistant, OpenRecorder
    from dimchat.apps.chat import ChatApp
    from dimchat.dialogue import Assistant
    from dimchat.web.handover import Handover
    from dimchat.web.visitor.conversation import MakeApp
    from dimchat.web.visitor.page import Page
    from dimchat.web.visitor.page_visit import PageFace
    from dimchat.wording import Catalogue

FACES = {VISIT: "web", API: "api", ANSWER: "api"}
"""What the journal calls who asked, by the role of the process."""
CLOSING = 2.0
"""Seconds in which the journal is written once the page is told that a visit is over."""
FAILED = 1
WRONG_INPUT = 2
_REHEARSED = ("is it worth it for somebody like me", "how much is a wrld of it", "and what about the other one?")
"""Messages that need all there is: the encoder, the words put right, what follow-ups lean on."""


class Holds(Protocol):
    """What a process does."""

    async def hold(self, connection: socket.socket, handover: Handover, link: Link, opener: Opener) -> int:
        """Do it on the connection, such as a visit, and return the exit status."""


class Face(Holds, Protocol):
    """What a visitor's process shows."""

    def rehearse(self) -> None:
        """Do once what every visit needs."""


def main() -> int:
    """Run and return the exit status: 0 when the visit is over, 1 after a fault, 2 when the pack cannot be opened."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pack", type=Path)
    parser.add_argument("--stored", nargs=3, metavar=("FD", "DIGEST", "ROOT"))
    parser.add_argument("--terminal", action="store_true")
    parser.add_argument("--kiosk", type=float, metavar="IDLE")
    parser.add_argument("--public-url")
    parser.add_argument("--origin", action="append", default=[])
    parser.add_argument("--api", type=ApiSettings.from_json)
    parser.add_argument("--describe", metavar="PASS")
    parser.add_argument("--journal", type=Switch.from_json, default=Switch())
    arguments = parser.parse_args()
    if arguments.describe:
        return describe(arguments)
    forbid_core_dumps()
    if arguments.terminal:
        return attend(terminal_face(arguments), arguments.journal)
    face = page_face(arguments)
    return attend(face, arguments.journal, api_roles(face, arguments.api) if arguments.api is not None else {})


def describe(arguments: Namespace) -> int:
    """Print what the server asks as JSON, or on stderr what is wrong with the pack or with the kiosk."""
    from dimchat.web.visitor.page_visit import described  # noqa: PLC0415 - the terminal draws no pages

    try:
        if arguments.terminal and arguments.kiosk is not None:
            kiosk_maker(opened(arguments), arguments.kiosk, Switch())
        told = described(page_face(arguments), arguments.describe)
    except DimchatError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_INPUT
    sys.stdout.write(told)
    return 0


def page_face(arguments: Namespace) -> PageFace:
    """Open the pack, and return what draws pages.

    Raises:
        DimchatError: The pack cannot be opened.
    """
    from dimchat.web.visitor.page_visit import Chosen, PageFace  # noqa: PLC0415 - the terminal draws no pages

    origins = tuple(arguments.origin)
    chosen = Chosen(arguments.journal, arguments.kiosk, arguments.public_url, origins, arguments.pack)
    assistant = opened(arguments)
    return PageFace(assistant if arguments.describe else loaded(assistant), chosen)


def opened(arguments: Namespace) -> Assistant:
    """Open the pack: that of a stand, which passed its check, or else what its folder holds.

    Raises:
        DimchatError: It cannot be opened.
    """
    if arguments.stored is None:
        return open_assistant(arguments.pack)
    number, digest, root = arguments.stored
    return unpack(int(number), digest, root)[1]


def terminal_face(arguments: Namespace) -> Face:
    """Open the pack, and return what draws a terminal.

    Raises:
        DimchatError: The pack cannot be opened.
    """
    from dimchat.web.visitor.conversation import TerminalFace  # noqa: PLC0415 - a page has no screen

    assistant = loaded(opened(arguments))
    if arguments.kiosk is not None:
        return TerminalFace(kiosk_maker(assistant, arguments.kiosk, arguments.journal, arguments.pack), CloseCode.AGAIN)
    return TerminalFace(chat_maker(assistant), CloseCode.LEFT)


def api_roles(face: PageFace, settings: ApiSettings) -> dict[str, Holds]:
    """Return what the processes of the API do, by their roles."""
    from dimchat.web.api.answerer import Answerer  # noqa: PLC0415 - few servers have an API
    from dimchat.web.api.endpoint import Endpoint  # noqa: PLC0415 - the same

    return {API: Endpoint(face.pack, settings), ANSWER: Answerer(face.assistant)}


def attend(face: Face, switch: Switch, others: Mapping[str, Holds] = MappingProxyType({})) -> int:
    """Wait for visitors, and give each a process of its own: a copy of this one, which never meets one itself.

    Args:
        face: What visitors see.
        switch: Of the journal.
        others: What processes of other roles do.
    """
    forker = socket.socket(fileno=os.dup(0))
    load_early(switch)
    face.rehearse()
    work_out(face, encoder)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries the dead, here and in the copies
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
        forker.close()
        limit_visit()
        link = Link(channel)
        opener = Opener(switch, FACES[handover.role], handover.lost)
        try:
            status = asyncio.run({**others, VISIT: face}[handover.role].hold(connection, handover, link, opener))
        finally:
            link.send(Signal.LOST, opener.close(CLOSING).untold)
        if status == 0:
            link.send(Signal.ENDED)
        return status
    return 0


def loaded(assistant: Assistant) -> Assistant:
    """Return an assistant with what some question would load: in each visitor's own process that would lie apart."""
    context = Context()
    for text in _REHEARSED:
        _, context = assistant.ask(text, context)
    for code in assistant.pack.also_in:  # what one visitor speaks, the next may speak as well
        other = assistant.speaking(code)
        other.ask(next((one.title for one in other.pack.browsable if one.phrases), "?"), Context(language=code))
        assistant.language_of("?")
    # The lines of all intents are read with those of the first.
    for one in assistant.pack.intents[:1]:
        tuple(one.phrases)
    return assistant


def chat_maker(assistant: Assistant) -> MakeApp:
    """Return what makes the chat for a page."""
    pack = assistant.pack
    opened, words = (pack, Apart(assistant)), catalogue_of(pack.language)
    return lambda open_recorder, page: browser_chat(lambda: opened, page, open_recorder, words)


def browser_chat(
    open_assistant: OpenAssistant, page: Page, open_recorder: OpenRecorder | None, words: Catalogue | None = None
) -> ChatApp:
    """Return the chat as a page shows it: its files go to the visitor's machine, never to the one that serves."""
    from dimchat.apps.chat import ChatApp  # noqa: PLC0415 - describing needs no screen
    from dimchat.apps.chat.export import BrowserExports  # noqa: PLC0415

    exports = BrowserExports(page.save)
    return ChatApp(open_assistant, exports=exports, open_recorder=open_recorder, words=words)


def kiosk_maker(assistant: Assistant, idle: float, switch: Switch, folder: Path | None = None) -> MakeApp:
    """Return what makes the kiosk for a page.

    Args:
        assistant: What answers.
        idle: Seconds of silence before the kiosk warns.
        switch: Of the journal, which visitors are told of.
        folder: Of the pack; None for the bundled one.

    Raises:
        UsageError: The seconds are too few.
    """
    from dimchat.apps.stand import KioskApp  # noqa: PLC0415 - the same
    from dimchat.kiosk.stand_settings import Settings  # noqa: PLC0415 - the chat needs no stand

    pack = assistant.pack
    opened, words = (pack, Apart(assistant)), catalogue_of(pack.language)
    chosen = Settings(pack=str(folder) if folder else None, idle=idle, journal=switch)
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
