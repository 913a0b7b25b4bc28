"""Addresses as codes: what a camera would read, how much light is around, and whether it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from dimchat.apps.stand.source import LEAST_QUIET, QUIET, fitting_rows, qr_rows

if TYPE_CHECKING:
    from dimchat.model import Pack

URL = "https://www.arrt.org/pages/about/about-arrt"
BLOCKS = {" ": (False, False), "▀": (True, False), "▄": (False, True), "█": (True, True)}


def modules(rows: list[str]) -> list[list[bool]]:
    """Return which modules are dark."""
    return [[BLOCKS[character][half] for character in row] for row in rows for half in (0, 1)]


@settings(deadline=None)  # a busy machine is no fault
@given(url=st.from_regex(r"https://[a-z.]{4,20}/[A-Za-z0-9/_-]{0,180}", fullmatch=True))
def test_the_rows_are_the_code_with_four_modules_of_light_around_it(url: str) -> None:
    drawn = modules(qr_rows(url))
    code = [[bool(module) for module in row] for row in segno.make(url, error="l", micro=False).matrix]
    inner = [row[QUIET : QUIET + len(code)] for row in drawn[QUIET : QUIET + len(code)]]
    assert inner == code
    assert sum(map(sum, drawn)) == sum(map(sum, code))
    assert all(len(row) == len(code) + 2 * QUIET for row in drawn)
    assert len(drawn) >= len(code) + 2 * QUIET


def test_an_address_that_is_too_long_for_any_code_has_none() -> None:
    assert qr_rows("https://example.org/" + "x" * 4000) == []
    assert fitting_rows("https://example.org/" + "x" * 4000, 1000, 1000) == []


def test_a_small_screen_gets_less_light_before_it_gets_no_code() -> None:
    whole = qr_rows(URL)
    width, height = len(whole[0]), len(whole)
    assert fitting_rows(URL, width, height) == whole
    assert fitting_rows(URL, width, height - 1) == qr_rows(URL, QUIET - 1)
    assert fitting_rows(URL, width - 2 * (QUIET - LEAST_QUIET), height) == qr_rows(URL, LEAST_QUIET)
    assert fitting_rows(URL, width - 2 * (QUIET - LEAST_QUIET) - 1, height) == []


def test_most_addresses_of_the_pack_have_a_whole_code_on_the_smallest_screen(pack: Pack) -> None:
    urls = [source.url for source in pack.sources if source.url]
    whole = [url for url in urls if fitting_rows(url, 80 - 26, 24) == qr_rows(url)]
    some = [url for url in urls if fitting_rows(url, 80 - 26, 24)]
    assert len(whole) >= 0.75 * len(urls)
    assert len(some) >= 0.9 * len(urls)


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_no_code_is_cut(visit: Any, size: tuple[int, int]) -> None:
    async with visit(size) as kiosk:
        await kiosk.home.ask("what degree do I need")
        await kiosk.settle()
        for citation in kiosk.home.view.turn.reply.citations:
            await kiosk.home.do(("source", str(citation.number)))
            await kiosk.settle()
            code = fitting_rows(citation.url, size[0] - 26, size[1])
            shown = kiosk.shown
            assert [row for row in code if row.strip() and row.strip() not in shown] == []
            await kiosk.press("escape")
