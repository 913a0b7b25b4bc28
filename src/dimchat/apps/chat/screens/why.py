"""Why a reply came."""

from __future__ import annotations

import re

from textual.content import Content

from dimchat import wording
from dimchat.apps.chat.flow import Line
from dimchat.apps.chat.screens.page import PageScreen
from dimchat.apps.chat.text import literal
from dimchat.wording import chat as words

LABEL = 10
"""Cells that the label of a row takes."""
LABELS = frozenset(wording.EXPLAIN.values())
FIGURES = re.compile(r" +\d\.\d\d [+-]\d\.\d\d +")


class WhyScreen(PageScreen):
    """Shows what `dimchat explain` shows."""

    def __init__(self, said: str, explanation: str) -> None:
        """Take the visitor's words and the explanation as plain text."""
        title = Content(words.WHY_TITLE + " ") + literal(said)
        super().__init__(title, [_indented(row) for row in explanation.split("\n")])


def _indented(row: str) -> Line:
    """Return a row that wraps beside its label, or beside the figures of a candidate."""
    lead, text = row[:LABEL], row[LABEL:]
    if lead.rstrip() in LABELS:
        return Line(literal(text), Content(lead).stylize("$quiet"))
    figures = FIGURES.match(row)
    if figures:
        return Line(literal(row[figures.end() :]), Content(figures[0]).stylize("$quiet"))
    text = row.lstrip(" ")
    return Line(literal(text), Content(" " * (len(row) - len(text))))
