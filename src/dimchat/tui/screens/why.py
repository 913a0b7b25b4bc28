"""Why a reply came."""

from __future__ import annotations

from textual.content import Content

from dimchat.tui.flow import Line
from dimchat.tui.screens.page import PageScreen
from dimchat.tui.text import literal
from dimchat.wording import chat as words


class WhyScreen(PageScreen):
    """Shows what `dimchat explain` shows."""

    def __init__(self, said: str, explanation: str) -> None:
        """Take the visitor's words and the explanation as plain text."""
        title = Content(words.WHY_TITLE + " ") + literal(said)
        super().__init__(title, [_indented(row) for row in explanation.split("\n")])


def _indented(row: str) -> Line:
    text = row.lstrip(" ")
    return Line(literal(text), Content(" " * (len(row) - len(text))))
