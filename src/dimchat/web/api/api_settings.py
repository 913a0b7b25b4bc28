"""What the operator chose for the API, checked, and fit to be handed to another process."""

from __future__ import annotations

import ipaddress
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dimchat.errors import UsageError
from dimchat.web.api.keys import read_keys
from dimchat.web.server_settings import origin_of
from dimchat.wording import api as words

if TYPE_CHECKING:
    from dimchat.web.addresses import Network

RATE = 60
ANSWERERS = 2
_ORIGIN = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]+)?")
"""One site: in a policy a star would stand for many, and a semicolon for another rule."""


@dataclass(frozen=True, slots=True)
class ApiSettings:
    """How to serve the API."""

    keys: Path | None = None
    """The file of the keys; None where whoever reaches it may ask."""
    state_key: Path | None = None
    """The file of the keys of states; None for one that lasts as long as the process."""
    rate: int = RATE
    """Requests a minute for each key; without keys, for each address."""
    answerers: int = ANSWERERS
    """Processes that answer."""
    origins: tuple[str, ...] = ()
    """Sites whose pages may ask."""
    proxies: tuple[Network, ...] = ()
    public_url: str | None = None

    def to_json(self) -> str:
        """Return the settings for `from_json`."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_json(cls, text: str) -> ApiSettings:
        """Return the settings that `to_json` wrote."""
        data: dict[str, Any] = json.loads(text)
        paths = {name: Path(data[name]) if data[name] else None for name in ("keys", "state_key")}
        lists = {"origins": tuple(data["origins"]), "proxies": tuple(map(ipaddress.ip_network, data["proxies"]))}
        return cls(**{**data, **paths, **lists})


def named_origin(text: str) -> str:
    """Return a site that an operator names, as browsers write it.

    Raises:
        UsageError: It is no origin.
    """
    given = text.casefold().removesuffix("/")
    origin = origin_of(given) if _ORIGIN.fullmatch(given) else None
    if origin is None:
        raise UsageError(words.BAD_ORIGIN.format(text=text))
    return origin


def ready_api(settings: ApiSettings, host: str) -> ApiSettings:
    """Return the settings whose files are as they must be, and which let nobody ask whom nobody named.

    Args:
        settings: What the operator chose.
        host: Where the server listens.

    Raises:
        UsageError: A file is not, or strangers reach the server and there are no keys.
    """
    from dimchat.release.origin import is_loopback  # noqa: PLC0415 - loads what fetches
    from dimchat.web.api.seal import read_state_keys  # noqa: PLC0415 - loads what encrypts

    if settings.keys is not None:
        read_keys(settings.keys)
    elif not is_loopback(host) or settings.public_url is not None or settings.proxies:
        raise UsageError(words.OPEN_NEEDS_KEYS)
    if settings.state_key is not None:
        read_state_keys(settings.state_key)
    return settings
