"""Fetching over HTTP: what a server may do wrong, and what is never asked of it."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from dimchat.errors import UsageError
from dimchat.release import origin as origins
from dimchat.release.origin import FolderOrigin, HttpOrigin, origin
from dimchat.release.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from .conftest import Shop

Answer = tuple[int, dict[str, str], bytes]


@contextmanager
def served(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Files(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def answering(*answers: Answer) -> Iterator[tuple[HttpOrigin, list[dict[str, str]]]]:
    """Serve these answers, one after the other, and keep what was asked."""
    waiting, asked = list(answers), []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append({"path": self.path, **self.headers})
            status, headers, body = waiting.pop(0)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    with served(Handler) as address:
        found = origin(address)
        assert isinstance(found, HttpOrigin)
        yield found, asked


def test_a_stand_follows_a_web_server(shop: Shop) -> None:
    shop.publish("From nine to six.")
    with served(partial(Files, directory=str(shop.folder))) as address:
        assert shop.bring(source=origin(address)) == ("taken", 1)
        shop.publish("From ten to seven.")
        assert shop.bring(source=origin(address)) == ("taken", 2)
    assert shop.refused(source=origin(address)).kind == "unreachable"


def test_what_did_not_change_is_not_sent_again() -> None:
    with answering((200, {"ETag": '"a"'}, b"one"), (304, {}, b""), (200, {"ETag": '"b"'}, b"two")) as (there, asked):
        assert there.read("channel.signed", 9) == (b"one", '"a"')
        assert there.read("channel.signed", 9, '"a"') is None
        assert there.read("channel.signed", 9, '"a"') == (b"two", '"b"')
    assert [one.get("If-None-Match") for one in asked] == [None, '"a"', '"a"']
    assert {one["Accept-Encoding"] for one in asked} == {"identity"}


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        ((200, {}, b"x" * 10), "too-large", "larger than 9 bytes"),
        ((200, {"Content-Length": "10"}, b"x" * 10), "too-large", "and was not read"),
        ((200, {"Content-Length": "99999999999999"}, b""), "too-large", "and was not read"),
        ((200, {"Content-Length": "-1"}, b""), "too-large", "and was not read"),
        ((200, {"Content-Encoding": "gzip"}, b"x"), "too-large", "compressed"),
        ((200, {"Content-Encoding": "br"}, b"x"), "too-large", "compressed"),
        ((302, {"Location": "http://127.0.0.1:1/"}, b""), "unreachable", "sends elsewhere (302), where nobody follows"),
        ((301, {"Location": "file:///etc/passwd"}, b""), "unreachable", "sends elsewhere (301)"),
        ((304, {}, b""), "unreachable", "304"),
        ((404, {}, b"no"), "unreachable", "the server says 404"),
        ((500, {}, b"no"), "unreachable", "the server says 500"),
    ],
)
def test_an_answer_that_is_none_is_refused_in_words(answer: Answer, kind: str, said: str) -> None:
    with answering(answer) as (there, _), pytest.raises(RefusedError) as caught:
        there.read("channel.signed", 9)
    assert caught.value.kind == kind
    assert said in str(caught.value)


def test_what_is_no_http_at_all_is_refused_in_words() -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        there = origin(f"http://127.0.0.1:{door.getsockname()[1]}")

        def talk() -> None:
            connection, _ = door.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"SSH-2.0-x\r\n")

        thread = threading.Thread(target=talk)
        thread.start()
        with pytest.raises(RefusedError, match="cannot be had"):
            there.read("channel.signed", 9)
        thread.join()


def test_a_download_goes_on_where_it_broke_off(tmp_path: Path) -> None:
    target = tmp_path / "part"
    part = (206, {"Content-Range": "bytes 4-9/10", "Content-Length": "6"}, b"456789")
    with answering((200, {"Content-Length": "10"}, b"0123"), part) as (there, asked):
        with pytest.raises(RefusedError, match="broke off after 4 of 10 bytes"):
            there.bring("files/aa/aa", 10, target)
        assert target.read_bytes() == b"0123"
        there.bring("files/aa/aa", 10, target)
    assert target.read_bytes() == b"0123456789"
    assert [one.get("Range") for one in asked] == [None, "bytes=4-"]


@pytest.mark.parametrize(
    "answer",
    [(200, {}, b"0123456789"), (200, {"Content-Length": "10"}, b"0123456789")],
)
def test_a_server_that_knows_no_parts_sends_it_all(tmp_path: Path, answer: Answer) -> None:
    target = tmp_path / "part"
    target.write_bytes(b"9999")
    with answering(answer) as (there, _):
        there.bring("files/aa/aa", 10, target)
    assert target.read_bytes() == b"0123456789"


def test_a_part_that_does_not_fit_begins_the_file_anew(tmp_path: Path) -> None:
    target = tmp_path / "part"
    target.write_bytes(b"0123")
    whole: Answer = (200, {}, b"0123456789")
    other = (206, {"Content-Range": "bytes 0-9/10"}, b"0123456789")
    with answering(other, whole, (416, {}, b""), whole) as (there, _):
        with pytest.raises(RefusedError, match="another part"):
            there.bring("files/aa/aa", 10, target)
        there.bring("files/aa/aa", 10, target)
        assert target.read_bytes() == b"0123456789"
        target.write_bytes(b"0123")
        there.bring("files/aa/aa", 10, target)
    assert target.read_bytes() == b"0123456789"


def test_a_part_that_goes_on_for_ever_is_let_go(tmp_path: Path) -> None:
    target = tmp_path / "part"
    target.write_bytes(b"0123")
    part = (206, {"Content-Range": "bytes 4-99/100"}, b"x" * 96)
    with answering(part) as (there, _), pytest.raises(RefusedError) as caught:
        there.bring("files/aa/aa", 10, target)
    assert caught.value.kind == "too-large"


def test_a_server_that_drips_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origins, "LONGEST", -1.0)
    with answering((200, {}, b"x")) as (there, _), pytest.raises(RefusedError, match="longer than"):
        there.read("channel.signed", 9)


def test_the_proxy_of_the_environment_is_not_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with answering((200, {}, b"x")) as (there, _):
        assert there.read("channel.signed", 9) == (b"x", "")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("http://example.org/x", "use https"),
        ("http://10.0.0.1/x", "use https"),
        ("http://localhost.example.org/x", "use https"),
        ("ftp://example.org/x", "over https"),
        ("https:///x", "names no host"),
        ("https://a b/x", "names no host"),
        ("https://example.org:port/x", "no address"),
        ("https://[::1/x", "no address"),
        ("https://user@example.org/x", "holds a user"),
        ("https://example.org/x?y", "a query"),
        ("https://example.org/x#y", "a fragment"),
    ],
)
def test_an_address_that_carries_no_answers_is_named(source: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        origin(source)


@pytest.mark.parametrize("source", ["/srv/answers", "answers", "file:///srv/answers"])
def test_a_folder_is_a_source(source: str) -> None:
    assert isinstance(origin(source), FolderOrigin)


@pytest.mark.parametrize(
    "source", ["https://example.org", "http://127.0.0.1:80/x", "http://[::1]:80", "http://localhost"]
)
def test_an_address_is_a_source(source: str) -> None:
    assert isinstance(origin(source), HttpOrigin)
