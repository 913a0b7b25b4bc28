"""The reply as Markdown, to keep or to pass on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dimchat.commonmark import BREAK
from dimchat.files.text import harmless
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from datetime import date

    from dimchat.model import Citation, Pack, Reply
    from dimchat.wording import Catalogue

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|!&])")
_BLANK_LINES = re.compile(r"\A(?:[^\S\n]*\n)+")


def to_markdown(reply: Reply, pack: Pack, today: date | None = None, *, words: Catalogue | None = None) -> str:
    """Return the question, the reply and its sources as Markdown.

    Args:
        reply: What to write.
        pack: The answer set that the reply came from; it is named at the end.
        today: With it, an answer whose review is overdue says so.
        words: What dimchat says of its own; None for the language of the pack.
    """
    said = words or catalogue_of(pack.language)
    parts = [f"**{_literal(reply.question)}**", whole_text(reply)]
    if reply.options:
        parts.append("\n".join(f"{option.number}. {_literal(option.title)}" for option in reply.options))
    if reply.citations:
        parts.append("\n".join(_source(citation, said) for citation in reply.citations))
    if reply.review_by is not None and reply.expired(today):
        parts.append(said("reply.overdue", date=reply.review_by.isoformat()))
    if reply.reviewed is not None:
        parts.append(f"*{said('reply.reviewed', title=_literal(pack.title), date=reply.reviewed.isoformat())}*")
    return harmless("\n\n".join(part for part in parts if part)) + "\n"


def _literal(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    return _ACTIVE.sub(r"\\\1", " ".join(text.split()))


def _source(citation: Citation, words: Catalogue) -> str:
    title = _literal(citation.title)
    linked = f"[{title}](<{citation.url}>)" if citation.url else title
    rest = "".join(f", {_literal(part)}" for part in (citation.publisher, citation.locator) if part)
    read = f" {words('reply.accessed', date=citation.accessed)}" if citation.accessed else ""
    return f"- \\[{citation.number}\\] {linked}{rest}.{read}"


def whole_text(reply: Reply) -> str:
    """Return the Markdown of a reply: of an answer the short form, a blank line, and the text.

    Paragraphs that both begin with are said once.
    """
    text = _trimmed(reply.text)
    short = _trimmed(reply.short) if reply.kind == "answer" or not text else ""
    rest = text
    for paragraph in BREAK.split(short):
        first, *others = BREAK.split(rest, maxsplit=1)
        if first != paragraph:
            break
        rest = others[0] if others else ""
    return "\n\n".join(part for part in (short, rest) if part)


def _trimmed(text: str | None) -> str:
    """Return a text without blank lines around it; the indent of its first line stays, since that may be code."""
    return _BLANK_LINES.sub("", text or "").rstrip()
