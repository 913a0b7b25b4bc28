"""The API from outside, as other programs meet it: `dimchat serve --api` in a process of its own."""

from __future__ import annotations

import http.client
import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.conftest import memory_holds
from tests.web.in_chromium import MARK, Server, serving

from dimchat.cli import run
from dimchat.journal.address import url_of
from dimchat.journal.contents import latest
from dimchat.journal.store import Store
from dimchat.web.api.description import openapi

jsonschema: Any = pytest.importorskip("jsonschema")
pytestmark = pytest.mark.usefixtures("indexed")
KEY, OTHER = "0123456789abcdefghij", "another-key-of-somebody-else"
SITE = "https://site.example"
JSON = {"Content-Type": "application/json"}
MANY = ("--api-rate", "100000")
N_INPUTS = int(os.environ.get("DIMCHAT_RANDOM_INPUTS", "1000"))
"""How many random inputs the slow test sends; 10,000 take some ten minutes."""


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        return json.loads(self.body)

    @property
    def problem(self) -> str:
        assert self.headers["content-type"] == "application/problem+json"
        check("Problem").validate(self.data)
        assert self.data["status"] == self.status
        return str(self.data["type"]).rpartition(":")[2]


@dataclass
class Client:
    server: Server

    def send(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        place = urlsplit(self.server.url)
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            fields = {name.casefold(): value for name, value in answer.getheaders()}
            return Answer(answer.status, fields, answer.read())
        finally:
            connection.close()

    def ask(self, question: str, state: str | None = None, **headers: str) -> Answer:
        body = json.dumps({"question": question, **({"state": state} if state else {})}).encode()
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send("POST", "/api/ask", body, {**JSON, **sent})


@cache
def check(name: str) -> Any:
    schema = {**openapi(), "$ref": f"#/components/schemas/{name}"}
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Serve this machine, without keys."""
    with serving(tmp_path_factory.mktemp("here"), "--api", *MANY, "--origin", SITE) as server:
        yield Client(server)


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Serve who has a key, six times a minute."""
    home = tmp_path_factory.mktemp("keyed")
    keys = home / "keys"
    keys.write_text(f"library {KEY}\nother {OTHER}\n")
    keys.chmod(0o600)
    with serving(home, "--api", "--api-keys", str(keys), "--api-rate", "6", "--proxy", "127.0.0.1") as server:
        yield Client(server)


def test_a_conversation_from_question_to_follow_up(here: Client) -> None:
    first = here.ask("what is the CRA")
    check("Answered").validate(first.data)
    assert first.data["reply"]["intents"] == ["cra.overview"]
    assert here.ask("how often do I renew it", first.data["state"]).data["reply"]["intents"] == ["cra.renewal"]
    assert here.ask("how often do I renew it").data["reply"]["intents"] != ["cra.renewal"]
    exam = here.ask("exam").data
    assert exam["reply"]["kind"] == "clarify"
    second = here.ask("2", exam["state"]).data["reply"]
    assert second["intents"] == [exam["reply"]["options"][1]["intent"]]
    assert here.ask("how often do I renew it", first.data["state"]).status == 200, "a state can be gone on from twice"


def test_topics_answers_and_the_description(here: Client) -> None:
    topics = here.send("GET", "/api/topics").data
    check("Topics").validate(topics)
    question = topics["categories"][0]["questions"][0]
    answer = here.send("GET", f"/api/answers/{question['intent']}?reader=student")
    check("Answered").validate(answer.data)
    assert (answer.data["reply"]["question"], answer.data["reply"]["reader"]) == (question["title"], "student")
    assert answer.data["reply"]["intents"] == [question["intent"]]
    assert here.ask("why", answer.data["state"]).status == 200
    assert here.send("GET", "/api/openapi.json").data == openapi()


def test_another_language_is_chosen_or_heard(here: Client) -> None:
    assert here.send("GET", "/api/topics").data["languages"] == ["en", "es"]
    spanish = here.send("GET", "/api/topics?language=es").data
    check("Topics").validate(spanish)
    assert spanish["pack"]["language"] == "es"
    answer = here.send("GET", "/api/answers/cra.overview?language=es").data
    assert answer["reply"]["language"] == "es"
    title = next(
        question["title"]
        for category in spanish["categories"]
        for question in category["questions"]
        if question["intent"] == "cra.overview"
    )
    assert answer["reply"]["question"] == title
    heard = here.ask("cuánto gana un gerente de imagenología").data
    check("Answered").validate(heard)
    assert heard["reply"]["language"] == "es"
    assert here.send("GET", "/api/topics?language=tlh").problem == "bad-request"


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status", "problem"),
    [
        ("GET", "/api/ask", {}, b"", 405, "method"),
        ("DELETE", "/api/topics", {}, b"", 405, "method"),
        ("PUT", "/api/ask", JSON, b"{}", 405, "method"),
        ("GET", "/api/", {}, b"", 404, "not-found"),
        ("GET", "/api/nowhere", {}, b"", 404, "not-found"),
        ("GET", "/api/ask/more", {}, b"", 404, "not-found"),
        ("GET", "/api/answers/", {}, b"", 404, "not-found"),
        ("GET", "/api/answers/none", {}, b"", 404, "no-such-answer"),
        ("GET", "/api/answers/%00%ff/..", {}, b"", 404, "no-such-answer"),
        ("GET", "/api/answers/cra.overview?reader=nobody", {}, b"", 400, "bad-request"),
        ("POST", "/api/ask", {}, b"{}", 415, "content-type"),
        ("POST", "/api/ask", {"Content-Type": "text/plain"}, b"{}", 415, "content-type"),
        ("POST", "/api/ask", JSON, b"{", 400, "not-json"),
        ("POST", "/api/ask", JSON, b"{}", 400, "bad-request"),
        ("POST", "/api/ask", JSON, b" " * 16_385, 413, "too-large"),
        ("POST", "/api/ask", JSON, b'{"question": "x", "state": "y"}', 400, "state-invalid"),
        ("POST", "/api/ask", {**JSON, "Origin": "https://evil.example"}, b"{}", 403, "origin-refused"),
        ("POST", "/api/ask", {**JSON, "Origin": "null"}, b"{}", 403, "origin-refused"),
        ("GET", "/api/topics", {"Host": "evil.example"}, b"", 403, "origin-refused"),
        ("OPTIONS", "/api/ask", {"Origin": "https://evil.example"}, b"", 403, "origin-refused"),
    ],
)
def test_what_is_refused_says_so_as_a_problem(  # noqa: PLR0917 - a table's columns
    method: str, path: str, headers: dict[str, str], body: bytes, status: int, problem: str, here: Client
) -> None:
    answer = here.send(method, path, body, headers)
    assert (answer.status, answer.problem) == (status, problem)
    assert "access-control-allow-origin" not in answer.headers


def test_every_answer_carries_what_keeps_strangers_out(here: Client) -> None:
    for answer in (
        here.ask("what is the CRA"),
        here.send("GET", "/api/nowhere"),
        here.send("GET", "/api/openapi.json"),
    ):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["connection"] == "close"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "set-cookie" not in answer.headers


def test_a_named_site_may_ask_and_no_other(here: Client) -> None:
    ahead = here.send("OPTIONS", "/api/ask", None, {"Origin": SITE, "Access-Control-Request-Method": "POST"})
    assert ahead.status == 204
    assert ahead.headers["access-control-allow-origin"] == SITE
    assert ahead.headers["access-control-allow-headers"] == "authorization, content-type"
    assert "access-control-allow-credentials" not in ahead.headers
    answer = here.ask("what is the CRA", Origin=SITE)
    assert (answer.status, answer.headers["access-control-allow-origin"]) == (200, SITE)
    assert answer.headers["vary"] == "Origin"
    assert here.send("GET", "/api/nowhere", None, {"Origin": SITE}).headers["access-control-allow-origin"] == SITE
    plain = here.ask("what is the CRA")
    assert "access-control-allow-origin" not in plain.headers
    assert plain.headers["vary"] == "Origin"


def test_a_key_is_needed_and_each_has_its_own_rate(keyed: Client) -> None:
    for headers in ({}, {"Authorization": "Bearer"}, {"Authorization": f"Basic {KEY}"}):
        answer = keyed.send("GET", "/api/topics", None, headers)
        assert (answer.status, answer.problem) == (401, "key-needed")
        assert answer.headers["www-authenticate"] == "Bearer"
    mine = {"Authorization": f"Bearer {KEY}"}
    statuses = [keyed.send("GET", "/api/topics", None, mine).status for _ in range(7)]
    assert statuses == [200] * 6 + [429]
    answer = keyed.send("POST", "/api/ask", b"{}", {**JSON, **mine})
    assert answer.problem == "too-many"
    assert 1 <= int(answer.headers["retry-after"]) <= 10
    assert keyed.ask("what is the CRA", Authorization=f"bearer {OTHER}").status == 200
    assert keyed.send("GET", "/api/openapi.json").status == 200


def test_who_guesses_keys_has_to_wait_and_others_have_not(keyed: Client) -> None:
    guesser = {"Authorization": "Bearer guess", "X-Forwarded-For": "192.0.2.1"}
    statuses = [keyed.send("GET", "/api/topics", None, guesser).status for _ in range(11)]
    assert statuses == [401] * 10 + [429]
    guesser["X-Forwarded-For"] = "192.0.2.2"
    assert keyed.send("GET", "/api/topics", None, guesser).status == 401


def test_a_body_in_pieces_and_one_without_a_length(here: Client) -> None:
    def pieces(*each: bytes) -> Any:
        place = urlsplit(here.server.url)
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
        connection.request("POST", "/api/ask", iter(each), JSON, encode_chunked=True)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    assert pieces(b'{"question": ', b'"what is the CRA"}') == 200
    assert pieces(*[b" " * 4000] * 5) == 413


def children(pid: int) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(stat[1]) == pid:
                yield int(entry.name)
                yield from children(int(entry.name))


@pytest.mark.skipif(
    sys.platform != "linux" or not os.access(f"/proc/{os.getpid()}/mem", os.R_OK), reason="looks into processes"
)
def test_no_word_and_no_key_is_in_the_server_or_the_forker(keyed: Client) -> None:
    answer = keyed.ask(f"what is the CRA {MARK}", Authorization=f"Bearer {OTHER}")
    assert answer.status == 200
    (forker,) = [pid for pid in children(keyed.server.pid) if pid in set(parents(keyed.server.pid))]
    for pid in (keyed.server.pid, forker):
        assert not memory_holds(pid, f"{MARK}".encode()[:-1] + MARK[-1:].encode())


def parents(pid: int) -> Iterator[int]:
    """Return the direct children of a process."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
            yield int(entry.name)


def test_a_process_that_dies_is_replaced(here: Client) -> None:
    (forker,) = list(parents(here.server.pid))
    before = set(parents(forker))
    assert len(before) == 3
    for pid in before:
        os.kill(pid, 9)

    def asked() -> int:
        try:
            return here.ask("what is the CRA").status
        except (ConnectionError, http.client.HTTPException):
            return 0  # it was passed to a process that was just dying

    statuses = [asked()]
    while statuses[-1] != 200 and len(statuses) < 1000:
        statuses.append(asked())
    assert set(statuses) <= {0, 200, 503}
    assert statuses[-1] == 200
    assert set(parents(forker)).isdisjoint(before)
    (here.server.home / "errors").write_text("")


_TEXTS = st.text(max_size=60) | st.sampled_from(
    ["what is the CRA", "exam", "2", "and for sonographers?", "\x00", "more"]
)


def fuzz(here: Client, examples: int) -> None:
    states: list[str | None] = [None] * 3
    marks = [f"marzipan{number}quux" for number in range(3)]

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(
        st.one_of(
            st.tuples(st.just("json"), _TEXTS),
            st.tuples(st.just("body"), st.binary(max_size=300)),
            st.tuples(st.just("value"), st.recursive(st.none() | st.floats() | st.text(), st.lists)),
            st.tuples(st.just("path"), st.text(max_size=30)),
        ),
        st.sampled_from(["POST", "GET", "HEAD", "OPTIONS", "PATCH"]),
        st.integers(0, 2),
    )
    def tried(what: tuple[str, Any], method: str, who: int) -> None:
        kind, value = what
        if kind == "json":
            asked = {"question": f"{value} {marks[who]}", "state": states[who]}
            answer = here.send("POST", "/api/ask", json.dumps(asked).encode(), JSON)
            assert answer.status == 200
            check("Answered").validate(answer.data)
            states[who] = answer.data["state"]
            assert [mark for mark in marks if mark != marks[who] and mark.encode() in answer.body] == []
        elif kind == "path":
            path = "".join(f"%{byte:02x}" for byte in value.encode("utf-8", "surrogatepass"))
            answer = here.send(method, f"/api/answers/{path}")
        else:
            body = value if kind == "body" else json.dumps({"question": "x", "state": value}).encode()
            answer = here.send(method, "/api/ask", body, JSON)
        assert answer.status < 500
        if answer.status >= 400 and method != "HEAD":
            assert answer.problem

    tried()


def test_nothing_that_is_sent_is_a_fault_of_ours(here: Client) -> None:
    fuzz(here, 300)


@pytest.mark.slow
def test_many_more_things_that_are_sent_are_no_fault_of_ours(here: Client) -> None:
    fuzz(here, N_INPUTS)


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /api/topics\r\n\r\n",
        b"POST /api/ask HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        b"GET /api/\xff\xfe HTTP/1.1\r\n\r\n",
    ],
)
def test_what_is_no_http_is_answered_or_closed(sent: bytes, here: Client) -> None:
    place = urlsplit(here.server.url)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=60) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        assert b" 500 " not in connection.recv(1000)
    assert here.ask("what is the CRA").status == 200


Run = Callable[..., int]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--api-rate", "3"], "--api-rate belongs to --api"),
        (["--api-keys", "x"], "--api-keys belongs to --api"),
        (["--api", "--kiosk"], "--api goes with the page, not with --kiosk"),
        (["--origin", SITE, "--terminal"], "--origin goes with the page, not with --terminal"),
        (["--api", "--host", "0.0.0.0"], "--api-keys"),  # noqa: S104
        (["--api", "--api-keys", "no-such-file"], "cannot be read"),
        (["--origin", "*"], "is no origin of a site"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["serve", *options]) == 2
    assert said in capsys.readouterr().err


def test_a_question_is_kept_where_there_is_a_journal_and_hushed_after_a_safety_message(tmp_path: Path) -> None:
    url = url_of(tmp_path / "journal.db")
    with serving(tmp_path, "--api", "--journal", "full", "--journal-url", url) as server:
        client = Client(server)
        client.ask("how do I become an imaging manager zyxmarker@example.org")
        grave = client.ask("I want to kill myself").data
        assert grave["reply"]["kind"] == "safety"
        client.ask("what is the CRA", grave["state"])
        client.ask("what is the CIIP")
    with Store(url) as store:
        rows = latest(store, 10)
        assert {row["face"] for row in rows} == {"api"}
        assert sorted(row["text"] or "" for row in rows) == [
            "",
            "how do I become an imaging manager [e-mail]",
            "what is the CIIP",
        ]
    assert b"zyxmarker" not in (tmp_path / "journal.db").read_bytes()
