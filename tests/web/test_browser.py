"""The whole way, in Debian's Chromium without a screen."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.conftest import memory_holds
from tests.web.in_chromium import CHROMIUM, MARK, WAIT, Visit, serving

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright (the extra test)")

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (on Debian: apt install chromium)")


@pytest.mark.usefixtures("indexed")
def test_a_visit_from_start_to_reset_leaves_nothing(visiting: Callable[..., Any], tmp_path: Path) -> None:
    with serving(tmp_path, "--terminal") as server, visiting() as visit:
        visit.open(server.url)
        visit.say("what degree do I need", "bachelor")
        visit.say("and the salary", "$")
        visit.say(f"what is {MARK}", MARK)
        visit.page.keyboard.insert_text(f"pasted {MARK} ")
        visit.until("pasted")
        if sys.platform == "linux" and os.access(f"/proc/{server.pid}/mem", os.R_OK):
            assert not memory_holds(server.pid, MARK.encode()), "the server saw what the visitor said"
        visit.page.keyboard.press("Control+q")
        visit.page.wait_for_selector("#ending-left", timeout=WAIT)
        assert MARK not in visit.kept()
        visit.page.click("text=Start a new conversation")
        visit.drawn = ""
        visit.until("Ask me about")
        visit.page.wait_for_selector("#starting", state="hidden", timeout=WAIT)
        visit.say("/again", "Nothing was asked yet")
        assert MARK not in visit.kept() + visit.drawn
        assert visit.hosts == {server.url.split("/")[2]}, "another host was asked for something"
        assert visit.complaints == []
        if sys.platform == "linux" and os.access(f"/proc/{server.pid}/mem", os.R_OK):
            assert not memory_holds(server.pid, MARK.encode())
    left = [path for path in tmp_path.rglob("*") if path.is_file() and MARK.encode() in path.read_bytes()]
    assert left == []


@pytest.mark.usefixtures("indexed")
def test_the_page_is_fit_for_everybody(visiting: Callable[..., Any], tmp_path: Path) -> None:
    with serving(tmp_path, "--terminal", "--font-size", "18") as server, visiting() as visit:
        visit.open(server.url)
        page = visit.page
        assert page.evaluate("document.documentElement.lang") == "en"
        assert page.title() == "Diagnostic Imaging Manager · dimchat"
        assert "Type a question" in page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert "zoom" in page.evaluate(
            "document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent"
        )
        assert "user-scalable" not in page.content()
        assert page.evaluate("document.fonts.check('18px \"Roboto Mono\"')")
        wide = page.evaluate("document.querySelector('.xterm-screen').offsetWidth")
        page.set_viewport_size({"width": 500, "height": 320})  # as the browser's zoom of 200 % makes it
        page.wait_for_function(f"document.querySelector('.xterm-screen').offsetWidth < {wide}", timeout=WAIT)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        visit.say("what degree do I need", "bachelor")


@pytest.mark.usefixtures("indexed")
def test_a_browser_without_webgl_and_with_its_bars_shows_the_colours_and_no_bar(
    browser: Browser, tmp_path: Path
) -> None:
    plain = browser.browser_type.launch(
        executable_path=CHROMIUM,
        args=["--no-sandbox", "--disable-gpu", "--disable-3d-apis"],
        ignore_default_args=["--hide-scrollbars"],  # on a stand they are not hidden
    )
    try:
        with serving(tmp_path, "--terminal") as server:
            visit = Visit(plain.new_page())
            visit.open(server.url)
            colours = visit.page.evaluate(
                "new Set([...document.querySelectorAll('.xterm-rows span')].map(it => getComputedStyle(it).color)).size"
            )
            assert colours > 2  # more than black and white
            assert visit.page.evaluate(
                "(bar => bar.offsetWidth === bar.clientWidth)(document.querySelector('.xterm-viewport'))"
            )
            assert visit.complaints == []
    finally:
        plain.close()


@pytest.mark.usefixtures("indexed")
def test_a_conversation_can_be_taken_along_as_a_file(visiting: Callable[..., Any], tmp_path: Path) -> None:
    with serving(tmp_path, "--terminal") as server, visiting(accept_downloads=True) as visit:
        visit.open(server.url)
        visit.say("what degree do I need", "bachelor")
        with visit.page.expect_download(timeout=WAIT) as download:
            visit.page.keyboard.type("/export talk.md")
            visit.page.keyboard.press("Enter")
        assert download.value.suggested_filename == "talk.md"
        assert "what degree do I need" in Path(download.value.path()).read_text()
        assert visit.complaints == []


@pytest.mark.usefixtures("indexed")
def test_silence_is_announced_and_can_be_ended_by_a_click(visiting: Callable[..., Any], tmp_path: Path) -> None:
    with serving(tmp_path, "--terminal", "--idle", "4") as server, visiting() as visit:
        visit.open(server.url)
        visit.page.wait_for_selector("#idle", timeout=WAIT)
        assert "Still there?" in visit.page.inner_text("#idle")
        visit.page.click("#stay")
        visit.page.wait_for_selector("#idle", state="hidden", timeout=WAIT)
        visit.page.wait_for_selector("#ending-idle", timeout=WAIT)
        assert visit.page.evaluate("document.activeElement.textContent") == "Start a new conversation"


@pytest.mark.usefixtures("indexed")
def test_a_visitor_without_a_place_is_told_and_gets_the_next_one(visiting: Callable[..., Any], tmp_path: Path) -> None:
    with serving(tmp_path, "--terminal", "--sessions", "1") as server, visiting() as first, visiting() as second:
        first.open(server.url)
        second.page.goto(server.url)
        assert "Every place is taken" in second.page.inner_text("h1")
        first.page.keyboard.press("Control+q")
        first.page.wait_for_selector("#ending-left", timeout=WAIT)
        second.page.click("text=Look now")
        second.until("Ask me about")


@pytest.mark.usefixtures("indexed")
def test_a_lost_connection_is_named_and_a_new_conversation_offered(
    visiting: Callable[..., Any], tmp_path: Path
) -> None:
    with visiting() as visit:
        with serving(tmp_path, "--terminal") as server:
            visit.open(server.url)
        visit.page.wait_for_selector("#ending-stopped", timeout=WAIT)
        assert "Nothing of it is kept" in visit.page.inner_text("#ending-stopped")
        assert visit.page.query_selector("#terminal") is None


@pytest.mark.usefixtures("indexed")
def test_the_kiosk_starts_again_by_itself_and_opens_nothing(visiting: Callable[..., Any], tmp_path: Path) -> None:
    pytest.importorskip("dimchat.apps.stand", reason="the kiosk is a room of its own")
    with serving(tmp_path, "--terminal", "--kiosk") as server, visiting() as visit:
        visit.page.goto(server.url)
        visit.until("Touch or press")
        visit.page.wait_for_selector("#starting", state="hidden", timeout=WAIT)
        visit.page.keyboard.press("Enter")
        visit.until("Start over")
        visit.say(f"what is {MARK}", MARK)
        assert visit.page.evaluate("window.open('https://example.org')") is None
        visit.drawn = ""
        visit.page.mouse.click(910, 612)  # the button at the lower right
        visit.until("Touch or press")
        visit.page.wait_for_selector("#starting", state="hidden", timeout=WAIT)
        _, _, next_visit = visit.drawn.partition("Touch or press")
        assert MARK not in visit.kept() + next_visit
        assert visit.complaints == []
