"""The page in a frame of another site: whom the headers let, and what Chromium makes of them."""

from __future__ import annotations

import http.client
import re
import socket
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from tests.web.in_chromium import CHROMIUM, MARK, Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.usefixtures("indexed")
PAGE = (Path(__file__).parents[2] / "docs" / "web-api.md").read_text("utf-8")
SNIPPETS = "\n".join(re.findall(r"^```html\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
WAIT = 60_000


@contextmanager
def site(shown: str) -> Iterator[int]:
    """Serve one page on every address of a site, and give its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f"<!DOCTYPE html><title>A site</title><body>{shown}</body>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def framed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str, str]]:
    """Serve for one named site; return the server, the address of that site, and that of another one."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    shown = SNIPPETS.replace("https://ask.example.org", f"http://127.0.0.1:{port}").replace(
        "<details>", "<details open>"
    )
    with site(shown) as named, site(shown) as other:
        ours = f"http://localhost:{named}"  # another site than 127.0.0.1, not only another port
        with serving(tmp_path_factory.mktemp("framed"), "--port", str(port), "--origin", ours) as server:
            yield server, ours, f"http://localhost:{other}"


@pytest.fixture(scope="module")
def strict() -> Iterator[Browser]:
    """Start a Chromium that gives third parties no cookies and no shared storage."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright (the extra test)")
    with sync_api.sync_playwright() as playwright:
        flags = ["--no-sandbox", "--test-third-party-cookie-phaseout"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


def got(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    place = urlsplit(server.url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        fields = {name.casefold(): value for name, value in answer.getheaders()}
        return answer.status, fields, answer.read().decode()
    finally:
        connection.close()


def visits(server: Server) -> int:
    """Count the processes of visits."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    return sum(parents.get(parent) == server.pid for parent in parents.values())


def test_only_what_is_below_the_widget_may_be_framed_and_only_by_who_is_named(framed: Any) -> None:
    server, ours, _ = framed
    status, headers, page = got(server, "/widget/")
    assert status == 200
    assert f"frame-ancestors {ours};" in headers["content-security-policy"]
    assert "x-frame-options" not in headers
    assert "set-cookie" not in headers
    visit = re.search(r'data-visit="([^"]+)"', page)
    assert visit is not None
    for path in (f"/widget/{visit[1]}", "/widget/over", "/widget/look.css", "/widget/static/own/talk.js"):
        status, headers, _ = got(server, path)
        assert status == 200
        assert f"frame-ancestors {ours}" in headers["content-security-policy"]
    for path in ("/", f"/{visit[1]}", "/over", "/static/own/talk.js"):
        status, headers, _ = got(server, path)
        assert status == 200
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
    assert got(server, "/widget")[:2][0] == 308


def test_a_form_of_the_widget_comes_from_our_own_page_alone(framed: Any) -> None:
    server, ours, _ = framed
    visit = re.search(r'data-visit="([^"]+)"', got(server, "/widget/")[2])
    assert visit is not None
    for origin in (ours, "null", "https://evil.example"):
        assert got(server, f"/widget/{visit[1]}ask", "POST", Origin=origin)[0] == 403


def test_without_a_named_site_there_is_no_widget(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        assert got(server, "/widget/")[0] == 404
        visit = re.search(r'data-visit="([^"]+)"', got(server, "/")[2])
        assert visit is not None
        status, headers, _ = got(server, f"/widget/{visit[1]}")
        assert status == 200
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def opened(page: Page, url: str) -> list[str]:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(url)
    return complaints


def test_a_named_site_shows_it_and_the_visit_ends_with_the_frame(framed: Any, strict: Browser) -> None:
    server, ours, _ = framed
    before = visits(server)
    context = strict.new_context()
    page = context.new_page()
    complaints = opened(page, ours)
    frame, inner = page.frame_locator("iframe"), page.frames[1]
    frame.locator("#text").fill(f"what is the CRA {MARK}")
    frame.locator("#text").press("Enter")
    frame.get_by_text("The CRA is a credential").first.wait_for(timeout=WAIT)
    for _ in range(200):
        tall, text = (inner.evaluate(f"document.documentElement.{name}") for name in ("clientHeight", "scrollHeight"))
        if tall == text != 576:
            break
        page.wait_for_timeout(50)
    assert tall == text != 576, "a frame is as tall as what is in it"
    frame.locator("#text").fill("how often do I renew it")
    frame.locator("#text").press("Enter")
    frame.get_by_text("every three years").first.wait_for(timeout=WAIT)
    assert visits(server) == before + 1
    assert context.cookies() == []
    stored = "(() => { try { return localStorage.length; } catch (error) { return error.name; } })()"
    assert inner.evaluate(stored) == "SecurityError", "this browser keeps nothing for third parties"
    assert complaints == []
    page.locator("iframe").evaluate("frame => frame.remove()")
    for _ in range(200):
        if visits(server) == before:
            break
        time.sleep(0.05)
    assert visits(server) == before
    context.close()


def test_it_begins_anew_within_the_frame(framed: Any, strict: Browser) -> None:
    _, ours, _ = framed
    context = strict.new_context()
    page = context.new_page()
    opened(page, ours)
    frame = page.frame_locator("iframe")
    frame.locator("#text").fill(f"what is the CRA {MARK}")
    frame.locator("#text").press("Enter")
    frame.get_by_text("The CRA is a credential").first.wait_for(timeout=WAIT)
    frame.get_by_role("button", name="Start over").click()
    frame.get_by_text("The CRA is a credential").first.wait_for(state="detached", timeout=WAIT)
    frame.locator("#text").wait_for(timeout=WAIT)
    assert page.frames[1].url.endswith("/widget/")
    assert MARK not in page.frames[1].content()
    context.close()


def test_without_a_script_its_forms_work_in_the_frame(framed: Any, strict: Browser) -> None:
    _, ours, _ = framed
    context = strict.new_context(java_script_enabled=False)
    page = context.new_page()
    opened(page, ours)
    frame = page.frame_locator("iframe")
    frame.locator("#text").fill("what is the CRA")
    frame.locator("#text").press("Enter")
    frame.get_by_text("The CRA is a credential").first.wait_for(timeout=WAIT)
    frame.get_by_role("button", name="Start over").click()
    frame.locator("#text").wait_for(timeout=WAIT)
    context.close()


def test_another_site_shows_nothing_and_begins_no_visit(framed: Any, strict: Browser) -> None:
    server, _, other = framed
    before = visits(server)
    context = strict.new_context()
    page = context.new_page()
    complaints = opened(page, other)
    page.wait_for_timeout(500)
    assert any("frame-ancestors" in told for told in complaints)
    assert page.frame_locator("iframe").locator("#text").count() == 0
    assert visits(server) <= before
    context.close()
