"""Refusals as `application/problem+json` (RFC 9457): each kind with its status and a title that never changes."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from dimchat.errors import DimchatError
from dimchat.files.json_text import dumps
from dimchat.wording import api as words

CONTENT_TYPE: Final = "application/problem+json"
PREFIX: Final = "urn:dimchat:problem:"
"""Begins the type of each problem: a name, and no address."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One way in which a request can fail."""

    status: HTTPStatus
    title: str


KINDS: Final = {
    "not-json": Kind(HTTPStatus.BAD_REQUEST, words.NOT_JSON),
    "bad-request": Kind(HTTPStatus.BAD_REQUEST, words.BAD_REQUEST),
    "state-invalid": Kind(HTTPStatus.BAD_REQUEST, words.STATE_INVALID),
    "key-needed": Kind(HTTPStatus.UNAUTHORIZED, words.KEY_NEEDED),
    "origin-refused": Kind(HTTPStatus.FORBIDDEN, words.ORIGIN_REFUSED),
    "not-found": Kind(HTTPStatus.NOT_FOUND, words.NOT_FOUND),
    "no-such-answer": Kind(HTTPStatus.NOT_FOUND, words.NO_SUCH_ANSWER),
    "method": Kind(HTTPStatus.METHOD_NOT_ALLOWED, words.METHOD),
    "state-of-another-pack": Kind(HTTPStatus.CONFLICT, words.STATE_OF_ANOTHER_PACK),
    "state-expired": Kind(HTTPStatus.GONE, words.STATE_EXPIRED),
    "too-large": Kind(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, words.TOO_LARGE),
    "content-type": Kind(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, words.CONTENT_TYPE),
    "too-many": Kind(HTTPStatus.TOO_MANY_REQUESTS, words.TOO_MANY),
    "busy": Kind(HTTPStatus.SERVICE_UNAVAILABLE, words.BUSY),
}
"""All of them by name, in the order of their status."""


class RefusedError(DimchatError):
    """A request that gets no reply."""

    def __init__(self, name: str, detail: str = "", *, retry: float | None = None, **headers: str) -> None:
        """Describe it.

        Args:
            name: One of `KINDS`.
            detail: What is wrong with this request.
            retry: Seconds after which another try makes sense.
            headers: Of the answer; `_` stands for `-`.
        """
        super().__init__(name)
        self.name = name
        self.detail = detail
        self.headers = {key.replace("_", "-"): value for key, value in headers.items()}
        if retry is not None:
            self.headers["Retry-After"] = str(max(int(-(-retry // 1)), 1))

    @property
    def status(self) -> int:
        """Return the status of the answer."""
        return KINDS[self.name].status.value

    def body(self) -> bytes:
        """Return the document."""
        kind = KINDS[self.name]
        told = {"type": PREFIX + self.name, "title": kind.title, "status": kind.status.value}
        return dumps({**told, "detail": self.detail} if self.detail else told).encode()
