"""Where an answer comes from, in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from dimchat.apps.chat.flow import Line
from dimchat.apps.chat.replies import address_of, source_lines
from dimchat.apps.chat.screens.page import PageScreen
from dimchat.wording import chat as words

if TYPE_CHECKING:
    from textual import events

    from dimchat.model import Pack, Reply


class SourcesScreen(PageScreen):
    """Shows all the sources of a reply, or the one whose number was clicked."""

    def __init__(self, reply: Reply, pack: Pack, only: int | None = None) -> None:
        """Take the reply."""
        self._reply = reply
        lines = source_lines(reply, pack, only) or [Line(Content(words.CHAT_NO_SOURCES))]
        super().__init__(Content(words.SOURCES_TITLE), lines, words.SOURCES_HINT if reply.citations else "")

    def on_key(self, event: events.Key) -> None:
        """Show the address of the source whose number is typed."""
        if event.character and event.character.isdecimal():
            event.stop()
            self.action_link(int(event.character))

    def action_link(self, number: int) -> None:
        """Show the address of a source."""
        if address := address_of(self._reply, number):
            self.app.open_url(address)

    def action_copy_link(self, number: int) -> None:
        """Copy the address of a source."""
        if address := address_of(self._reply, number):
            self.app.copy_to_clipboard(address)
