"""The server with a journal: what its pages say of it, what visitors' processes keep, and what they could not keep."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
from typing import TYPE_CHECKING, Any

import pytest

from dimchat.journal import Switch
from dimchat.journal.address import url_of
from dimchat.journal.contents import latest, summary
from dimchat.journal.store import Store
from dimchat.web.forker import command
from dimchat.web.server_settings import Settings
from dimchat.wording import catalogue_of
from dimchat.wording import web as words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.web.conftest import Serving, Site

    from dimchat.journal import Mode

pytestmark = pytest.mark.filterwarnings("ignore:unclosed transport:ResourceWarning")  # a handed-over connection


async def hold(site: Site, *said: str) -> str:
    """Hold a conversation and leave; return everything that was drawn."""
    async with site.websocket() as websocket:
        drawn = await site.seen(websocket, "Ask me about")
        for text in said:
            await websocket.send_json(["stdin", f"{text}\r"])
            drawn += await site.seen(websocket, "reviewed")
    await site.until_empty()
    return drawn


def held_by(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


@pytest.mark.usefixtures("doorkeepers")
@pytest.mark.parametrize("mode", ["off", "counts", "full"])
async def test_the_page_says_at_the_end_what_was_kept(serving: Serving, mode: Mode) -> None:
    async with (
        serving(journal=Switch(mode, "sqlite:////nowhere/journal.db")) as site,
        site.client.get(f"{site.url}/") as answer,
    ):
        page = await answer.text()
    for each, kept in catalogue_of("en").below("page.kept").items():
        assert (kept in page) == (each == mode)
    assert "{kept}" not in page


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("mode", ["counts", "full"])
async def test_a_visit_is_told_of_the_journal_and_kept_in_it(serving: Serving, tmp_path: Path, mode: Mode) -> None:
    url = url_of(tmp_path / "journal.db")
    async with serving(journal=Switch(mode, url)) as site:
        drawn = await hold(site, "how do I become an imaging manager zyxmarker@example.org")
    assert catalogue_of("en")(f"chat.notice.{mode}")[:30] in drawn
    with Store(url) as store:
        (row,) = latest(store, 10)
    assert (row["face"], row["kind"]) == ("web", "answer")
    assert row["text"] == (None if mode == "counts" else "how do I become an imaging manager [e-mail]")
    assert b"zyxmarker" not in held_by(tmp_path)


@pytest.mark.usefixtures("indexed")
async def test_what_one_visit_could_not_keep_the_next_one_tells_the_journal(
    serving: Serving, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    url = url_of(tmp_path / "journal.db")
    Store(url).close()
    async with serving(journal=Switch("counts", url), grace=10.0) as site:
        other = sqlite3.connect(tmp_path / "journal.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await hold(site, "what degree do i need")
        assert words.LOG_LOST.format(count=2) in caplog.text
        other.execute("COMMIT")
        other.close()
        await hold(site)
    with Store(url) as store:
        held = summary(store)
    assert (held.questions, held.lost) == (0, 2)


async def test_losses_are_handed_on_once_and_taken_back_where_nobody_came(
    serving: Serving, monkeypatch: pytest.MonkeyPatch, code: Callable[[str], str], tmp_path: Path
) -> None:
    told = tmp_path / "told"
    visit = f"open({str(told)!r}, 'a').write(f'{{handover.lost}} '); channel.send(DRAWN + LOST * 3 + ENDED)"
    monkeypatch.setattr("dimchat.web.forker.command", lambda *_: [sys.executable, "-c", code(visit)])
    async with serving() as site:
        for _ in range(3):
            await knock(site)
            await site.until_empty()
    assert told.read_text() == "0 3 3 "


async def knock(site: Site) -> None:
    """Come in, and wait until the visit has ended."""
    headers = {"Origin": site.url, "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "x" * 22 + "=="}
    port = site.test.port
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = ["GET /ws HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: Upgrade", "Upgrade: websocket"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    writer.write("".join(f"{line}\r\n" for line in [*lines, ""]).encode())
    async with asyncio.timeout(20):
        await reader.read()
    writer.close()


def test_the_switch_travels_as_an_argument() -> None:
    switch = Switch("full", "sqlite:////srv/journal.db", 7)
    arguments: list[Any] = command(Settings(journal=switch))
    assert Switch.from_json(arguments[arguments.index("--journal") + 1]) == switch
    assert "--journal" not in command(Settings())
    assert json.loads(switch.to_json())["days"] == 7
