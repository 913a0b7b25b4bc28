"""Which addresses of sources are dead or have moved, told by a server on this machine."""

from __future__ import annotations

import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar

import pytest

from dimchat.cli import run
from dimchat.model import Place
from dimchat.quality.links import Link, checked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Handler(BaseHTTPRequestHandler):
    """Answers by the path: /STATUS, /STATUS/where/it/leads, and a few that behave oddly."""

    asked: ClassVar[list[tuple[str, str, str]]] = []
    open: ClassVar[Counter[str]] = Counter()
    most: ClassVar[Counter[str]] = Counter()
    together: ClassVar[threading.Barrier | None] = None
    over: ClassVar[threading.Event] = threading.Event()

    def do_HEAD(self) -> None:
        host = self.headers["Host"]
        self.asked.append((self.command, host, self.path))
        self.open[host] += 1
        self.most[host] = max(self.most[host], self.open[host])
        if self.together is not None:
            self.together.wait(timeout=10)
        _, first, *rest = self.path.split("/")
        if first == "silent":
            self.over.wait(timeout=30)
        status = int(first) if first.isdecimal() else 200
        if first == "get":
            status = 405 if self.command == "HEAD" else 200
        self.send_response(status)
        if rest:
            self.send_header("Location", f"/{'/'.join(rest)}")
        self.open[host] -= 1  # before whoever asked can hear of it, and ask on
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815 - the library's name

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    Handler.asked, Handler.open, Handler.most = [], Counter(), Counter()
    Handler.together, Handler.over = None, threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server.server_address[1]
    Handler.over.set()
    server.shutdown()
    server.server_close()


def link(url: str) -> Link:
    return Link(url, ("guide",), Place("answers/sources.yaml", 3))


STATES = {
    "/200": ("fine", 200, ""),
    "/get": ("fine", 200, ""),
    "/404": ("dead", 404, ""),
    "/410": ("dead", 410, ""),
    "/403": ("unsure", 403, ""),
    "/503": ("unsure", 503, ""),
    "/301/200": ("moved", 200, "/200"),
    "/308/301/200": ("moved", 200, "/200"),
    "/302/200": ("fine", 200, "/200"),
    "/302/301/200": ("fine", 200, "/200"),
    "/301/302/200": ("moved", 200, "/302/200"),
    "/301/404": ("dead", 404, "/404"),
    "/301/301/301/301/301/301/200": ("dead", 301, ""),
    "/200#part": ("fine", 200, ""),
    "/two words/\u00e4?q=\u00e4": ("fine", 200, ""),
}


@pytest.mark.parametrize("path", STATES)
def test_what_a_server_says_is_what_an_editor_hears(port: int, path: str) -> None:
    base = f"http://127.0.0.1:{port}"
    (found,) = checked([link(base + path)], timeout=10, servers=1, local=True)
    assert (found.state, found.status, found.to.removeprefix(base)) == STATES[path]


def test_who_says_nothing_or_does_not_exist_cannot_be_reached(port: int) -> None:
    urls = [f"http://127.0.0.1:{port}/silent", "http://127.0.0.1:1/", "http://nobody.invalid/", "http://127.0.0.1:x/"]
    found = checked([link(url) for url in urls], timeout=0.2, servers=4, local=True)
    assert [one.state for one in found] == ["unreachable"] * 4
    assert all(one.why for one in found)


def test_a_server_is_asked_one_thing_at_a_time_with_pauses_and_others_meanwhile(port: int) -> None:
    hosts = ["127.0.0.1", "127.0.0.1.", "localhost"]
    links = [link(f"http://{host}:{port}/200?{n}") for n in range(3) for host in hosts[::2]]
    Handler.together = threading.Barrier(2)  # each question waits for one to the other name
    pauses: list[float] = []
    found = checked(links, timeout=10, servers=2, local=True, pause=pauses.append)
    assert [one.link for one in found] == links
    assert {one.state for one in found} == {"fine"}
    assert set(Handler.most.values()) == {1}
    assert pauses == [1.0] * 4


def test_this_machine_is_asked_only_where_somebody_says_so(port: int) -> None:
    found = checked([link(f"http://127.0.0.1:{port}/200"), link(f"http://localhost:{port}/")], timeout=10, servers=2)
    assert [one.state for one in found] == ["local", "local"]
    assert Handler.asked == []


def test_the_command_names_file_and_line(port: int, toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources = toy / "answers" / "sources.yaml"
    text = sources.read_text("utf-8")
    url = f"http://127.0.0.1:{port}/301/200"
    sources.write_text(text.replace("  type:", f"  URL: {url}\n  type:", 1), "utf-8")
    assert run(["links", "--local", "--pack", str(toy)]) == 1
    told = capsys.readouterr()
    assert told.out == f"answers/sources.yaml:1: moved: {url} (sign) 200 -> http://127.0.0.1:{port}/200\n"
    assert run(["links", "--local", "--json", "--pack", str(toy)]) == 1
    assert json.loads(capsys.readouterr().out)["state"] == "moved"
    assert run(["links", "--pack", str(toy)]) == 0
    assert "local" in capsys.readouterr().out
    assert sources.read_text("utf-8").count(url) == 1
