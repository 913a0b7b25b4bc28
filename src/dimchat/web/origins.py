"""Which pages may open a conversation: only our own.

A browser lets any page open a websocket to any host, and tells us whose page it is in the header `Origin`. Comparing it
with the `Host` alone is not enough: a stranger's name can be pointed at this machine, and then both agree.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dimchat.web.settings import origin_of

if TYPE_CHECKING:
    from collections.abc import Collection


def allowed(origin: str | None, host: str | None, *, public_url: str | None, names: Collection[str]) -> bool:
    """Tell whether a page may open a conversation.

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
