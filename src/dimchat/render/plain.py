"""The reply as plain text: no drawing, no colour, for pipes, logs and screen readers."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from dimchat import wording
from dimchat.render.harmless import harmless
from dimchat.render.whole import whole_text

if TYPE_CHECKING:
    from datetime import date

    from dimchat.model import Citation, Pack, Reply

WIDTH = 76

_LINK = re.compile(r"\[([^\[\]]+)\]\((https?://[^()\s]+)\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_CODE = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)
_ITEM = re.compile(r"(?:[-*+]|\d{1,2}[.)])\s+")


def to_plain(reply: Reply, pack: Pack, today: date | None = None, *, full: bool = True) -> str:  # noqa: ARG001  one form for all shapes
    """Return the reply as lines of at most 76 columns.

    Args:
        reply: What to print.
        pack: The answer set that the reply came from.
        today: With it, an answer whose review is overdue says so.
        full: False prints only the short form where there is one; True prints it first.
    """
    parts = [_wrapped(plain_markdown(whole_text(reply) if full else reply.short or reply.text or ""))]
    if reply.options:
        lines = [f"{option.number} {option.title}" for option in reply.options]
        parts.append("\n".join(_line(line, "  ") for line in [*lines, f"0 {wording.NONE_OF_THESE}"]))
    notes: list[str] = []
    if reply.citations:
        notes.append(f"{wording.SOURCES}:")
        notes += [_source(source_line(citation)) for citation in reply.citations]
    if today is not None and reply.review_by is not None and reply.review_by < today:
        notes.append(_line(wording.REVIEW_OVERDUE.format(date=reply.review_by.isoformat())))
    if reply.suggestions and not reply.options:
        listed = "  ".join(f"{number} {item.title}" for number, item in enumerate(reply.suggestions, start=1))
        notes.append(_line(f"{wording.NEXT}: {listed}"))
    if notes:
        parts.append("\n".join(notes))
    return harmless("\n\n".join(part for part in parts if part)) if reply.citations else harmless("\n".join(parts))


def source_line(citation: Citation) -> str:
    """Return one entry of a list of sources: number, title, publisher, place in it, address."""
    named = ", ".join(part for part in (citation.title, citation.publisher, citation.locator) if part)
    return f"[{citation.number}] {named}." + (f" {citation.url}" if citation.url else "")


def _source(text: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False, break_long_words=False
    )


def plain_markdown(text: str) -> str:
    """Return Markdown without its marks; a link keeps its address."""
    text = _LINK.sub(r"\1 (\2)", text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(r"\1", text)
    return _HEADING.sub("", _CODE.sub(r"\1", text))


def _wrapped(text: str) -> str:
    return "\n\n".join(_block(block) for block in re.split(r"\n\s*\n", text.strip()))


def _block(block: str) -> str:
    """Wrap one paragraph, or one list with each item on lines of its own."""
    items: list[str] = []
    for line in block.splitlines():
        stripped = line.strip()
        if not items or _ITEM.match(stripped):
            items.append(stripped)
        else:
            items[-1] += f" {stripped}"
    return "\n".join(_line(item, "  " if _ITEM.match(item) else "") for item in items)


def _line(text: str, indent: str = "") -> str:
    marker = _ITEM.match(text)
    hanging = " " * len(marker[0]) if marker else ""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + (hanging or indent),
        break_on_hyphens=False,
        break_long_words=False,
    )
