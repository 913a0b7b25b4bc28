"""The place that answers come from: a folder, or the same over HTTPS; what is read is bounded before it is read.

Files are named by us, from what was signed. A folder is read without following a link and without opening a device or
a pipe. Over HTTPS no redirect is followed, no compressed answer is taken (its size would say nothing), and an answer
that says it is too large is not read; plain HTTP is for this very machine alone.
"""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import urlsplit

from dimchat import __version__
from dimchat.errors import UsageError
from dimchat.files import disk
from dimchat.release.refusal import RefusedError
from dimchat.wording import release as words

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import Message

CHANNEL = "channel.signed"
SILENCE = 20.0
"""Seconds that a server may say nothing."""
LONGEST = 300.0
"""Seconds that one file may take."""
_CHUNK = 1 << 16
_PARTIAL, _UNCHANGED = 206, 304
_NOT_SATISFIABLE = 416


class Got(NamedTuple):
    """A small file, with what the server calls this state of it."""

    data: bytes
    tag: str


class Origin(Protocol):
    """Where a publisher's files are."""

    def read(self, name: str, most: int, tag: str = "") -> Got | None:
        """Return a small file; None where it is still the one with this tag.

        Raises:
            RefusedError: It cannot be had, or is too large.
        """

    def bring(self, name: str, size: int, target: Path) -> None:
        """Write a file of a known size to a target; what is there of it already is gone on with.

        Raises:
            RefusedError: It cannot be had, or is larger; what came of it stays for the next try.
            OSError: The target cannot be written.
        """


def manifest_name(version: int) -> str:
    """Return where the manifest of a version is."""
    return f"versions/{version}.signed"


def file_name(sha256: str) -> str:
    """Return where a file is that has this SHA-256."""
    return f"files/{sha256[:2]}/{sha256}"


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of a file.

    Raises:
        OSError: It cannot be read.
    """
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def origin(source: str) -> Origin:
    """Return the place that an address or a folder names.

    Raises:
        UsageError: It names none that answers may come from.
    """

    def bad(problem: str) -> UsageError:
        return UsageError(words.BAD_SOURCE.format(source=source, problem=problem))

    if "://" not in source:
        return FolderOrigin(Path(source).absolute())
    try:
        parts = urlsplit(source)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise bad(words.SOURCE_ADDRESS) from None
    if parts.scheme == "file" and not parts.netloc:
        return FolderOrigin(Path(parts.path))
    if parts.scheme not in ("http", "https"):
        raise bad(words.SOURCE_SCHEME)
    if not host or not source.isprintable() or " " in source:
        raise bad(words.SOURCE_HOST)
    if parts.username is not None or parts.query or parts.fragment:
        raise bad(words.SOURCE_EXTRAS)
    if parts.scheme == "http" and not is_loopback(host):
        raise bad(words.SOURCE_HTTP)
    return HttpOrigin(source.rstrip("/"), proxied=not is_loopback(host))


class FolderOrigin:
    """A folder on this machine, or one that is mounted."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it may come and go."""
        self._folder = folder

    def __str__(self) -> str:
        """Return the folder."""
        return str(self._folder)

    def read(self, name: str, most: int, tag: str = "") -> Got | None:
        """Return a small file; its tag is the SHA-256 of its bytes."""
        data = self._bytes(name, most)
        found = hashlib.sha256(data).hexdigest()
        return None if found == tag else Got(data, found)

    def bring(self, name: str, size: int, target: Path) -> None:
        """Write a file to a target."""
        disk.write(target, self._bytes(name, size), durable=False)

    def _bytes(self, name: str, most: int) -> bytes:
        path = self._folder / name
        if not disk.stays_in(path, self._folder) or path.is_symlink():
            raise RefusedError("file", words.OUTSIDE.format(what=path))
        try:
            data = disk.read(path, most)
        except OSError as error:
            raise RefusedError("unreachable", words.UNREACHABLE.format(what=path, why=disk.reason(error))) from None
        if data is None:
            raise RefusedError("too-large", words.TOO_LARGE.format(what=path, most=most))
        return data


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: its status comes back as an error."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Return nothing, so that nobody goes elsewhere."""


class HttpOrigin:
    """A folder behind a web server."""

    def __init__(self, address: str, *, proxied: bool) -> None:
        """Take the address without a slash at its end, and whether the environment's proxy is asked."""
        self._address = address
        handlers: list[urllib.request.BaseHandler] = [_Stay()]
        if not proxied:
            handlers.append(urllib.request.ProxyHandler({}))
        self._opener = urllib.request.build_opener(*handlers)

    def __str__(self) -> str:
        """Return the address."""
        return self._address

    def read(self, name: str, most: int, tag: str = "") -> Got | None:
        """Return a small file; its tag is the server's ETag."""
        answer = self._asked(name, {"If-None-Match": tag} if tag else {})
        if answer is None:
            return None
        with answer:
            self._check(name, answer.headers, most)
            parts: list[bytes] = []
            self._copy(name, answer, most, parts.append)
        return Got(b"".join(parts), answer.headers.get("ETag") or "")

    def bring(self, name: str, size: int, target: Path) -> None:
        """Write a file to a target, from where the last try broke off."""
        there = target.stat().st_size if target.exists() else 0
        if there >= size:
            there = 0
        answer = self._asked(name, {"Range": f"bytes={there}-"} if there else {})
        if answer is None:
            raise RefusedError("unreachable", self._why(name, words.STATUS.format(status=_UNCHANGED)))
        with answer:
            going_on = answer.status == _PARTIAL
            if going_on and not (answer.headers.get("Content-Range") or "").startswith(f"bytes {there}-"):
                target.unlink()
                raise RefusedError("unreachable", self._why(name, words.WRONG_PART))
            done = there if going_on else 0
            self._check(name, answer.headers, size - done)
            with target.open("ab" if going_on else "wb") as file:
                count = done + self._copy(name, answer, size - done, file.write)
        if count < size:
            raise RefusedError("unreachable", self._why(name, words.CUT_SHORT.format(count=count, size=size)))

    def _asked(self, name: str, headers: dict[str, str]) -> http.client.HTTPResponse | None:
        given = {"User-Agent": f"dimchat/{__version__}", "Accept-Encoding": "identity", **headers}
        request = urllib.request.Request(f"{self._address}/{name}", headers=given)  # noqa: S310 - looked at in `origin`
        try:
            answer = self._opener.open(request, timeout=SILENCE)
        except urllib.error.HTTPError as error:
            with error:
                if error.code == _UNCHANGED and "If-None-Match" in headers:
                    return None
                if error.code == _NOT_SATISFIABLE and "Range" in headers:
                    return self._asked(name, {})
            moved = error.code // 100 == _UNCHANGED // 100
            why = (words.MOVED if moved else words.STATUS).format(status=error.code)
            raise RefusedError("unreachable", self._why(name, why)) from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise RefusedError("unreachable", self._why(name, _told(error))) from None
        assert isinstance(answer, http.client.HTTPResponse)  # noqa: S101 - what http and https answer with
        return answer

    def _check(self, name: str, headers: Message, most: int) -> None:
        if headers.get("Content-Encoding", "identity").casefold() != "identity":
            raise RefusedError("too-large", self._why(name, words.PACKED))
        told = headers.get("Content-Length") or "0"
        if not told.isdecimal() or int(told) > most:
            raise RefusedError("too-large", words.TOO_LARGE.format(what=f"{self._address}/{name}", most=most))

    def _copy(self, name: str, answer: http.client.HTTPResponse, most: int, write: Callable[[bytes], object]) -> int:
        until, count = time.monotonic() + LONGEST, 0
        try:
            while chunk := answer.read1(_CHUNK):
                count += len(chunk)
                if count > most:
                    raise RefusedError("too-large", words.TOO_LARGE.format(what=f"{self._address}/{name}", most=most))
                write(chunk)
                if time.monotonic() > until:
                    raise RefusedError("unreachable", self._why(name, words.SLOW.format(seconds=LONGEST)))
        except (TimeoutError, http.client.HTTPException, ConnectionError) as error:
            raise RefusedError("unreachable", self._why(name, _told(error))) from None
        return count

    def _why(self, name: str, why: str) -> str:
        return words.UNREACHABLE.format(what=f"{self._address}/{name}", why=why)


def _told(error: Exception) -> str:
    """Return why there was no answer, in a few words."""
    reason = getattr(error, "reason", error)
    if isinstance(reason, OSError):
        return disk.reason(reason)
    return str(reason) or type(reason).__name__


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches a host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
