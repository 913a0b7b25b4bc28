"""The staff's PIN: kept hashed, readable by its owner only, slow to guess."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dimchat.errors import DimchatError
from dimchat.files import disk
from dimchat.wording import kiosk as words

if TYPE_CHECKING:
    from collections.abc import Callable

FORM = re.compile(r"[0-9]{4,12}")
ROW = "01234567890123456789"
COST = {"n": 2**14, "r": 8, "p": 1}
FREE = 3
"""Wrong attempts that cost no waiting."""
FIRST_WAIT, LONGEST_WAIT = 30.0, 3600.0
"""Seconds; each further wrong attempt doubles them."""
_ROOM = 64
"""Bytes of the file of attempts: always as many, so that a full disk takes no part in it."""


class PinError(DimchatError):
    """The PIN, or the file it is kept in, cannot be used; the message says why."""


class PinSlowedError(PinError):
    """Too many attempts were wrong."""

    def __init__(self, wait: float) -> None:
        """Take the seconds until the next attempt."""
        self.wait = wait
        super().__init__(words.PIN_WAIT.format(wait=lasting(wait)))


def state_folder() -> Path:
    """Return the folder of what a stand keeps over a restart, the usual place of this user."""
    from platformdirs import user_state_path  # noqa: PLC0415 - a visitor's process does without

    return user_state_path("dimchat", appauthor=False) / "kiosk"


def pin_file(named: str | None = None) -> Path:
    """Return where the PIN is kept: a named file, or the usual place of this user."""
    return Path(named) if named else state_folder() / "pin.json"


def lasting(seconds: float) -> str:
    """Return a time to wait as people say it."""
    whole = max(round(seconds), 1)
    return f"{whole} s" if whole < 2 * 60 else f"{-(-whole // 60)} min"


class PinStore:
    """Sets the PIN, and tells right from wrong."""

    def __init__(self, file: Path, clock: Callable[[], float] = time.time) -> None:
        """Take the file, and the clock of the wall, which a restart does not set back."""
        self.file = file
        self._attempts = file.with_suffix(".attempts")
        self._clock = clock

    @property
    def is_set(self) -> bool:
        """Return whether there is a PIN; one that this user may not even see is there."""
        try:
            self.file.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            return True
        return True

    def set(self, pin: str) -> None:
        """Keep a new PIN, and forget the wrong attempts.

        Raises:
            PinError: It has not the form of a PIN, is too easy, or cannot be written.
        """
        if not FORM.fullmatch(pin):
            raise PinError(words.SET_PIN_FORM)
        if len(set(pin)) == 1 or pin in ROW or pin[::-1] in ROW:
            raise PinError(words.SET_PIN_EASY)
        salt = secrets.token_bytes(16)
        record = {"scheme": "scrypt", **COST, "salt": salt.hex(), "hash": _hash(pin, salt, COST).hex()}
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            disk.write(self._attempts, _attempts(0, 0.0), mode=disk.PRIVATE)
            disk.write(self.file, json.dumps(record).encode(), mode=disk.PRIVATE)
        except OSError as error:
            raise PinError(f"{self.file} cannot be written: {error.strerror}") from error

    def unlock(self) -> tuple[int, float]:
        """Forget the wrong attempts; return how many there were, and the seconds until the next one was possible.

        Raises:
            PinError: There is no PIN, nothing to forget, or the file of attempts cannot be written.
        """
        if not self.is_set:
            raise PinError(words.UNLOCK_NO_PIN.format(file=self.file))
        (failures, _), wait = self._failures(), self.wait()
        if not failures:
            raise PinError(words.UNLOCK_NOTHING)
        try:
            owner = self.file.stat()
            self._write(_attempts(0, 0.0))
            with suppress(AttributeError, PermissionError):  # a file that root made anew is the stand's all the same
                os.chown(self._attempts, owner.st_uid, owner.st_gid, follow_symlinks=False)
        except OSError as error:
            raise PinError(words.UNLOCK_CANNOT.format(file=self._attempts, reason=error.strerror)) from error
        return failures, wait

    def inspect(self) -> None:
        """Look whether the file can be used.

        Raises:
            PinError: It cannot.
        """
        self._record()

    def wait(self) -> float:
        """Return the seconds until the next attempt is possible."""
        failures, last = self._failures()
        delay = 0.0 if failures < FREE else min(FIRST_WAIT * 2.0 ** min(failures - FREE, 20), LONGEST_WAIT)
        # A clock that was set back must not lock the staff out for longer than the delay.
        return max(min(last + delay - self._clock(), delay), 0.0)

    def check(self, pin: str) -> bool:
        """Return whether this is the PIN; the attempt is written down first, so that pulling the plug gains nothing.

        Raises:
            PinSlowedError: It is too early for another attempt.
            PinError: The files cannot be used.
        """
        record = self._record()
        wait = self.wait()
        if wait > 0:
            raise PinSlowedError(wait)
        failures, _ = self._failures()
        self._note(failures + 1)
        try:
            right = hmac.compare_digest(
                _hash(pin, bytes.fromhex(record["salt"]), record), bytes.fromhex(record["hash"])
            )
        except (ValueError, KeyError, TypeError) as error:
            raise PinError(words.PIN_UNREADABLE) from error
        if right:
            self._note(0)
        return right

    def _record(self) -> dict[str, Any]:
        try:
            mode = self.file.stat().st_mode
            record = json.loads(self.file.read_bytes())
        except (OSError, ValueError) as error:
            raise PinError(words.PIN_UNREADABLE) from error
        if stat.S_IMODE(mode) & 0o077 or not isinstance(record, dict):
            raise PinError(words.PIN_UNREADABLE)
        return record

    def _failures(self) -> tuple[int, float]:
        try:
            failures, last = self._attempts.read_bytes().split()
            return int(failures), float(last)
        except (OSError, ValueError):
            return FREE, self._clock()  # somebody took the file away: that gains nothing either

    def _note(self, failures: int) -> None:
        data = _attempts(failures, self._clock() if failures else 0.0)
        try:
            self._write(data)
        except OSError as error:
            raise PinError(words.PIN_UNREADABLE) from error

    def _write(self, data: bytes) -> None:
        """Write over the attempts, in the file that is there: a full disk takes no part in it, and its owner stays."""
        fd = os.open(self._attempts, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), disk.PRIVATE)
        try:
            os.write(fd, data)
            os.ftruncate(fd, len(data))
            os.fsync(fd)
        finally:
            os.close(fd)


def _attempts(failures: int, last: float) -> bytes:
    return f"{failures} {last:.0f}".ljust(_ROOM - 1).encode() + b"\n"


def _hash(pin: str, salt: bytes, cost: dict[str, Any]) -> bytes:
    n, r, p = (min(int(cost[name]), 2**16) for name in ("n", "r", "p"))
    return hashlib.scrypt(pin.encode(), salt=salt, n=n, r=r, p=p, maxmem=2**26)
