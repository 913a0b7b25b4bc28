"""Who calls the API: by which key, from where, and from a page of which site; and whether they may."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dimchat.web import addresses, server_settings
from dimchat.web.api.keys import read_keys
from dimchat.web.api.problems import RefusedError
from dimchat.web.api.rates import Rates
from dimchat.wording import api as words

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp import web

    from dimchat.web.api.api_settings import ApiSettings

AT_ONCE = 20
"""Requests that one may send at once after a rest."""
WRONG_KEYS = 10
"""Keys that an address may try in a minute and have wrong."""
_BEARER: Final = "bearer "
_METHODS: Final = "GET, POST"
_HEADERS: Final = "authorization, content-type"
_KEPT: Final = "600"
"""Seconds for which a browser keeps that it may ask."""


@dataclass(frozen=True, slots=True)
class Caller:
    """One who sent a request."""

    address: str
    host: str | None = None
    origin: str | None = None
    sent: str | None = None
    """The key; None where there was none."""
    shared: dict[str, str] = field(default_factory=dict)
    """The headers that let a browser show the answer to a page of a named site."""

    @property
    def preflight(self) -> dict[str, str]:
        """Return what lets a browser ask at all."""
        if "Access-Control-Allow-Origin" not in self.shared:
            return {}
        return {
            "Access-Control-Allow-Methods": _METHODS,
            "Access-Control-Allow-Headers": _HEADERS,
            "Access-Control-Max-Age": _KEPT,
        }


class Callers:
    """Says who may ask, and how often."""

    def __init__(self, settings: ApiSettings, clock: Callable[[], float]) -> None:
        """Read the keys.

        Raises:
            UsageError: The file of the keys is not as it must be.
        """
        self._settings = settings
        self._keys = read_keys(settings.keys) if settings.keys is not None else None
        self._rates = Rates(settings.rate, max(min(AT_ONCE, settings.rate), 1), clock)
        self._wrong = Rates(WRONG_KEYS, WRONG_KEYS, clock)
        self._names = server_settings.own_names()

    def caller(self, request: web.BaseRequest) -> Caller:
        """Return who sent a request, as far as its head tells."""
        lines = {name: request.headers.getall(name, []) for name in addresses.HEADERS}
        address = addresses.visitor(request.remote, lines, self._settings.proxies)
        origin = request.headers.get("Origin")
        shared = {"Vary": "Origin"} if self._settings.origins else {}
        if origin in self._settings.origins:
            shared |= {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": "Retry-After"}
        authorization = request.headers.get("Authorization", "")
        bearer = authorization[: len(_BEARER)].casefold() == _BEARER
        sent = authorization[len(_BEARER) :].strip() if bearer else None
        return Caller(address, request.headers.get("Host"), origin, sent, shared)

    def admit_origin(self, caller: Caller) -> None:
        """Let pass what comes from no page, from our own, or from one of a named site.

        Raises:
            RefusedError: It comes from another page, or under a name that is not this machine's.
        """
        public_url = self._settings.public_url
        origin = caller.origin if caller.origin is not None else f"http://{caller.host}"
        if origin in self._settings.origins or (caller.origin is None and (self._keys or public_url)):
            return
        if not server_settings.allowed(origin, caller.host, public_url=public_url, names=self._names):
            raise RefusedError("origin-refused")

    def admit(self, caller: Caller) -> None:
        """Let pass who may ask, and has not asked too often.

        Raises:
            RefusedError: They may not, or they have.
        """
        counted = f"address {caller.address}"
        if self._keys is not None:
            wait = self._wrong.wait(counted)
            if wait:
                raise RefusedError("too-many", retry=wait)
            name = self._keys.name_of(caller.sent) if caller.sent is not None else None
            if name is None:
                if caller.sent is not None:
                    self._wrong.take(counted)
                raise RefusedError("key-needed", words.BEARER, WWW_Authenticate="Bearer")
            counted = f"key {name}"
        wait = self._rates.take(counted)
        if wait:
            raise RefusedError("too-many", retry=wait)
