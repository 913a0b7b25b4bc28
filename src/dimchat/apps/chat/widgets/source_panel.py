"""The sources of an answer, in full, beside the conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content

from dimchat.apps.chat.flow import BLANK, Flow, Line, link
from dimchat.apps.chat.keys import key_name
from dimchat.wording import chat as words

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from dimchat.apps.chat.session import Turn
    from dimchat.model import Pack

ROOM = 100
"""Columns above which there is room for it."""


class SourcePanel(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Shows all the sources of a turn, or one of them; nothing until it is opened."""

    def __init__(self) -> None:
        """Start closed."""
        super().__init__()
        self.turn: Turn | None = None
        """Whose sources are shown; None while it is closed."""
        self._text = Flow()
        self.display = False

    def compose(self) -> ComposeResult:
        """Hold the text."""
        yield self._text

    def open(self, turn: Turn, pack: Pack, only: int | None = None) -> None:
        """Show the sources of a turn, or the one with this number."""
        from dimchat.apps.chat.replies import source_lines  # noqa: PLC0415 - not before the first paint

        self.turn = turn
        self.fit()
        closing = Content(key_name(self.screen, "chat.close_panel") + " ").stylize("$quiet")
        closing += link(words.PAGE_CLOSE, "screen.close_panel")
        title = Line(Content(words.SOURCES_TITLE).stylize("bold"), tail=closing, clip=True)
        self._text.show([title, BLANK, *source_lines(turn.reply, pack, only)])
        self.scroll_home(animate=False)

    def close(self) -> None:
        """Show nothing."""
        self.turn = None
        self.fit()

    def fit(self) -> None:
        """Be there only while it is open and there is room."""
        self.display = self.turn is not None and self.screen.size.width > ROOM
