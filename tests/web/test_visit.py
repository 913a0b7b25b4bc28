from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dimchat.web import visit as visits
from dimchat.web.settings import Settings
from dimchat.web.visit import Visit, command

if TYPE_CHECKING:
    import pytest

DEAF = "import time\nwhile True: time.sleep(60)"
TALKER = "import sys\nprint('a visitor said this')\nsys.stderr.write('a visitor said that')\nsys.stdin.buffer.read(1)"


async def started(code: str, **options: Any) -> Visit:
    return await Visit.start(Settings(**options), [sys.executable, "-c", code])


async def test_a_process_ends_when_its_channel_is_closed() -> None:
    visit = await started("import socket; socket.socket(fileno=0).recv(1)", grace=20)
    async with asyncio.timeout(15):
        await visit.stop()
    assert not visit.running


async def test_a_stuck_process_is_killed_after_the_grace(caplog: pytest.LogCaptureFixture) -> None:
    visit = await started(DEAF, grace=0.1)
    async with asyncio.timeout(15):
        await visit.stop()
    assert not visit.running
    assert "did not end and was killed" in caplog.text


async def test_a_process_that_never_gets_ready_is_killed(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(visits, "LOOK", 0.05)
    visit = await started(DEAF, patience=0.1)
    async with asyncio.timeout(15):
        assert await visit.ended() < 0
    assert "no sign of life" in caplog.text


async def test_a_process_that_hangs_in_a_conversation_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "LOOK", 0.05)
    visit = await started(f"import os; os.write(0, b'r')\n{DEAF}", patience=20, silence=0.1)
    visit._met = True  # noqa: SLF001 - as if a visitor had been handed over
    async with asyncio.timeout(15):
        assert await visit.ended() < 0


async def test_what_a_process_prints_goes_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    visit = await started(TALKER)
    await visit.stop()
    said = capfd.readouterr()
    assert "visitor" not in said.out + said.err


async def test_a_process_sees_only_what_it_needs_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "xyz")
    monkeypatch.setenv("TEXTUAL_LOG", str(tmp_path / "log"))
    file = tmp_path / "environment.json"
    visit = await started(f"import os, json; json.dump([dict(os.environ), os.getcwd()], open({str(file)!r}, 'w'))")
    assert await visit.ended() == 0
    seen, folder = json.loads(file.read_text())
    assert "SECRET_TOKEN" not in seen
    assert "TEXTUAL_LOG" not in seen
    assert seen["PATH"] == os.environ["PATH"]
    assert folder == "/"


def test_a_command_is_a_list_that_no_shell_reads() -> None:
    assert command(Settings(pack=Path("/a b; rm"))) == [
        sys.executable,
        *("-P", "-m", "dimchat.web.visitor", "--pack", "/a b; rm"),
    ]
