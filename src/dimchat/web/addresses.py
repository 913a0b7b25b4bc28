"""Whose place a conversation takes: the address of the visitor, also where a proxy stands in front.

A header that names the visitor is believed only where the proxy that sends it was named by the operator: anybody else
could write any address into it. It is read strictly and from its end, since a proxy adds to what the visitor sent: a
reader that mends what is ill-formed can be led to an address that the visitor made up. aiohttp's own
`request.forwarded` is such a reader.
"""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from typing import TYPE_CHECKING

from dimchat.errors import UsageError
from dimchat.wording import web as words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

FORWARDED = "Forwarded"
FORWARDED_FOR = "X-Forwarded-For"
HEADERS = frozenset({FORWARDED, FORWARDED_FOR})
SITE = 64
"""Bits of an IPv6 address that a provider gives one household; the rest of them changes as somebody likes."""
LONGEST = 4096
"""Characters of a header that are read."""

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 - the word of RFC 9110
_PAIR = re.compile(rf'[ \t]*({_TOKEN})=(?:({_TOKEN})|"((?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\[\t\x20-\x7e])*)")[ \t]*')
_BLANK = re.compile(r"[ \t]*")
_PORT = re.compile(r":(?:[0-9]{1,5}|_[A-Za-z0-9._-]+)")


def proxy(text: str) -> Network:
    """Return the proxies that an operator names.

    Args:
        text: An address, or several as `10.0.0.0/8`.

    Raises:
        UsageError: It is neither.
    """
    try:
        return ipaddress.ip_network(text.strip("[]"))
    except ValueError:
        raise UsageError(words.BAD_PROXY.format(text=text, example=_meant(text))) from None


def visitor(peer: str | None, headers: Mapping[str, Sequence[str]], proxies: Sequence[Network]) -> str:
    """Return what a visitor's conversations are counted by: an IPv4 address, or the first half of an IPv6 address.

    Where a proxy names nobody, or what it sends makes no sense, it counts as the visitor itself.

    Args:
        peer: The address at the other end of the connection.
        headers: The lines of `Forwarded` and `X-Forwarded-For`, in the order in which they came.
        proxies: Whose headers are believed.
    """
    address = read(peer or "")
    if address is None:
        return ""
    hops = _hops(headers) if _is_one(address, proxies) else []
    for hop in reversed(hops):
        if hop is None:
            break
        address = hop
        if not _is_one(address, proxies):
            break
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((int(address), SITE), strict=False))
    return str(address)


def read(text: str) -> Address | None:
    """Return the address that a text names, None where it names none; IPv4 that is written as IPv6 is IPv4."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None) or address


def _meant(text: str) -> str:
    """Return what was probably meant: the network that an address with too many bits lies in, or an example."""
    try:
        return str(ipaddress.ip_network(text.strip("[]"), strict=False))
    except ValueError:
        return "10.0.0.0/8"


def _is_one(address: Address, proxies: Sequence[Network]) -> bool:
    return any(address in network for network in proxies)


def _hops(headers: Mapping[str, Sequence[str]]) -> list[Address | None]:
    """Return who asked whom, the visitor first; None where that is hidden, and nothing where it cannot be told.

    A proxy writes one of the two headers and hands the other on as the visitor sent it: where they differ, neither is
    believed.
    """
    both = [
        read_lines(",".join(headers[name]))
        for name, read_lines in ((FORWARDED, forwarded), (FORWARDED_FOR, forwarded_for))
        if headers.get(name)
    ]
    return both[0] if both and all(each == both[0] for each in both) else []


def forwarded(text: str) -> list[Address | None]:
    """Return the addresses that a header `Forwarded` names (RFC 7239), None for a hidden one; [] if ill-formed."""
    try:
        return [_node(element.get("for", "")) for element in _elements(text)]
    except ValueError:
        return []


def forwarded_for(text: str) -> list[Address | None]:
    """Return the addresses that a header `X-Forwarded-For` names, None for what is none; [] if it is too long."""
    return [_node(part.strip()) for part in text.split(",")] if len(text) <= LONGEST else []


def _elements(text: str) -> Iterator[dict[str, str]]:
    """Yield the parameters that each proxy wrote.

    Raises:
        ValueError: The text is ill-formed somewhere.
    """
    if len(text) > LONGEST:
        raise ValueError(text)
    element: dict[str, str] = {}
    at = -1
    while at < len(text):
        found = _PAIR.match(text, at + 1)
        if found is not None:
            name, token, quoted = found.groups()
            if name.casefold() in element:
                raise ValueError(text)
            element[name.casefold()] = token if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
        at = (found or _BLANK.match(text, at + 1)).end()  # type: ignore[union-attr] # blanks may be none at all
        if text[at : at + 1] not in ("", ",", ";"):
            raise ValueError(text)
        if element and text[at : at + 1] != ";":  # RFC 9110 wants empty members of a list to be passed over
            yield element
            element = {}


def _node(text: str) -> Address | None:
    """Return the address in `192.0.2.1`, `192.0.2.1:80`, `[2001:db8::1]:80`; None for `unknown` and `_name`."""
    if text.startswith("["):
        inner, _, port = text[1:].partition("]")
        return read(inner) if not port or _PORT.fullmatch(port) else None
    name, colon, port = text.partition(":")
    if colon and _PORT.fullmatch(colon + port) and "." in name:
        return read(name)
    return read(text)


class Places:
    """DayCounts places; an address is known for as long as a conversation of it lasts."""

    def __init__(self, most: int, most_each: int) -> None:
        """Take how many there may be at a time, in all and for each address."""
        self._most = most
        self._most_each = most_each
        self._taken: Counter[str] = Counter()

    @property
    def taken(self) -> int:
        """Return how many places are taken."""
        return self._taken.total()

    @property
    def full(self) -> bool:
        """Return whether every place is taken."""
        return self.taken >= self._most

    def full_for(self, address: str) -> bool:
        """Return whether an address has as many places as it may have."""
        return self._taken[address] >= self._most_each

    def take(self, address: str) -> None:
        """Take a place for an address."""
        self._taken[address] += 1

    def leave(self, address: str) -> None:
        """Give the place back."""
        self._taken[address] -= 1
        self._taken += Counter()  # forgets an address that has none
