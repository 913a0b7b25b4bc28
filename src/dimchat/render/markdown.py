"""The reply as Markdown, to keep or to pass on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dimchat.commonmark import BREAK
from dimchat.files.text import harmless
from dimchat.render.languages import words_for
from dimchat.wording.cells import listed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dimchat.model import Citation, Pack, Reply
    from dimchat.wording import Catalogue

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|!&])")
_NUMBERS = re.compile(r"(?:\s*\[\d+\])+\Z")
"""What an answer cites at its end."""
_BLANK_LINES = re.compile(r"\A(?:[^\S\n]*\n)+")


def to_markdown(reply: Reply, pack: Pack, today: date | None = None, *, words: Catalogue | None = None) -> str:
    """Return the question, the reply and its sources as Markdown.

    Args:
        reply: What to write.
        pack: The answer set that the reply came from; it is named at the end.
        today: With it, an answer whose review is overdue says so.
        words: What dimchat says of its own; None for the language of the pack.
    """
    said = words_for(reply, pack, words)
    parts = [f"**{_literal(reply.question)}**"]
    if reply.respelt:
        parts.append(f"*{_literal(read_as(reply, said))}*")
    for section in sections(reply):
        parts += [f"*{_literal(section.title)}*" if section.title else "", section.text]
    parts.append("\n".join(f"- {_literal(c.title)}" for c in reply.categories))
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


def read_as(reply: Reply, words: Catalogue) -> str:
    """Return the sentence that says how misspelt words were read; empty where none carried the reply."""
    pairs = [words("reply.respelt", typed=typed, meant=meant) for typed, meant in reply.respelt]
    return words("reply.read_as", pairs=listed(pairs, words)) if pairs else ""


class Section(NamedTuple):
    """A stretch of a reply: what stands before its answers, or one of these."""

    title: str
    """What it answers; empty where it is no answer."""
    text: str
    """Markdown."""


def sections(reply: Reply, *, whole: bool = True) -> list[Section]:
    """Return the texts of a reply in their order, each answer with its title.

    Args:
        reply: What was replied.
        whole: False for the short form of each answer that has one.
    """
    if reply.categories:
        return [Section("", reply.lead)]
    if not reply.parts:
        own = reply.short if reply.kind == "answer" or not reply.text else ""
        return [Section(reply.under, _led(own, reply.text) if whole else reply.short or reply.text or "")]
    answers = [
        Section(part.title, _led(part.short, part.text) if whole else part.short or part.text) for part in reply.parts
    ]
    return [Section("", reply.lead), *answers] if reply.lead else answers


def whole_text(reply: Reply) -> str:
    """Return the Markdown of a reply without titles: of each answer the short form, a blank line, and the text."""
    return _together(section.text for section in sections(reply))


def _led(short: str | None, text: str | None) -> str:
    """Return a text behind its short form; what both begin with, paragraphs or a sentence, is said once."""
    short, rest = _trimmed(short), _trimmed(text)
    said = _NUMBERS.sub("", short)
    if said and rest.startswith(said) and not rest[len(said) :][:1].isalnum():
        return rest
    for paragraph in BREAK.split(short):
        first, *others = BREAK.split(rest, maxsplit=1)
        if first != paragraph:
            break
        rest = others[0] if others else ""
    return _together((short, rest))


def _together(texts: Iterable[str]) -> str:
    return "\n\n".join(filter(None, texts))


def _trimmed(text: str | None) -> str:
    """Return a text without blank lines around it; the indent of its first line stays, since that may be code."""
    return _BLANK_LINES.sub("", text or "").rstrip()
