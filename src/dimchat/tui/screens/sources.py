"""Where an answer comes from, in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from dimchat.tui.flow import Line
from dimchat.tui.replies import source_lines
from dimchat.tui.screens.page import PageScreen
from dimchat.wording import chat as words

if TYPE_CHECKING:
    from dimchat.model import Pack, Reply


class SourcesScreen(PageScreen):
    """Shows all the sources of a reply, or the one whose number was clicked."""

    def __init__(self, reply: Reply, pack: Pack, only: int | None = None) -> None:
        """Take the reply."""
        lines = source_lines(reply, pack, only) or [Line(Content(words.CHAT_NO_SOURCES))]
        super().__init__(Content(words.SOURCES_TITLE), lines)
