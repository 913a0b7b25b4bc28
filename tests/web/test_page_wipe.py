"""Nothing of a visit of the page is left: in the browser's memory and profile, in the server, in any file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.conftest import memory_holds
from tests.web.in_chromium import CHROMIUM, MARK, WAIT, serving

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright (the extra test)")

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (on Debian: apt install chromium)"),
    pytest.mark.usefixtures("indexed"),
]
READABLE = sys.platform == "linux" and os.access(f"/proc/{os.getpid()}/mem", os.R_OK)
FORMS = "JSON.stringify([...document.querySelectorAll('input, textarea')].map(it => it.value))"


def children(pid: int) -> set[int]:
    """Return the processes below a process."""
    found: set[int] = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) in {pid, *found}:
            found.add(int(status.parent.name))
    return found


def profile(browser: Browser, folder: Path, **options: Any) -> BrowserContext:
    """Open a browser with a profile on the disk, as the browser of a stand or of a visitor has."""
    return browser.browser_type.launch_persistent_context(
        str(folder), executable_path=CHROMIUM, args=["--no-sandbox"], **options
    )


def content(page: Page) -> str:
    """Return what a page holds once it has come to rest: a stand's first page may just be loading itself anew."""
    while True:
        page.wait_for_load_state()
        try:
            return page.content()
        except sync_api.Error:
            if page.is_closed():
                raise


def shown(page: Page) -> Iterator[str]:
    """Yield everything that a page shows and holds, now and wherever its history leads back to."""
    for step in (None, "back", "back", "forward", "reload"):
        if step is not None:
            getattr(page, {"back": "go_back", "forward": "go_forward", "reload": "reload"}[step])()
        yield content(page) + page.url
        page.wait_for_load_state()
        yield page.title() + str(page.evaluate("JSON.stringify([history.state, name])"))
        yield str(page.evaluate(FORMS)) if page.url.startswith("http") else ""


def files_with(folder: Path, mark: str) -> list[Path]:
    every = [path for path in folder.rglob("*") if path.is_file()]
    return [
        path for path in every if mark.encode() in path.read_bytes() or mark.encode("utf-16-le") in path.read_bytes()
    ]


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("face", ["page", "stand"])
def test_what_was_said_is_gone_when_the_visit_is_over(
    browser: Browser, tmp_path: Path, face: str, *, scripted: bool
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with serving(home, *(["--kiosk"] if face == "stand" else [])) as server:
        context = profile(browser, tmp_path / "profile", java_script_enabled=scripted)
        page = context.pages[0]
        page.goto(server.url)
        if face == "stand":
            page.click("#begin")
        page.fill("#text", f"what is {MARK}")
        page.click("#ask > button")
        page.wait_for_selector(f".question:has-text('{MARK}')", timeout=WAIT)
        page.fill("#text", f"not sent {MARK}")
        if READABLE:
            assert not memory_holds(server.pid, MARK.encode()), "the server saw what the visitor said"
            assert any(memory_holds(pid, MARK.encode()) for pid in children(server.pid))
        page.click("form[action$='over'] button")
        page.wait_for_url(server.url, timeout=WAIT)
        for held in shown(page) if scripted else [page.content()]:
            assert MARK not in held
        if not scripted:
            page.go_back()
            assert MARK not in page.content()
        assert MARK not in str(context.storage_state())
        other = context.new_page()
        other.goto(server.url)
        assert MARK not in other.content()
        if READABLE:
            assert not any(memory_holds(pid, MARK.encode()) for pid in (server.pid, *children(server.pid)))
        context.close()
    assert files_with(tmp_path, MARK) == []
