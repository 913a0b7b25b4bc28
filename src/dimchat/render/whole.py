"""All that a reply says, in the order in which every face shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dimchat.model import Reply

_BREAK = re.compile(r"\n[^\S\n]*\n\s*")


def whole_text(reply: Reply) -> str:
    """Return the Markdown of a reply: of an answer the short form, a blank line, and the text.

    Paragraphs that both begin with are said once.
    """
    text = (reply.text or "").strip()
    short = (reply.short or "").strip() if reply.kind == "answer" or not text else ""
    rest = text
    for paragraph in _BREAK.split(short):
        first, *others = _BREAK.split(rest, maxsplit=1)
        if first != paragraph:
            break
        rest = others[0] if others else ""
    return "\n\n".join(part for part in (short, rest) if part)
