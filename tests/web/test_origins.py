from __future__ import annotations

import pytest

from dimchat.web.server_settings import allowed, own_names

NAMES = {"localhost", "stand"}


@pytest.mark.parametrize(
    ("origin", "host", "expected"),
    [
        ("http://localhost:8000", "localhost:8000", True),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", True),
        ("http://192.168.1.5:8000", "192.168.1.5:8000", True),
        ("http://[::1]:8000", "[::1]:8000", True),
        ("http://STAND", "stand", True),
        ("http://evil.example", "localhost:8000", False),
        ("http://localhost:9999", "localhost:8000", False),
        ("https://localhost:8000", "localhost:8000", False),
        ("http://evil.example:8000", "evil.example:8000", False),  # a stranger's name that leads here
        ("http://localhost.evil.example", "localhost.evil.example", False),
        ("null", "localhost:8000", False),
        ("", "localhost:8000", False),
        (None, "localhost:8000", False),
        ("http://localhost:8000", None, False),
        ("http://localhost:port", "localhost:port", False),
    ],
)
def test_without_a_public_address_only_this_machine_counts(
    origin: str | None,
    host: str | None,
    expected: bool,  # noqa: FBT001
) -> None:
    assert allowed(origin, host, public_url=None, names=NAMES) is expected


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("https://ask.example.org", True),
        ("https://ask.example.org:443", True),
        ("http://ask.example.org", False),
        ("https://example.org", False),
        ("http://localhost:8000", False),
        (None, False),
    ],
)
def test_with_a_public_address_no_other_counts(origin: str | None, expected: bool) -> None:  # noqa: FBT001
    public = "https://ask.example.org/dimchat"
    assert allowed(origin, "localhost:8000", public_url=public, names=NAMES) is expected


def test_this_machine_knows_its_names() -> None:
    assert "localhost" in own_names()
