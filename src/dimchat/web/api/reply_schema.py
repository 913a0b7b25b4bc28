"""The JSON Schema of a reply, `dimchat.reply/1`: what `dimchat schema reply` prints, and the API is described by."""

from __future__ import annotations

from typing import Any, Final, get_args

from dimchat.render.json_reply import SCHEMA
from dimchat.reply import Kind

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
"""The one that OpenAPI 3.1 takes over whole."""

Schema = dict[str, Any]


def a(kind: str, about: str = "", **more: object) -> Schema:
    """Return the schema of a simple value.

    Args:
        kind: `string`, `integer`, `number` or `boolean`.
        about: What it says.
        more: Further keywords.
    """
    return {"type": kind, **({"description": about} if about else {}), **more}


def or_null(kind: str, about: str = "", **more: object) -> Schema:
    """Return the schema of a simple value that may be missing."""
    return {**a(kind, about, **more), "type": [kind, "null"]}


def many(items: Schema, about: str = "") -> Schema:
    """Return the schema of a list."""
    return {"type": "array", **({"description": about} if about else {}), "items": items}


def closed(properties: Schema, about: str = "", *, optional: tuple[str, ...] = ()) -> Schema:
    """Return the schema of an object that has these keys and no others.

    Args:
        properties: The schemas of its values.
        about: What it is.
        optional: The keys that may be left out.
    """
    return {
        "type": "object",
        **({"description": about} if about else {}),
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


_DATE: Final = {"format": "date"}
_SLOTS: Final[Schema] = {
    "type": "object",
    "description": "values by the name of their slot; several of one stand with commas between",
    "additionalProperties": {"type": "string"},
}
_ID: Final = a("string", "an id of the pack")
QUESTION: Final = closed({"intent": _ID, "title": a("string", "as a person reads it")}, "a question of the pack")
"""The schema of a question that can be asked."""

REPLY: Final = closed(
    {
        "schema": a("string", const=SCHEMA),
        "question": a("string", "as it was asked"),
        "read_as": or_null("string", "the question after respelling, where a correction carried the reply"),
        "language": a("string", "of the reply, as in BCP 47"),
        "kind": a("string", "what the reply is", enum=list(get_args(Kind))),
        "intents": many(_ID, "what was answered, in order"),
        "titles": many(a("string"), "of `intents`, parallel"),
        "about": or_null("string", "the answer that a reply of another kind comes back to"),
        "outside": or_null("string", "of a decline: the group that was recognised"),
        "confidence": a("number", "how sure the match is", minimum=0, maximum=1),
        "short": or_null("string", "the short form with [1], [2]; Markdown"),
        "text": a("string", "the whole reply with [1], [2]; Markdown"),
        "citations": many(
            closed(
                {
                    "number": a("integer", "as it stands in the text", minimum=1),
                    "source": a("string", "its id"),
                    "title": a("string"),
                    "publisher": or_null("string"),
                    "url": or_null("string"),
                    "locator": or_null("string", "where in the source"),
                    "accessed": or_null("string", "the day on which the source was read"),
                },
                "a source of the reply",
            ),
            "the sources of the reply",
        ),
        "reviewed": or_null("string", "when the answer was last reviewed", **_DATE),
        "review_by": or_null("string", "by when it must be reviewed again", **_DATE),
        "as_of": or_null("string", "the day of the reply", **_DATE),
        "expired": a("boolean", "whether the review is overdue on that day"),
        "period": or_null("string", "the year, month or day whose state is told"),
        "reader": or_null("string", "for whom answers were asked; null for everyone"),
        "options": many(
            closed(
                {
                    "number": a("integer", "the next question may be this number", minimum=1),
                    "intent": _ID,
                    "title": a("string"),
                    "slots": _SLOTS,
                },
                "a choice",
            ),
            "what may be meant, to be picked by number",
        ),
        "suggestions": many(QUESTION, "what may be asked next"),
        "unanswered": many(
            closed({"text": a("string", "as it was asked"), "nearest": many(QUESTION, "best first")}),
            "parts of the question that got no answer",
        ),
        "rows": many(
            closed(
                {
                    "table": a("string"),
                    "key": {"type": "object", "additionalProperties": {"type": "string"}},
                }
            ),
            "what of tables the reply shows",
        ),
        "context": closed(
            {"topic": or_null("string"), "aspect": or_null("string"), "slots": _SLOTS},
            "what the next question may lean on",
        ),
        "pack": closed(
            {"name": a("string"), "version": a("string"), "digest": a("string", "of all that a reply can show")},
            "the answer set",
        ),
    },
    "a reply to one question",
)
"""The schema, as OpenAPI takes it in."""


def reply_schema() -> Schema:
    """Return the schema as a document of its own."""
    return {"$schema": DIALECT, "title": f"dimchat: {SCHEMA}", **REPLY}
