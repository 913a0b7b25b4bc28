"""What a client asks, read without trust."""

from __future__ import annotations

import json
from email.message import Message
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from dimchat.files.text import did_you_mean, encodable
from dimchat.render.readers import named_reader
from dimchat.web.api.problems import RefusedError
from dimchat.wording import api as words

if TYPE_CHECKING:
    from dimchat.model import Pack

LARGEST = 16_384
"""Bytes of a body."""
STATE_MOST: Final = 2048
"""Characters of a state."""
STATE_LIFE: Final = 20 * 60
"""Seconds for which a state is good."""
LONGEST: Final = {"question": 2000, "state": STATE_MOST, "reader": 200}
"""Characters of each field."""


class Question(NamedTuple):
    """A question as it was asked."""

    text: str
    state: str | None = None
    reader: str | None = None
    """The id of the reader."""


def asked(content_type: str, body: bytes, pack: Pack) -> Question:
    """Return the question in a body.

    Args:
        content_type: The header that says what the body is.
        body: At most `LARGEST` bytes.
        pack: The answer set.

    Raises:
        RefusedError: It is none.
    """
    declared = Message()
    declared["Content-Type"] = content_type.encode("ascii", "replace").decode()
    if declared.get_content_type() != "application/json" or not content_type:
        raise RefusedError("content-type")
    data = _object(body)
    for name, value in data.items():
        if name not in LONGEST:
            raise RefusedError("bad-request", words.UNKNOWN_FIELD.format(name=name, meant=did_you_mean(name, LONGEST)))
        if value is None and name != "question":
            continue
        if not isinstance(value, str):
            raise RefusedError("bad-request", words.NOT_TEXT.format(name=name))
        if len(value) > LONGEST[name]:
            told = words.TOO_LONG.format(name=name, length=len(value), most=LONGEST[name])
            raise RefusedError("bad-request", told)
    if "question" not in data:
        raise RefusedError("bad-request", words.MISSING_FIELD.format(name="question"))
    text = encodable(data["question"])
    if not text.strip():
        raise RefusedError("bad-request", words.BLANK.format(name="question"))
    reader = data.get("reader")
    return Question(text, data.get("state") or None, reader_of(pack, reader) if reader else None)


def reader_of(pack: Pack, named: str) -> str:
    """Return the id of the reader that is named.

    Raises:
        RefusedError: The pack has none of that name.
    """
    found = named_reader(pack, named)
    if found is None:
        told = words.READER_UNKNOWN if pack.reader else words.NO_READERS
        raise RefusedError("bad-request", told.format(reader=encodable(named), readers=", ".join(pack.reader)))
    return found


def _object(body: bytes) -> dict[str, Any]:
    """Return the object that a body holds; JSON is UTF-8, and a name stands once in it."""
    try:
        data = json.loads(body.decode(), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise RefusedError("not-json") from None
    if not isinstance(data, dict):
        raise RefusedError("bad-request", words.NO_OBJECT)
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise RefusedError("bad-request", words.TWICE.format(name=name))
        found[name] = value
    return found
