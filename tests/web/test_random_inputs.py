"""Whatever is sent to the page: no fault of ours, and no word of one visitor before another."""

from __future__ import annotations

import http.client
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.in_chromium import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("indexed")
VISITORS = 3
N_INPUTS = int(os.environ.get("DIMCHAT_RANDOM_INPUTS", "1000"))
"""How many random inputs the slow test sends; 10,000 take some ten minutes."""
NAMES = ("ask", "pick", "near", "find", "why", "more", "take", "rate", "size", "topics", "back", "", "nowhere", "ws")
FIELDS = ("text", "step", "key", "intent", "meant", "x")
KNOWN = ("what is the CRA", "exam", "2", "0", "and for sonographers?", "more", "1", "c1", "r1", "v1", "cra.exam", "yes")


@dataclass
class Visitor:
    """A browser that sends anything below the address of its visit."""

    server: Server
    path: str
    mark: str

    def send(self, method: str, name: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, str]:
        place = urlsplit(self.server.url)
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
        try:
            connection.request(method, self.path + name, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location") or "", answer.read().decode()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def visitors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Visitor]]:
    with serving(tmp_path_factory.mktemp("random")) as server:
        found = []
        for number in range(VISITORS):
            _, _, page = Visitor(server, "/", "").send("GET", "", b"", {})
            visit = re.search(r'data-visit="([^"]+)"', page)
            assert visit is not None
            found.append(Visitor(server, f"/{visit[1]}", f"marzipan{number}quux"))
        yield found


def tried(visitors: list[Visitor], examples: int) -> None:
    words = st.sampled_from(KNOWN) | st.text(max_size=40) | st.text(min_size=500, max_size=600)
    forms = st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=5), words, max_size=4)
    bodies = st.builds(lambda form: urlencode(form, errors="surrogatepass").encode(), forms) | st.binary(max_size=300)
    headers = st.dictionaries(
        st.sampled_from(["X-Part", "Origin", "Content-Type", "Accept-Language", "Upgrade", "Cookie", "Range"]),
        st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=20),
        max_size=2,
    )

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(
        st.integers(0, VISITORS - 1),
        st.sampled_from(["POST", "POST", "POST", "GET", "HEAD"]),
        st.sampled_from(NAMES),
        bodies,
        headers,
        words,
    )
    def one(  # noqa: PLR0917 - hypothesis passes them by place
        who: int, method: str, name: str, body: bytes, carried: dict[str, str], said: str
    ) -> None:
        visitor = visitors[who]
        marked = urlencode({"text": f"{visitor.mark} {said}"}, errors="surrogatepass").encode()
        for form, more in ((marked, {"X-Part": "1"}), (body, carried)):
            status, location, page = visitor.send(method, "ask" if form is marked else name, form, more)
            assert status < 500
            assert not location.endswith("over"), "the visit ended by a fault"
            assert [other.mark for other in visitors if other is not visitor and other.mark in page] == []

    one()
    for visitor in visitors:
        assert visitor.mark in visitor.send("GET", "", b"", {})[2], "each visit is still there"


def test_nothing_that_is_sent_to_a_visit_is_a_fault_of_ours(visitors: list[Visitor]) -> None:
    tried(visitors, 150)


@pytest.mark.slow
def test_many_more_things_that_are_sent_to_visits_are_no_fault_of_ours(visitors: list[Visitor]) -> None:
    tried(visitors, N_INPUTS // 2)  # each sends two
