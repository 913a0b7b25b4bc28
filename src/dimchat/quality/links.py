"""Whether the addresses of a pack's sources still lead somewhere: for an editor, on a machine that is connected.

Nothing at run time asks for an address. Each is asked for its head alone, and for itself where a server does not give
that; no page is read. One question at a time goes to a server, with a pause between two.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from dimchat import __version__
from dimchat.wording import quality as wording

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dimchat.model import Pack, Place

State = Literal["fine", "moved", "dead", "unsure", "unreachable", "local"]
BAD: frozenset[State] = frozenset({"moved", "dead", "unreachable"})
"""What an editor has to do something about; what is unsure is to be looked at by hand."""
_OK, _GONE, _PERMANENT, _REDIRECTS = range(200, 300), (404, 410), (301, 308), (301, 302, 303, 307, 308)
_FAILED = 400
_HOPS = 5
_PAUSE = 1.0
"""Seconds between two questions to a server."""
_SAFE = "/%:@!$&'()*+,;=~-._?"
_AGENT = f"dimchat-links/{__version__}"


class Link(NamedTuple):
    """An address, with the sources that have it."""

    url: str
    sources: tuple[str, ...]
    place: Place
    """Where the first of them stands."""


class Found(NamedTuple):
    """What became of an address."""

    link: Link
    state: State
    status: int | None = None
    """What the server said last."""
    to: str = ""
    """Where it leads now."""
    why: str = ""

    @property
    def line(self) -> str:
        """Return it as a person reads it."""
        said = " ".join(filter(None, (str(self.status or ""), self.why, f"-> {self.to}" if self.to else "")))
        place = f"{self.link.place.file}:{self.link.place.line}"
        return f"{place}: {self.state}: {self.link.url} ({', '.join(self.link.sources)}) {said}".rstrip()

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "url": self.link.url,
            "sources": list(self.link.sources),
            "place": str(self.link.place),
            "state": self.state,
            "status": self.status,
            "to": self.to or None,
            "why": self.why or None,
        }


def links_of(pack: Pack) -> list[Link]:
    """Return the addresses of a pack's sources, each once, in the order of their file."""
    found: dict[str, list[str]] = {}
    places: dict[str, Place] = {}
    for source in pack.sources:
        if source.url:
            found.setdefault(source.url, []).append(source.id)
            places.setdefault(source.url, source.place)
    return [Link(url, tuple(names), places[url]) for url, names in found.items()]


def checked(
    links: Sequence[Link],
    *,
    timeout: float,
    servers: int,
    local: bool = False,
    pause: Callable[[float], object] = time.sleep,
) -> list[Found]:
    """Ask for addresses, and return what became of each, in their order.

    Args:
        links: The addresses.
        timeout: Seconds that a server has to say something.
        servers: How many are asked at the same time.
        local: Whether addresses of this machine and its own network are asked too: who sends a pack
            must not choose that.
        pause: Waits so many seconds.
    """
    hosts: dict[str, list[Link]] = {}
    for link in links:
        hosts.setdefault(urlsplit(link.url).netloc.casefold(), []).append(link)

    def of_host(own: list[Link]) -> list[Found]:
        results: list[Found] = []
        for link in own:
            if results:
                pause(_PAUSE)
            results.append(_followed(link, timeout, local=local))
        return results

    with ThreadPoolExecutor(servers) as pool:
        by_url = {one.link.url: one for results in pool.map(of_host, hosts.values()) for one in results}
    return [by_url[link.url] for link in links]


def _followed(link: Link, timeout: float, *, local: bool) -> Found:
    """Go where an address leads, and say what is there."""
    start = url = settled = urldefrag(link.url)[0]
    for _ in range(_HOPS):
        elsewhere = url if url != start else ""
        try:
            if not local and _is_local(url):
                return Found(link, "local", to=elsewhere, why=wording.LINK_LOCAL)
            status, location = _asked(url, timeout)
        except (OSError, HTTPException, ValueError) as error:
            why = str(getattr(error, "strerror", None) or error or type(error).__name__)
            return Found(link, "unreachable", to=elsewhere, why=why)
        if status not in _REDIRECTS or not location:
            break
        moved = urldefrag(urljoin(url, location))[0]
        # What leads on for a while only has not moved, and nothing behind it has.
        if url == settled and status in _PERMANENT:
            settled = moved
        url = moved
    else:
        return Found(link, "dead", status, why=wording.LINK_CIRCLE.format(most=_HOPS))
    if status in _OK:
        return Found(link, "fine" if settled == start else "moved", status, settled if settled != start else elsewhere)
    return Found(link, "dead" if status in _GONE else "unsure", status, elsewhere)


def _asked(url: str, timeout: float) -> tuple[int, str | None]:
    """Return what a server says of an address, and where else it sends; GET where HEAD fails, as it does on many."""
    status, location = _request("HEAD", url, timeout)
    return _request("GET", url, timeout) if status >= _FAILED else (status, location)


def _request(method: str, url: str, timeout: float) -> tuple[int, str | None]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url} is no address of the web")
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname.encode("idna").decode("ascii"), parts.port, timeout=timeout)
    target = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    try:
        connection.request(method, target, headers={"User-Agent": _AGENT, "Accept": "*/*"})
        response = connection.getresponse()
        return response.status, response.getheader("Location")
    finally:
        connection.close()


def _is_local(url: str) -> bool:
    """Return whether an address is of this machine or its own network."""
    host = urlsplit(url).hostname or ""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return any(not ipaddress.ip_address(str(one[4][0]).partition("%")[0]).is_global for one in found)
