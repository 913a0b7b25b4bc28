from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from dimchat.visit.idle import Idle
from dimchat.web.visitor import page as pages
from dimchat.web.visitor.page import Page, joined


class FakeWebsocket:
    """Takes what is sent; after `holds` messages it is gone."""

    def __init__(self, holds: int = 100) -> None:
        self.sent: list[bytes | str] = []
        self.holds = holds

    async def send_bytes(self, data: bytes) -> None:
        if len(self.sent) >= self.holds:
            raise ConnectionResetError
        self.sent.append(data)

    async def send_str(self, data: str) -> None:
        await self.send_bytes(data)  # type: ignore[arg-type]


def page_on(websocket: Any) -> Page:
    return Page(websocket, Idle(0, 0, lambda: 0.0))


async def test_what_is_drawn_in_one_go_is_sent_in_one_message_and_in_order() -> None:
    websocket = FakeWebsocket()
    page = page_on(websocket)
    page.draw(b"a")
    page.draw(b"b")
    page.tell("idle", 5)
    page.draw(b"c")
    sending = asyncio.create_task(page.send())
    await page.drawn()
    await asyncio.sleep(0)
    sending.cancel()
    assert websocket.sent == [b"ab", '["idle", 5]', b"c"]


async def test_a_page_that_is_gone_ends_the_sending() -> None:
    page = page_on(FakeWebsocket(holds=0))
    page.draw(b"a")
    async with asyncio.timeout(5):
        await page.send()


async def test_a_page_that_takes_nothing_counts_as_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_WAITING", 10)
    page = page_on(FakeWebsocket())
    page.draw(b"x" * 11)
    async with asyncio.timeout(5):
        await page.send()


async def test_a_text_to_save_goes_to_the_page_unless_it_is_huge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_SAVED", 5)
    websocket = FakeWebsocket()
    page = page_on(websocket)
    page.save("a.md", "123456")
    page.save("b.md", "12345")
    page.draw(b"!")
    sending = asyncio.create_task(page.send())
    await page.drawn()
    sending.cancel()
    assert [json.loads(text) for text in websocket.sent[:-1]] == [["save", {"name": "b.md", "text": "12345"}]]


@pytest.mark.parametrize(
    ("batch", "result"),
    [
        ([], []),
        ([b"a", b"b"], [b"ab"]),
        ([b"a", "x", b"b", b"c"], [b"a", "x", b"bc"]),
        (["x", "y"], ["x", "y"]),
    ],
)
def test_neighbours_are_joined(batch: list[bytes | str], result: list[bytes | str]) -> None:
    assert joined(batch) == result
