"""The last conversation on disk, for those who switched saving on: what was said, never what was replied.

A resumed conversation is asked anew, so its replies are always those of the present pack.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from platformdirs import user_data_path

from dimchat.errors import DimchatError
from dimchat.files import disk
from dimchat.files.json_text import dumps, loads
from dimchat.model import Context
from dimchat.wording import ENGLISH, catalogue_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dimchat.apps.base.session import Session
    from dimchat.model import Pack
    from dimchat.tables import Slots


WORDS = catalogue_of(ENGLISH)
"""What is said on the command line, where no pack has a language yet."""
SCHEMA = "dimchat.saved/1"
MOST = 64 * 1024 * 1024
"""Bytes of a file: far more than a conversation takes."""
HIDDEN = 0o700
NUMBERS = frozenset({"turn", "age", "failures", "slots_turn"})
NAMES = frozenset({"language", "topic", "aspect", "pending", "reader", "notice"})


class SavedError(DimchatError):
    """The saved conversation cannot be read or written; the message says why, to a person."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message as it was said, and what it leant on."""

    said: str
    asked: str
    context: Context


@dataclass(frozen=True, slots=True)
class Saved:
    """A conversation as it stands on disk."""

    turns: tuple[Said, ...]
    context: Context
    """What the next message leans on."""
    digest: str
    """Of the pack that replied."""
    age: float = 0.0
    """Seconds since the last message."""


def saved_file() -> Path:
    """Return where the last conversation stands on this platform."""
    return user_data_path("dimchat") / "conversation.json"


def to_json(session: Session) -> str:
    """Return a conversation as it goes to disk."""
    pack = session.pack
    data = {
        "schema": SCHEMA,
        "pack": {"name": pack.name, "digest": pack.digest},
        "turns": [
            {"said": turn.said, "asked": turn.asked, "context": turn.context._asdict()} for turn in session.turns
        ],
        "context": session.context._asdict(),
    }
    return dumps(data) + "\n"


def read_saved(path: Path, pack: Pack, now: Callable[[], float] = time.time) -> Saved:
    """Return the saved conversation.

    Args:
        path: The file.
        pack: The pack that is to answer; what the conversation leant on and the pack no longer has is left out.
        now: Seconds since the epoch.

    Raises:
        SavedError: there is none, it is damaged, or it was held with another pack.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST + 1)
            age = max(now() - os.fstat(file.fileno()).st_mtime, 0.0)
    except FileNotFoundError:
        raise SavedError(WORDS("chat.saved_none", file=path)) from None
    except OSError as error:
        raise SavedError(WORDS("chat.saved_unreadable", file=path, reason=error.strerror)) from None
    try:
        return _saved(loads(data), pack, age)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise SavedError(WORDS("chat.saved_damaged", file=path)) from None
    except OtherPackError as error:
        raise SavedError(WORDS("chat.saved_other_pack", file=path, name=error, present=pack.name)) from None


class OtherPackError(Exception):
    """The conversation was held with the pack of this name."""


def _saved(data: Any, pack: Pack, age: float) -> Saved:  # noqa: ANN401 - whatever the file holds
    if data["schema"] != SCHEMA:
        raise ValueError
    if data["pack"]["name"] != pack.name:
        raise OtherPackError(_text(data["pack"]["name"]))
    turns = tuple(
        Said(_text(turn["said"]), _text(turn["asked"]), _context(turn["context"], pack)) for turn in data["turns"]
    )
    return Saved(turns, _context(data["context"], pack), _text(data["pack"]["digest"]), age)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _context(data: dict[str, object], pack: Pack) -> Context:
    """Return a context of which every value is of its kind, without what the pack does not have."""
    if set(data) - set(Context._fields):
        raise ValueError
    values: dict[str, Any] = {name: _part(name, value, pack) for name, value in data.items()}
    if values.get("topic") not in pack.topic:
        values["topic"] = None
    if values.get("aspect") not in pack.aspect:
        values["aspect"] = None
    if values.get("reader") not in pack.reader:
        values["reader"] = None
    if values.get("language") not in pack.also_in:
        values["language"] = None
    stand_for = values.get("option_slots", ())
    if () in stand_for or len(stand_for) not in (0, len(values.get("options", ()))):
        values |= {"options": (), "option_slots": ()}
    return Context(**values)


def _part(name: str, value: object, pack: Pack) -> Any:  # noqa: ANN401 - each field of a context has its own kind
    if name in NUMBERS:
        if type(value) is not int or value < 0:
            raise TypeError
        return value
    if name in NAMES:
        return None if value is None else _text(value)
    if name in ("slots", "home"):
        return _slots(value, pack)
    if name == "option_slots":
        return tuple(_slots(each, pack) for each in _list(value))
    knowns = (pack.intent, pack.topic, pack.aspect)
    return tuple(each for each in map(_text, _list(value)) if any(each in known for known in knowns))


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _slots(value: object, pack: Pack) -> Slots:
    """Return what is meant of each slot, without what the pack does not have."""
    found = []
    for pair in _list(value):
        name, own = _list(pair)
        slot = pack.slot.get(_text(name))
        known = {one.id for one in slot.values} if slot else set()
        held = tuple(each for each in map(_text, _list(own)) if each in known)
        if held:
            found.append((_text(name), held))
    return tuple(found)


class Keeper:
    """Keeps the newest state of one conversation on disk, readable by its owner only."""

    def __init__(self, path: Path) -> None:
        """Take the file to write; nothing is written before the first message."""
        self.path = path
        self._newest: str | None = None
        self._lock = Lock()

    def take(self, session: Session) -> None:
        """Remember the conversation as it is now, for the next writing; an empty one means no file."""
        self._newest = to_json(session) if session.turns else ""

    def write(self) -> None:
        """Write what was remembered last, if it is not on disk yet; may be called from any thread.

        Raises:
            SavedError: it cannot be written; what was on disk before is still there.
        """
        with self._lock:
            newest, self._newest = self._newest, None
            if newest is None:
                return
            try:
                if newest:
                    self._replace(newest)
                else:
                    self.path.unlink(missing_ok=True)
            except OSError as error:
                reason = error.strerror or error
                raise SavedError(WORDS("chat.cannot_write", file=self.path, reason=reason)) from None

    def _replace(self, text: str) -> None:
        self.path.parent.mkdir(mode=HIDDEN, parents=True, exist_ok=True)
        disk.write(self.path, text.encode(), mode=disk.PRIVATE, durable=False)
