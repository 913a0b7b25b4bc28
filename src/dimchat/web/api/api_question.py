"""What a client asks, read without trust."""

from __future__ import annotations

import json
from email.message import Message
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from dimchat.files.text import did_you_mean, encodable
from dimchat.render.readers import EVERYONE, named_reader
from dimchat.web.api.problems import RefusedError
from dimchat.wording import api as words

if TYPE_CHECKING:
    from dimchat.model import Context, Pack

LARGEST = 16_384
"""Bytes of a body."""
STATE_MOST: Final = 2048
"""Characters of a state."""
STATE_LIFE: Final = 20 * 60
"""Seconds for which a state is good."""
LONGEST: Final = {"question": 2000, "state": STATE_MOST, "reader": 200, "language": 35}
"""Characters of each field."""


class Question(NamedTuple):
    """A question as it was asked."""

    text: str
    state: str | None = None
    reader: str | None = None
    """The id of the reader, or `EVERYONE`; None for the one so far."""
    language: str | None = None
    """One of the pack's; None for the one so far."""

    def after(self, context: Context, pack: Pack) -> Context:
        """Return a context with what the question says of it."""
        if self.reader is not None:
            context = context._replace(reader=None if self.reader == EVERYONE else self.reader)
        if self.language is not None:
            context = context._replace(language=None if self.language == pack.language else self.language)
        return context


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
            problem = words.TOO_LONG.format(name=name, length=len(value), most=LONGEST[name])
            raise RefusedError("bad-request", problem)
    if "question" not in data:
        raise RefusedError("bad-request", words.MISSING_FIELD.format(name="question"))
    text = encodable(data["question"])
    if not text.strip():
        raise RefusedError("bad-request", words.BLANK.format(name="question"))
    return Question(text, data.get("state") or None, *told(pack, data.get("reader"), data.get("language")))


def told(pack: Pack, reader: str | None, language: str | None) -> tuple[str | None, str | None]:
    """Return for whom an answer is and in which language, as a client told it: the id of a reader, and a language.

    Raises:
        RefusedError: The pack has no such reader, or says nothing in that language.
    """
    if language and language not in pack.languages:
        known = ", ".join(pack.languages)
        raise RefusedError("bad-request", words.LANGUAGE_UNKNOWN.format(language=encodable(language), known=known))
    return _reader_of(pack, reader) if reader else None, language or None


def _reader_of(pack: Pack, named: str) -> str:
    found = EVERYONE if named == EVERYONE else named_reader(pack, named)
    if found is None:
        problem = words.READER_UNKNOWN if pack.reader else words.NO_READERS
        raise RefusedError("bad-request", problem.format(reader=encodable(named), readers=", ".join(pack.reader)))
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
