"""A server that follows a publisher: what it does with a newer version, and what it says of a refused one."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from dimchat.errors import DimchatError
from dimchat.release.follow_settings import Follow
from dimchat.release.following import Look
from dimchat.visit.signals import Today
from dimchat.web import run as running
from dimchat.web.server_settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable


class Server:
    """Notes what it is renewed with."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(follow=Follow("/srv/answers", ("key.pub",), "web-1", str(folder)))
        self.today = Today(date(2026, 11, 30))
        self.renewed: list[Any] = []

    def renew(self, settings: Settings, described: Any) -> None:
        self.renewed.append((settings.pack, described))


@pytest.fixture
def follow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Server, list[str], bool]]:
    (tmp_path / "versions" / "2").mkdir(parents=True)
    (tmp_path / "current").symlink_to("versions/2")
    monkeypatch.setattr(running, "TURN", 0)

    def follow(*looks: Look | None) -> tuple[Server, list[str], bool]:
        """Let these looks come, and return the server, what it told, and whether the follower was closed."""
        server, waiting, closed = Server(tmp_path), list(looks), []
        told: list[str] = []

        def turn() -> Look | None:
            if not waiting:
                raise asyncio.CancelledError
            return waiting.pop(0)

        follower = SimpleNamespace(turn=turn, close=lambda: closed.append(True))

        async def run() -> None:
            await running.follow(server, follower, None, told.append)  # type: ignore[arg-type] # played

        with pytest.raises(asyncio.CancelledError):
            asyncio.run(run())
        return server, told, bool(closed)

    return follow


def test_a_newer_version_is_described_and_served_from_its_own_folder(
    follow: Callable[..., tuple[Server, list[str], bool]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "describe", lambda settings: f"of {settings.pack.name}")
    server, told, closed = follow(None, Look("same", 1), Look("taken", 2))
    assert server.renewed == [((tmp_path / "versions" / "2").resolve(), "of 2")]
    assert told == ["answers: version 2 is taken; the next visitor gets it"]
    assert closed


def test_a_version_that_no_process_opens_is_not_served(
    follow: Callable[..., tuple[Server, list[str], bool]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def describe(_: Settings) -> None:
        raise DimchatError("it cannot be opened")

    monkeypatch.setattr(running, "describe", describe)
    with caplog.at_level("WARNING", "dimchat.web"):
        server, told, _ = follow(Look("taken", 2))
    assert (server.renewed, told) == ([], [])
    assert "it cannot be opened" in caplog.text


def test_a_refusal_is_said_once_and_again_when_it_is_another(
    follow: Callable[..., tuple[Server, list[str], bool]], caplog: pytest.LogCaptureFixture
) -> None:
    bad, worse = Look("refused", kind="expired"), Look("refused", kind="signature")
    with caplog.at_level("WARNING", "dimchat.web"):
        follow(bad, bad, worse, worse, Look("same", 1), worse)
    kinds = [record.getMessage().partition("(")[2].partition(")")[0] for record in caplog.records]
    assert kinds == ["expired", "signature", "signature"]
    assert str(Path("log")) in caplog.text
