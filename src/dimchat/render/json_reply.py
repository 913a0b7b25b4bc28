"""The reply as JSON, `dimchat.reply/1`, and the explanation of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from dimchat.files.text import encodable
from dimchat.tables import AS_OF, slots_to_data

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dimchat.model import Pack, Reply, Suggestion

SCHEMA = "dimchat.reply/1"


def to_dict(reply: Reply, pack: Pack, today: date | None = None, reader: str | None = None) -> dict[str, Any]:
    """Return the reply as plain data, every key present, in the order of the schema.

    Args:
        reply: What to write.
        pack: The answer set that the reply came from.
        today: The day as of which an answer is overdue for review; without one, `as_of` is null and nothing is expired.
        reader: For whom answers were asked; None for everyone.

    >>> from dimchat import open_assistant
    >>> assistant = open_assistant()
    >>> data = to_dict(assistant.ask("what is the CRA")[0], assistant.pack)
    >>> data["schema"], data["intents"], data["context"]["topic"]
    ('dimchat.reply/1', ['cra.overview'], 'cra')
    """
    return {
        "schema": SCHEMA,
        "question": encodable(reply.question),
        "read_as": None if reply.read_as is None else encodable(reply.read_as),
        "language": reply.language or pack.language,
        "kind": reply.kind,
        "intents": list(reply.intents),
        "titles": list(reply.titles),
        "about": reply.about,
        "outside": reply.outside,
        "confidence": round(reply.confidence, 4),
        "short": None if reply.short is None else encodable(reply.short),
        "text": encodable(reply.text or ""),
        "citations": [
            {
                "number": citation.number,
                "source": citation.source,
                "title": citation.title,
                "publisher": citation.publisher,
                "url": citation.url,
                "locator": citation.locator,
                "accessed": citation.accessed,
            }
            for citation in reply.citations
        ],
        "reviewed": reply.reviewed.isoformat() if reply.reviewed else None,
        "review_by": reply.review_by.isoformat() if reply.review_by else None,
        "as_of": today.isoformat() if today else None,
        "expired": reply.expired(today),
        "period": _period(reply, pack),
        "reader": reader,
        "options": [
            {
                "number": option.number,
                "intent": option.intent,
                "title": option.title,
                "slots": slots_to_data(option.slots),
            }
            for option in reply.options
        ],
        "suggestions": _questions(reply.suggestions),
        "unanswered": [
            {"text": encodable(part.text), "nearest": _questions(part.nearest)} for part in reply.unanswered
        ],
        "rows": [{"table": row.table, "key": dict(row.key)} for row in reply.rows],
        "context": {"topic": reply.topic, "aspect": reply.aspect, "slots": slots_to_data(reply.slots)},
        "pack": {"name": pack.name, "version": pack.version, "digest": pack.digest},
    }


def _period(reply: Reply, pack: Pack) -> str | None:
    """Return the year, month or day whose state is told: the earliest of the answers and of the rows in them."""
    answers = (pack.answer[name] for name in (*reply.intents, reply.about) if name in pack.answer)
    rows = ((pack.table[one.table], pack.table[one.table].row(dict(one.key))) for one in reply.rows)
    dates = [*(answer.as_of for answer in answers), *(table.as_of or (row or {}).get(AS_OF) for table, row in rows)]
    return min((date for date in dates if date), default=None)


def _questions(offered: Iterable[Suggestion]) -> list[dict[str, str]]:
    return [{"intent": one.intent, "title": one.title} for one in offered]


def to_json(reply: Reply, pack: Pack, today: date | None = None, reader: str | None = None) -> str:
    """Return the reply as one line of JSON; the arguments are those of `to_dict`."""
    from dimchat.files.json_text import dumps  # noqa: PLC0415 - the chat paints before it needs this

    return dumps(to_dict(reply, pack, today, reader))


class Explained(Protocol):
    """An explanation that can be shown; `dimchat.dialogue.Explanation` is one."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        ...


def explanation_to_json(explanation: Explained) -> str:
    """Return the explanation as one line of JSON."""
    from dimchat.files.json_text import dumps  # noqa: PLC0415 - the chat paints before it needs this

    return dumps(explanation.to_dict())
