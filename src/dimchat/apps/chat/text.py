"""Untrusted text, made fit for a terminal and shown literally."""

from __future__ import annotations

from textual.content import Content

from dimchat.files.text import harmless

LONGEST = 2000
"""How many characters of one message are shown; the whole of it is asked."""

SPACES = str.maketrans(dict.fromkeys("\t\r\n\v\f\x85\u2028\u2029", " "))


def visible(text: str, *, keep_lines: bool = False) -> str:
    """Return text in which nothing is left that a terminal would obey; one line unless lines are kept."""
    if keep_lines:
        return "\n".join(visible(line) for line in text.splitlines())
    return harmless(text.translate(SPACES))


def literal(text: str) -> Content:
    """Return untrusted text as content that is never read as markup."""
    return Content(visible(text))
