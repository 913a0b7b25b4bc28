from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dimchat.files import python
from dimchat.web import forker as forkers
from dimchat.web.forker import Forker, ForkerError, command
from dimchat.web.handover import Handover
from dimchat.web.server_settings import Settings

from .conftest import HOLD

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from dimchat.web.forker import ForkedProcess

HANDOVER = Handover(idle=0.0, notice_at=0.0)
STUCK = "channel.send(DRAWN); signal.pause()"


@asynccontextmanager
async def keeping(code: str, **options: Any) -> AsyncIterator[Forker]:
    """Keep a forker that runs some Python."""
    forker = Forker(Settings(**{"grace": 5.0, **options}), [sys.executable, "-c", code])
    task = asyncio.create_task(forker.keep())
    try:
        yield forker
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def begun(forker: Forker) -> tuple[ForkedProcess, socket.socket]:
    """Let a visitor come, and return the process and the visitor's end of the connection."""
    visitor, connection = socket.socketpair()
    with connection:
        try:
            return await forker.begin(HANDOVER, connection.fileno()), visitor
        except ForkerError:
            visitor.close()
            raise


async def test_newer_answers_reach_the_next_visit_and_leave_those_that_are_held(
    code: Callable[[str], str], caplog: pytest.LogCaptureFixture
) -> None:
    async with keeping(code(HOLD)) as forker:
        first, one = await begun(forker)
        before = forker._channel  # noqa: SLF001 - which process it is
        forker.renew(Settings(grace=5.0))
        async with asyncio.timeout(20):
            while forker._channel in (before, None):  # noqa: ASYNC110, SLF001 - the event is another process
                await asyncio.sleep(0.01)
        second, two = await begun(forker)
        assert lives(first.pid)
        assert lives(second.pid)
        for visit in (first, second):
            await visit.stop()
        one.close()
        two.close()
    assert not forker.ill
    assert caplog.records == []


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


async def gone(pid: int) -> None:
    async with asyncio.timeout(15):
        while lives(pid):  # noqa: ASYNC110 - it is nobody's child here
            await asyncio.sleep(0.02)


async def test_each_visitor_gets_a_process_of_their_own_that_ends_when_told(code: Any) -> None:
    async with keeping(code("channel.send(DRAWN); channel.recv(1); channel.send(ENDED)")) as forker:
        one, first = await begun(forker)
        two, second = await begun(forker)
        with first, second:
            assert one.pid != two.pid
            await one.stop()
            await gone(one.pid)
            assert one.well
            assert one.drawn
            assert lives(two.pid)
            assert first.recv(1) == b"", "the connection ends with the process"
            await two.stop()


async def test_a_stuck_process_is_killed_after_the_grace(code: Any, caplog: pytest.LogCaptureFixture) -> None:
    async with keeping(code(STUCK), grace=0.1) as forker:
        visit, visitor = await begun(forker)
        with visitor:
            await visit.stop()
        await gone(visit.pid)
    assert not visit.well
    assert "did not end and was killed" in caplog.text


async def test_a_process_without_signs_of_life_is_killed(
    code: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(forkers, "LOOK", 0.05)
    async with keeping(code(STUCK), silence=0.2) as forker:
        visit, visitor = await begun(forker)
        with visitor:
            async with asyncio.timeout(15):
                await visit.ended()
        await gone(visit.pid)
    assert "no sign of life" in caplog.text


async def test_a_killed_process_is_noticed(code: Any) -> None:
    async with keeping(code(STUCK)) as forker:
        visit, visitor = await begun(forker)
        os.kill(visit.pid, signal.SIGKILL)
        with visitor:
            async with asyncio.timeout(15):
                await visit.ended()
    assert not visit.well


async def test_a_nursery_that_dies_is_replaced_and_takes_no_visitor_with_it(
    code: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forkers, "SHORTEST", 0.01)
    async with keeping(code(STUCK), grace=0.1) as forker:
        one, first = await begun(forker)
        parent = parent_of(one.pid)
        os.kill(parent, signal.SIGKILL)
        two, second = await begun(forker)  # while the server does not know of it yet
        await gone(parent)
        with first, second:
            assert lives(one.pid)
            await one.stop()
            await two.stop()


async def test_where_no_nursery_gets_ready_no_visitor_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forkers, "SHORTEST", 0.01)
    async with keeping("import time; time.sleep(60)", patience=0.1, grace=0.1) as forker:
        with pytest.raises(ForkerError):
            await begun(forker)
        async with asyncio.timeout(15):
            while not forker.ill:  # noqa: ASYNC110 - it gets ill by the clock
                await asyncio.sleep(0.02)


async def test_what_processes_print_goes_nowhere(code: Any, capfd: pytest.CaptureFixture[str]) -> None:
    talk = "print('a visitor said this', flush=True); os.write(2, b'a visitor said that')"
    async with keeping(code(talk)) as forker:
        visit, visitor = await begun(forker)
        with visitor:
            await visit.ended()
    said = capfd.readouterr()
    assert "visitor" not in said.out + said.err


async def test_processes_see_only_what_they_need_of_the_environment(
    code: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "xyz")
    monkeypatch.setenv("TEXTUAL_LOG", str(tmp_path / "log"))
    file = tmp_path / "environment.json"
    write = f"import json; json.dump([dict(os.environ), os.getcwd()], open({str(file)!r}, 'w'))"
    async with keeping(code(write)) as forker:
        visit, visitor = await begun(forker)
        with visitor:
            await visit.ended()
    seen, folder = json.loads(file.read_text())
    assert "SECRET_TOKEN" not in seen
    assert "TEXTUAL_LOG" not in seen
    assert seen["PATH"] == os.environ["PATH"]
    assert folder == str(python.FOLDER)


def test_a_command_is_a_list_that_no_shell_reads() -> None:
    assert command(Settings(pack=Path("/a b; rm"))) == [
        sys.executable,
        *("-P", "-m", "dimchat.web.visitor", "--pack", "/a b; rm"),
    ]
