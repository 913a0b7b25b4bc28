"""All that a reply says, in the order in which every face shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dimchat.commonmark import BREAK

if TYPE_CHECKING:
    from dimchat.model import Reply

_BLANK_LINES = re.compile(r"\A(?:[^\S\n]*\n)+")


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
