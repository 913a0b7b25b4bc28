"""Starting and ending the server."""

from __future__ import annotations

import asyncio
import errno
import json
import signal
import socket
import subprocess
import time
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from aiohttp import web

from dimchat.errors import DimchatError, UsageError
from dimchat.files import python
from dimchat.journal.fleet.sending import SendingProcess
from dimchat.kiosk.pin import state_folder
from dimchat.release.following import Follower, current_pack
from dimchat.release.kept_answers import KeptAnswers
from dimchat.release.life_signs import LifeSigns, sign_file
from dimchat.release.origin import is_loopback
from dimchat.visit.signals import Signal
from dimchat.web import forker, log
from dimchat.web.front import Front
from dimchat.web.page_server import PASS, PageServer
from dimchat.web.server import Described
from dimchat.web.stand_pack import StandPack
from dimchat.wording import release as answers_words
from dimchat.wording import web as words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from dimchat.web.server import WebServer
    from dimchat.web.server_settings import Settings

INTERRUPTED = 128 + signal.SIGINT
WRONG_INPUT = 2
TURN = 1.0
"""Seconds between two turns at following the answers."""


def serve(settings: Settings, tell: Callable[[str], None], warn: Callable[[str], None]) -> int:
    """Serve until a signal ends it, and return the exit status: 0 after SIGTERM, 130 after an interrupt.

    Args:
        settings: What the operator chose.
        tell: Called with a line when the server listens, and another when it has ended.
        warn: Called with each warning.

    Raises:
        DimchatError: The pack cannot be opened, or no conversation can be started.
        UsageError: This is no Unix system, or nothing can listen on this host and port.
    """
    if not hasattr(socket, "send_fds"):
        raise UsageError(words.NO_UNIX)
    if not settings.kiosk:
        return _held_open(settings, None, tell, warn)
    with closing(StandPack(settings.pack, state_folder())) as pack:
        return _held_open(replace(settings, stored=pack.begin()), pack, tell, warn)


def _held_open(
    settings: Settings, pack: StandPack | None, tell: Callable[[str], None], warn: Callable[[str], None]
) -> int:
    described = describe(settings)
    if not is_loopback(settings.host):
        warn(words.OPEN_TO_ALL.format(host=settings.host))
        if settings.public_url is None:
            warn(words.NO_PUBLIC_URL)
    server = made_server(settings, described)
    log.start_logging()

    def listening(port: int) -> None:
        shown = f"[{settings.host}]" if ":" in settings.host else settings.host
        url = settings.public_url or f"http://{shown}:{port}"
        what = words.SERVING_KIOSK if settings.kiosk else words.SERVING_CHAT
        tell(words.SERVING.format(what=what, title=described.title, url=f"{url}/", sessions=settings.sessions))

    status = asyncio.run(_serve(server, pack, listening, tell))
    tell(words.STOPPED)
    return status


def made_server(settings: Settings, pack: Described) -> WebServer:
    """Return the server of the face that was chosen."""
    if settings.terminal:
        from dimchat.web.terminal_server import TerminalServer  # noqa: PLC0415 - the page needs no terminal

        return TerminalServer(settings, pack.title, pack.language)
    return PageServer(settings, pack.title, pack.language, pack.first, look=pack)


def describe(settings: Settings) -> Described:
    """Return title, language and look of the pack and the first page, asked of a visitor's process: a first try of one.

    Raises:
        DimchatError: The pack cannot be opened, or the process cannot be started.
    """
    asked = subprocess.run(  # noqa: S603 - our own module
        forker.command(settings, "--describe", PASS),
        pass_fds=forker.descriptors(settings),
        env=forker.environment(),
        cwd=python.FOLDER,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode == WRONG_INPUT and asked.stderr:
        raise DimchatError(asked.stderr.strip())
    try:
        described = json.loads(asked.stdout)
        return Described(**{name: described[name] for name in Described._fields})
    except (ValueError, KeyError):
        raise DimchatError(words.CANNOT_START.format(status=asked.returncode)) from None


async def follow(
    server: WebServer,
    follower: Follower | None,
    life: LifeSigns | None,
    tell: Callable[[str], None],
    pack: StandPack | None = None,
) -> None:
    """Let visits that begin from then on have each newer version of the answers, and leave signs of life.

    It goes on until it is cancelled.

    Args:
        server: What is running.
        follower: Fetches the answers, if they are published somewhere.
        life: Leaves the signs, if this is one of a fleet.
        tell: Called with a line for what was taken.
        pack: Of a stand, which looks at what was fetched as at any other edit.
    """
    told = ""
    try:
        while True:
            if life is not None:
                life.turn(follower, pack.digest if pack is not None else "", server.today.on(date.today()))  # noqa: DTZ011 - the day of the people here
            look = follower.turn() if follower is not None else None
            if look is not None and look.outcome == "taken":
                if pack is not None:
                    pack.look_now()
                else:
                    await _take(server, tell, look.version)
            if look is not None and look.kind != told:
                told = look.kind
                if told and server.settings.follow is not None:
                    file = KeptAnswers(Path(server.settings.follow.folder)).log_file
                    log.logger.warning(answers_words.SERVER_REFUSED.format(kind=told, file=file))
            await asyncio.sleep(TURN)
    finally:
        if follower is not None:
            follower.close()


async def _take(server: WebServer, tell: Callable[[str], None], version: int) -> None:
    settings = server.settings
    if settings.follow is None:
        return
    newer = replace(settings, pack=current_pack(settings.follow).resolve())
    try:
        described = await asyncio.to_thread(describe, newer)
    except DimchatError as error:
        log.logger.warning(error)
        return
    server.renew(newer, described)
    tell(answers_words.LOG_TAKEN.format(version=version))


async def send(sending: SendingProcess) -> None:
    """Keep the outbox being sent until it is cancelled."""
    try:
        while True:
            sending.turn()
            await asyncio.sleep(TURN)
    finally:
        sending.close()


def staff_of(
    server: WebServer, pack: StandPack, ended: asyncio.Future[int]
) -> Callable[[Signal], Awaitable[Signal | bytes | None]]:
    """Return what does what the staff of a stand asks for.

    Args:
        server: What is running.
        pack: What visits have.
        ended: What the server ends with.
    """

    async def obey(sign: Signal) -> Signal | bytes | None:
        if sign is Signal.COUNTS:
            return server.today.on(date.today()).to_bytes()  # noqa: DTZ011 - as above
        if sign is Signal.LEAVE and not ended.done():
            ended.set_result(0)
        return await pack.answer(sign) if sign in (Signal.STAFF, Signal.RELOAD) else None

    return obey


async def _serve(
    server: WebServer, pack: StandPack | None, listening: Callable[[int], None], tell: Callable[[str], None]
) -> int:
    settings = server.settings
    runner = web.AppRunner(
        await server.make_app(), access_log=None, handle_signals=False, shutdown_timeout=settings.grace + 2
    )
    await runner.setup()
    door = Front(cast("web.Server", runner.server), server)
    tasks: list[asyncio.Task[None]] = []
    try:
        try:
            port = await door.listen(settings.host, settings.port)
        except (OSError, UnicodeError) as error:
            raise UsageError(_why_not(error, settings)) from None
        ended = _at_signal()
        listening(port)
        if pack is not None:
            server.staff = staff_of(server, pack, ended)
            tasks.append(asyncio.create_task(pack.keep(server, describe, tell)))
        follower = Follower(settings.follow, time.monotonic) if settings.follow is not None else None
        life = LifeSigns(sign_file(state_folder().parent, settings.stand)) if settings.stand is not None else None
        if follower is not None or life is not None:
            tasks.append(asyncio.create_task(follow(server, follower, life, tell, pack)))
        if settings.journal.fleet is not None:
            tasks.append(asyncio.create_task(send(SendingProcess(settings.journal, time.monotonic))))
        return await ended
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await door.close()
        await runner.cleanup()


def _at_signal() -> asyncio.Future[int]:
    """Return what will be the exit status when a signal has come."""
    ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def end(status: int) -> None:
        if not ended.done():
            ended.set_result(status)

    for number, status in ((signal.SIGINT, INTERRUPTED), (signal.SIGTERM, 0)):
        asyncio.get_running_loop().add_signal_handler(number, end, status)
    return ended


def _why_not(error: OSError | UnicodeError, settings: Settings) -> str:
    host, port = settings.host, settings.port
    if isinstance(error, UnicodeError | socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return words.HOST_UNKNOWN.format(host=host)
    if error.errno == errno.EADDRINUSE:
        return words.PORT_TAKEN.format(host=host, port=port)
    if error.errno == errno.EACCES:
        return words.PORT_FORBIDDEN.format(port=port)
    return words.CANNOT_LISTEN.format(host=host, port=port, reason=error.strerror or error)
