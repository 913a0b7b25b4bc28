"""Whose place a conversation takes, and whom the server believes about that."""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.errors import UsageError
from dimchat.web import addresses
from dimchat.web.addresses import proxy, visitor

if TYPE_CHECKING:
    import ipaddress

PROXIES = (proxy("127.0.0.1"), proxy("10.0.0.0/8"), proxy("fd00::/8"))
VISITOR = "203.0.113.7"


def counted(peer: str, forwarded: str | None = None, forwarded_for: str | None = None) -> str:
    lines = {"Forwarded": forwarded, "X-Forwarded-For": forwarded_for}
    return visitor(peer, {name: line.split("\n") for name, line in lines.items() if line is not None}, PROXIES)


@pytest.mark.parametrize(
    ("peer", "expected"),
    [
        (VISITOR, VISITOR),
        (f"::ffff:{VISITOR}", VISITOR),
        ("::ffff:cb00:7107", VISITOR),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_a_visitor_is_counted_by_an_address_that_cannot_be_changed_at_will(peer: str, expected: str) -> None:
    assert counted(peer) == expected


@pytest.mark.parametrize("peer", [VISITOR, "192.0.2.9", "2001:db8::1", "11.0.0.1", "127.0.0.2"])
def test_nobody_but_a_named_proxy_is_believed(peer: str) -> None:
    assert counted(peer, "for=198.51.100.1", "198.51.100.1") == counted(peer)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("for=203.0.113.7", VISITOR),
        ("For=203.0.113.7;proto=https;by=10.0.0.1", VISITOR),
        ("proto=https ; for=203.0.113.7", VISITOR),
        ('for="203.0.113.7:4711"', VISITOR),
        ('for="203.0.113.7:_port"', VISITOR),
        ('for="\\203.0.113.7"', VISITOR),
        ('for="[2001:db8:1:2::7]"', "2001:db8:1:2::/64"),
        ('for="[2001:db8:1:2::7]:4711"', "2001:db8:1:2::/64"),
        ('for="[::ffff:203.0.113.7]"', VISITOR),
        ("for=198.51.100.1, for=203.0.113.7", VISITOR),
        ("for=198.51.100.1\nfor=203.0.113.7", VISITOR),
        ("for=203.0.113.7, for=10.1.2.3", VISITOR),
        ("for=203.0.113.7, for=10.1.2.3, for=10.9.9.9;proto=http", VISITOR),
        ("for=_hidden, for=203.0.113.7", VISITOR),
        ("nonsense=1, for=203.0.113.7", VISITOR),
        ("for=203.0.113.7,", VISITOR),
        (",, for=203.0.113.7;", VISITOR),
        # nobody is named: the proxy nearest to the visitor counts
        ("for=unknown", "127.0.0.1"),
        ("for=_hidden", "127.0.0.1"),
        ("for=203.0.113.7, for=_hidden", "127.0.0.1"),
        ("for=203.0.113.7, for=unknown, for=10.1.2.3", "10.1.2.3"),
        ("for=10.1.2.3", "10.1.2.3"),
        ("proto=https", "127.0.0.1"),
        ("", "127.0.0.1"),
        # ill-formed
        ('for="203.0.113.7', "127.0.0.1"),
        ("for = 203.0.113.7", "127.0.0.1"),
        ("for=203.0.113.7;for=198.51.100.1", "127.0.0.1"),
        ("203.0.113.7", "127.0.0.1"),
        ("for=2001:db8::7", "127.0.0.1"),
        ("for=203.0.113.777", "127.0.0.1"),
        (f"x={'y' * addresses.LONGEST}, for=203.0.113.7", "127.0.0.1"),
    ],
)
def test_the_last_that_no_named_proxy_is_counts_in_forwarded(header: str, expected: str) -> None:
    assert counted("127.0.0.1", forwarded=header) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("203.0.113.7", VISITOR),
        ("198.51.100.1, 203.0.113.7", VISITOR),
        ("198.51.100.1\n203.0.113.7", VISITOR),
        ("198.51.100.1,203.0.113.7, 10.0.0.3", VISITOR),
        ("203.0.113.7:4711", VISITOR),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::7]:4711", "2001:db8:1:2::/64"),
        ("203.0.113.7, fd00::1", VISITOR),
        ("203.0.113.7, unknown", "127.0.0.1"),
        ("203.0.113.7, ", "127.0.0.1"),
        ("", "127.0.0.1"),
    ],
)
def test_so_it_does_in_x_forwarded_for(header: str, expected: str) -> None:
    assert counted("127.0.0.1", forwarded_for=header) == expected


def test_of_two_headers_that_differ_neither_is_believed() -> None:
    assert counted("10.0.0.1", "for=203.0.113.7", "203.0.113.7") == VISITOR
    assert counted("10.0.0.1", "for=198.51.100.1", "203.0.113.7") == "10.0.0.1"
    assert counted("10.0.0.1", "for=203.0.113.7;", "203.0.113.7, 198.51.100.1") == "10.0.0.1"


SENT = st.text(st.sampled_from('for=;,"\\ 1.[]:a_') | st.characters(codec="latin-1"), max_size=60)


@given(SENT)
def test_whatever_a_visitor_sends_before_it_changes_nothing_of_what_the_proxy_says(sent: str) -> None:
    for own, expected in (('for="[2001:db8:1:2::7]"', "2001:db8:1:2::/64"), ("for=203.0.113.7;proto=http", VISITOR)):
        assert counted("127.0.0.1", forwarded=f"{sent}, {own}".replace("\n", " ")) in {expected, "127.0.0.1"}
    assert counted("127.0.0.1", forwarded_for=f"{sent}, 203.0.113.7".replace("\n", " ")) in {VISITOR, "127.0.0.1"}


@given(st.lists(st.tuples(st.ip_addresses(), st.booleans()), max_size=5))
def test_what_is_well_formed_is_read(hops: list[tuple[ipaddress.IPv4Address | ipaddress.IPv6Address, bool]]) -> None:
    def element(address: ipaddress.IPv4Address | ipaddress.IPv6Address, port: bool) -> str:  # noqa: FBT001
        node = f"[{address}]" if address.version == 6 else str(address)
        return f'for="{node}:80";proto=https' if port else f'FOR="{node}"'

    read = addresses.forwarded(", ".join(starmap(element, hops)))
    assert read == [addresses.read(str(address)) for address, _ in hops]


@pytest.mark.parametrize(
    ("text", "meant"),
    [("nginx", "10.0.0.0/8"), ("10.0.0.1/8", "10.0.0.0/8"), ("2001:db8::1/32", "2001:db8::/32"), ("10.0.0.0/40", "10")],
)
def test_a_proxy_that_is_none_is_refused(text: str, meant: str) -> None:
    with pytest.raises(UsageError, match=f"{text}.*{meant}"):
        proxy(text)
    assert str(proxy("[2001:db8::1]")) == "2001:db8::1/128"
