"""The pack that a stand on the page serves: the last one that passed its check, whatever the files hold now."""

from __future__ import annotations

import asyncio
import gc
import os
import re
import subprocess
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest

from dimchat.errors import DimchatError
from dimchat.files import python
from dimchat.kiosk.check_pack import unpack
from dimchat.visit.signals import Signal
from dimchat.web import stand_pack
from dimchat.web.server import Described
from dimchat.web.server_settings import Settings
from dimchat.web.stand_pack import StandPack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.kiosk.pack_watch import Stored

LONGEST = 60
"""Seconds that anything may take on a busy machine."""


def edit(toy: Path, text: str) -> None:
    file = toy / "answers" / "shop.yaml"
    file.write_text(re.sub(r"short: From .*", f"short: {text}", file.read_text()))


GOOD, NEWER, BAD = "From nine to six. [@sign]", "From ten to seven. [@sign]", "From ten to seven. [@nowhere]"
WHY = r"answers/shop\.yaml:\d+:\d+: .*nowhere"


def said(stored: Stored) -> str:
    reply, _ = unpack(stored.fd, stored.digest, stored.root)[1].ask("opening hours")
    return str(reply.short)


class Server:
    """Notes what it is renewed with."""

    def __init__(self, stored: Stored) -> None:
        self.settings = Settings(kiosk=True, stored=stored)
        self.says: list[str] = []

    def renew(self, settings: Settings, _: Described) -> None:
        self.settings = settings
        assert settings.stored is not None
        self.says.append(said(settings.stored))


@pytest.fixture(autouse=True)
def _in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stand_pack, "TICK", 0.01)


@pytest.fixture
def state(toy: Path, tmp_path: Path) -> Path:
    """Return a folder in which the toy's pack was kept."""
    pack = StandPack(toy, tmp_path / "state")
    assert "nine to six" in said(pack.begin())
    pack.close()
    return tmp_path / "state"


def opened() -> int:
    gc.collect()  # a pack that was opened is mapped as long as anything of it is there
    return len(list(Path("/dev/fd").iterdir()))


def test_a_pack_that_was_never_good_is_refused_with_all_that_is_wrong(toy: Path, tmp_path: Path) -> None:
    (toy / "answers" / "shop.yaml").write_text("- id: shop.hours\n  short: x [@nowhere]\n  tex: y\n")
    before, pack = opened(), StandPack(toy, tmp_path / "state")
    with pytest.raises(DimchatError) as refused:
        pack.begin()
    assert len(re.findall(r"^answers/shop.yaml:\d+:\d+: ", str(refused.value), re.MULTILINE)) > 1
    pack.close()
    assert opened() == before


def test_the_kept_one_is_served_over_a_broken_one_until_that_is_mended(
    toy: Path, state: Path, caplog: pytest.LogCaptureFixture
) -> None:
    edit(toy, BAD)
    clock, told, before = SimpleNamespace(now=0.0), list[str](), opened()
    pack = StandPack(toy, state, lambda: clock.now)
    stored = pack.begin()
    assert "nine to six" in said(stored)
    server = Server(stored)

    def describe(settings: Settings) -> Described:
        assert settings.stored is not None
        os.fstat(settings.stored.fd)
        return Described("Toys", "en")

    async def until(sign: Signal) -> None:
        async with asyncio.timeout(LONGEST):
            while await pack.answer(Signal.RELOAD) is not sign:
                pass

    async def run() -> None:
        keeping = asyncio.create_task(pack.keep(server, describe, told.append))  # type: ignore[arg-type] # played
        await until(Signal.PACK_BAD)
        assert await pack.answer(Signal.STAFF) is Signal.PACK_BAD
        assert (server.says, told) == ([], [])
        edit(toy, NEWER)
        await until(Signal.PACK_TAKEN)
        assert await pack.answer(Signal.STAFF) is Signal.PACK_SAME
        assert "ten to seven" in server.says[-1]
        edit(toy, BAD)
        await until(Signal.PACK_BAD)
        await asyncio.sleep(0)
        edit(toy, NEWER)
        await until(Signal.PACK_SAME)
        await asyncio.sleep(5 * stand_pack.TICK)
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping

    with caplog.at_level("WARNING", "dimchat.web"):
        asyncio.run(run())
    pack.close()
    assert [bool(re.search(WHY, record.getMessage())) for record in caplog.records] == [True, True]
    assert told == [
        "the changed pack passed its check; the next visitor gets it",
        "the files of the pack are in order again",
        "the files of the pack are in order again",
    ]
    assert len(server.says) == 1
    assert opened() == before


def test_one_that_no_process_opens_leaves_visitors_what_they_have(
    toy: Path, state: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before, pack = opened(), StandPack(toy, state)
    server = Server(pack.begin())
    edit(toy, NEWER)

    def describe(_: Settings) -> Described:
        raise DimchatError("it cannot be opened")

    async def run() -> None:
        keeping = asyncio.create_task(pack.keep(server, describe, print))  # type: ignore[arg-type] # played
        async with asyncio.timeout(LONGEST):
            while not caplog.records:  # noqa: ASYNC110 - a process ends
                await asyncio.sleep(0.01)
        keeping.cancel()

    with caplog.at_level("WARNING", "dimchat.web"):
        asyncio.run(run())
    assert server.settings.stored is not None
    assert (server.says, said(server.settings.stored)) == ([], GOOD.replace("[@sign]", "[1]"))
    pack.close()
    assert opened() == before


@contextmanager
def serving(toy: Path, state: Path) -> Iterator[tuple[str, Any]]:
    """Run the stand in a process of its own, and give its address and what it says of faults."""
    command = python.command("dimchat", "serve", "--kiosk", "--port", "0", "--pack", str(toy))
    environment = {**os.environ, "XDG_STATE_HOME": str(state)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            found = re.search(r"http://[^ ]+/(?= )", process.stdout.readline())
            assert found is not None, process.stderr and process.stderr.read()
            yield found[0], process.stderr
        finally:
            process.terminate()


def asked(url: str) -> str:
    """Return what a visitor without a script is told."""
    with urlopen(url, timeout=LONGEST) as page:  # noqa: S310 - our own server
        visit = re.search(r'data-visit="([^"]+)"', page.read().decode())
    assert visit is not None
    with urlopen(f"{url}{visit[1]}ask", b"text=opening+hours", timeout=LONGEST) as page:  # noqa: S310
        return str(page.read().decode())


def test_a_running_stand_starts_over_a_broken_pack_and_takes_the_mended_one(toy: Path, tmp_path: Path) -> None:
    with serving(toy, tmp_path) as (url, _):
        assert "nine to six" in asked(url)
    edit(toy, BAD)
    with serving(toy, tmp_path) as (url, faults):
        assert re.search(WHY, faults.readline())
        assert "nine to six" in asked(url)
