from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.errors import UsageError
from dimchat.release.origin import is_loopback
from dimchat.web.server_settings import Settings, origin_of, public_url


@pytest.mark.parametrize(
    ("text", "url", "origin"),
    [
        ("https://ask.example.org", "https://ask.example.org", "https://ask.example.org"),
        ("https://example.org/dimchat/", "https://example.org/dimchat", "https://example.org"),
        ("http://Example.ORG:8080", "http://Example.ORG:8080", "http://example.org:8080"),
        ("https://example.org:443/a", "https://example.org:443/a", "https://example.org"),
        ("http://[::1]:9000", "http://[::1]:9000", "http://[::1]:9000"),
    ],
)
def test_a_public_address_has_an_origin(text: str, url: str, origin: str) -> None:
    assert public_url(text) == url
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("ask.example.org", "neither http:// nor https://"),
        ("ftp://example.org", "neither http:// nor https://"),
        ("https:///path", "no host"),
        ("https://", "no host"),
        ("https://example.org:port", "port"),
        ("https://example.org:99999", "port"),
        ("https://example.org:0", "port"),
        ("https://me:secret@example.org", "user"),
        ("https://example.org/?a=b", "query"),
        ("https://example.org/#top", "fragment"),
        ("https://exam ple.org", "blanks"),
        ("https://example.org/\n", "blanks"),
        ("", "blanks"),
    ],
)
def test_a_bad_public_address_is_named_with_its_fault(text: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        public_url(text)


@given(st.text() | st.text().map("https://{}".format))
def test_any_text_is_an_address_or_a_usage_error(text: str) -> None:
    try:
        url = public_url(text)
    except UsageError:
        return
    assert origin_of(url) is not None
    assert not url.endswith("/")


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("0.0.0.0", False),  # noqa: S104 - nothing listens
        ("::", False),
        ("192.168.1.5", False),
        ("kiosk.example.org", False),
    ],
)
def test_loopback_is_told_from_the_world(host: str, loopback: bool) -> None:  # noqa: FBT001
    assert is_loopback(host) is loopback


@pytest.mark.parametrize(("idle", "at"), [(900.0, 840.0), (60.0, 30.0), (10.0, 5.0)])
def test_the_warning_comes_a_minute_before_or_at_half_time(idle: float, at: float) -> None:
    assert Settings(idle=idle).notice_at == at
