"""The settings of the server, checked, and the origins that may open a conversation: only our own."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dimchat.errors import UsageError
from dimchat.journal import Switch
from dimchat.wording import web as words

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from dimchat.kiosk.pack_watch import Stored
    from dimchat.release.follow_settings import Follow
    from dimchat.web.addresses import Network
    from dimchat.web.api.api_settings import ApiSettings

DEFAULT_PORTS = {"http": 80, "https": 443}
FONT_SIZES = range(8, 49)
"""Pixels that a character may be tall."""
ADDRESS = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Settings:
    """How to serve."""

    host: str = "localhost"
    port: int = 8000
    public_url: str | None = None
    """Where visitors find the page, when that is not host and port; without a slash at its end."""
    sessions: int = 20
    """How many conversations there may be at a time."""
    sessions_per_address: int = 10
    """How many of them there may be for each address of visitors."""
    proxies: tuple[Network, ...] = ()
    """Proxies that are believed when they say whose connection they hand on."""
    idle: float = 900.0
    """Seconds without a sign of the visitor after which a conversation ends; 0 for never."""
    notice: float = 60.0
    """Seconds that the visitor is warned before that."""
    grace: float = 3.0
    """Seconds that an ending process has before it is killed."""
    patience: float = 30.0
    """Seconds that a process has to get ready."""
    silence: float = 30.0
    """Seconds without a sign of life after which a process counts as stuck."""
    terminal: bool = False
    """Whether the browser shows the terminal in place of the page."""
    font_size: int = 16
    """Pixels of the terminal; a page's own `?fontsize=` beats it."""
    kiosk: bool = False
    kiosk_idle: float = 60.0
    """Seconds of silence before the kiosk warns by itself; `idle` is not for it."""
    panel_inches: float = 24.0
    """The diagonal of a stand's panel."""
    distance_cm: float = 60.0
    """How far from it people stand."""
    pack: Path | None = None
    """The folder of the pack; None for the bundled one."""
    stored: Stored | None = None
    """Of a stand: the pack that passed its check, which visitors get whatever the folder holds now."""
    api: ApiSettings | None = None
    """How to serve the API; None for none."""
    origins: tuple[str, ...] = ()
    """Sites that may show the page in a frame."""
    journal: Switch = field(default_factory=Switch)
    """Whether a journal is kept, and where; each visitor's process writes it, the server never does."""
    stand: str | None = None
    """What it is called in a fleet; None for a server alone, which leaves no sign of life."""
    follow: Follow | None = None
    """Where newer answers come from; None where the pack is read once."""

    @property
    def notice_at(self) -> float:
        """Return after how many idle seconds the visitor is warned: never before half the time is over."""
        return max(self.idle - self.notice, self.idle / 2)


def public_url(text: str) -> str:
    """Return an address under which visitors find the page, without a slash at its end.

    Raises:
        UsageError: It is no such address.
    """

    def bad(problem: str) -> UsageError:
        return UsageError(words.BAD_URL.format(url=text, problem=problem))

    if not ADDRESS.fullmatch(text):
        raise bad(words.BAD_URL_SIGNS)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise bad(words.BAD_URL_PORT) from None
    if parts.scheme not in DEFAULT_PORTS:
        raise bad(words.BAD_URL_SCHEME)
    if not parts.hostname:
        raise bad(words.BAD_URL_HOST)
    if port == 0:
        raise bad(words.BAD_URL_PORT)
    if parts.username is not None or parts.query or parts.fragment:
        raise bad(words.BAD_URL_EXTRAS)
    return text.rstrip("/")


def origin_of(url: str) -> str | None:
    """Return an address's origin as browsers write it: scheme, host, and the port unless it is the usual one.

    None where the text is no address of a web server.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not host:
        return None
    shown = f"[{host}]" if ":" in host else host
    usual = port is None or port == DEFAULT_PORTS[parts.scheme]
    return f"{parts.scheme}://{shown}" + ("" if usual else f":{port}")


def allowed(origin: str | None, host: str | None, *, public_url: str | None, names: Collection[str]) -> bool:
    """Return whether a page may open a conversation.

    Args:
        origin: The header `Origin`, as the browser sent it.
        host: The header `Host`.
        public_url: Where visitors find the page; when it is given, no other place counts.
        names: The names of this machine, in small letters.
    """
    asking = origin_of(origin) if origin else None
    if asking is None:
        return False
    if public_url is not None:
        return asking == origin_of(public_url)
    if host is None or asking != origin_of(f"http://{host}"):
        return False
    name = urlsplit(asking).hostname or ""
    return _is_address(name) or name in names


def own_names() -> frozenset[str]:
    """Return the names of this machine that need no asking of a name server."""
    name = socket.gethostname().casefold()
    return frozenset({"localhost", name, f"{name}.local"})


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
