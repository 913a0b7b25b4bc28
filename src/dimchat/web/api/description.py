"""The API in OpenAPI 3.1, made of the schemas that `dimchat schema` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dimchat import __version__
from dimchat.web.api.api_question import LONGEST, STATE_LIFE, STATE_MOST
from dimchat.web.api.problems import CONTENT_TYPE, KINDS, PREFIX
from dimchat.web.api.reply_schema import DIALECT, QUESTION, REPLY, a, closed, many, or_null

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimchat.model import Pack
    from dimchat.web.api.reply_schema import Schema

_JSON: Final = "application/json"
_STATE: Final = (
    f"what the next question leans on, to be sent back as it is; sealed, good for {STATE_LIFE // 60} minutes and for "
    "this version of the answers; null: nothing"
)
_ANY: Final = ("origin-refused", "not-found", "method")
_ADMITTED: Final = ("key-needed", *_ANY, "too-many")


def _to(schema: str) -> Schema:
    return {"$ref": f"#/components/schemas/{schema}"}


def _answers(found: str, about: str, problems: Iterable[str]) -> dict[str, Any]:
    """Return the responses of an operation: what it finds, and the problems that it may have, by status."""
    by_status: dict[int, list[str]] = {}
    for name, kind in KINDS.items():
        if name in problems:
            by_status.setdefault(kind.status.value, []).append(name)
    refused = {
        str(status): {
            "description": "; ".join(f"{PREFIX}{name}: {KINDS[name].title}" for name in names),
            "content": {CONTENT_TYPE: {"schema": _to("Problem")}},
            **({"headers": {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}} if _waits(names) else {}),
        }
        for status, names in sorted(by_status.items())
    }
    return {"200": {"description": about, "content": {_JSON: {"schema": _to(found)}}}, **refused}


def _waits(names: Iterable[str]) -> bool:
    return not {"too-many", "busy"}.isdisjoint(names)


_LANGUAGE: Final = {
    "name": "language",
    "in": "query",
    "schema": a("string"),
    "description": "one of those that topics has; without it the first",
}

PATHS: Final[dict[str, dict[str, Any]]] = {
    "/api/ask": {
        "post": {
            "operationId": "ask",
            "summary": "Ask a question, or go on with a conversation.",
            "requestBody": {"required": True, "content": {_JSON: {"schema": _to("Question")}}},
            "responses": _answers("Answered", "the reply", KINDS.keys() - {"no-such-answer"}),
        }
    },
    "/api/topics": {
        "get": {
            "operationId": "topics",
            "summary": "List what can be asked.",
            "parameters": [_LANGUAGE],
            "responses": _answers("Topics", "categories with their questions", ("bad-request", *_ADMITTED)),
        }
    },
    "/api/answers/{id}": {
        "get": {
            "operationId": "answer",
            "summary": "Return one answer, as if its question had been asked.",
            "parameters": [
                {
                    "name": "id",
                    "in": "path",
                    "required": True,
                    "schema": a("string"),
                    "description": "as topics has it",
                },
                {"name": "reader", "in": "query", "schema": a("string"), "description": "for whom the answer is"},
                _LANGUAGE,
            ],
            "responses": _answers("Answered", "the reply", ("bad-request", *_ADMITTED, "no-such-answer", "busy")),
        }
    },
    "/api/openapi.json": {
        "get": {
            "operationId": "openapi",
            "summary": "Return this description; it needs no key.",
            "security": [{}],
            "responses": _answers("OpenAPI", "the description", _ANY),
        }
    },
}
"""What there is, by its path."""

_SCHEMAS: Final = {
    "Reply": REPLY,
    "Answered": closed({"reply": _to("Reply"), "state": or_null("string", _STATE, maxLength=STATE_MOST)}, "a reply"),
    "Question": closed(
        {
            "question": a(
                "string", "free text, or the number of an option", minLength=1, maxLength=LONGEST["question"]
            ),
            "state": or_null("string", "of the reply before; without one, nothing was said", maxLength=STATE_MOST),
            "reader": or_null("string", "for whom answers are from now on; everyone", maxLength=LONGEST["reader"]),
            "language": or_null("string", "in which one is answered from now on", maxLength=LONGEST["language"]),
        },
        "a question",
        optional=("state", "reader", "language"),
    ),
    "Topics": closed(
        {
            "pack": closed(
                {name: a("string") for name in ("name", "title", "version", "language", "digest")}, "the answer set"
            ),
            "languages": many(a("string", "as in BCP 47"), "in which something is said, the pack's own first"),
            "readers": many(closed({"id": a("string"), "title": a("string")}), "for whom answers can be"),
            "categories": many(
                closed({"id": a("string"), "title": a("string"), "about": a("string"), "questions": many(QUESTION)})
            ),
        },
        "what can be asked",
    ),
    "Problem": closed(
        {
            "type": a("string", "which problem", enum=[PREFIX + name for name in KINDS]),
            "title": a("string", "the same for each problem of a type"),
            "status": a("integer", "of the response"),
            "detail": a("string", "what is wrong with this request"),
        },
        "a refusal, as RFC 9457 has it",
        optional=("detail",),
    ),
    "OpenAPI": {"type": "object", "description": "OpenAPI 3.1", "required": ["openapi", "info", "paths"]},
}


def openapi() -> dict[str, Any]:
    """Return the description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "dimchat",
            "version": __version__,
            "description": "Curated, sourced answers from a pack. Every answer was written beforehand. A server that "
            "was started without keys asks for none.",
        },
        "jsonSchemaDialect": DIALECT,
        "servers": [{"url": "../", "description": "the server that this description came from"}],
        "security": [{"key": []}, {}],
        "paths": PATHS,
        "components": {
            "schemas": _SCHEMAS,
            "headers": {"Retry-After": {"description": "seconds", "schema": a("integer", minimum=1)}},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "a key of the operator's"}},
        },
    }


def topics(pack: Pack, languages: Iterable[str]) -> dict[str, Any]:
    """Return what can be asked, as the API tells it.

    Args:
        pack: The answer set, in the language of the titles.
        languages: In which it says something.
    """
    return {
        "pack": {
            "name": pack.name,
            "title": pack.title,
            "version": pack.version,
            "language": pack.language,
            "digest": pack.digest,
        },
        "languages": list(languages),
        "readers": [{"id": name, "title": title} for name, title in pack.reader.items()],
        "categories": [
            {
                "id": category.id,
                "title": category.title,
                "about": category.about,
                "questions": [
                    {"intent": one.id, "title": one.title} for one in pack.browsable if one.category == category.id
                ],
            }
            for category in pack.categories
        ],
    }
