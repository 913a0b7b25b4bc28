"""A page of text over the conversation: scrolls, and goes with escape."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from dimchat.apps.chat.flow import Flow, Line, link
from dimchat.apps.chat.keys import key_name
from dimchat.wording import chat as words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.app import ComposeResult


class PageScreen(ModalScreen[None], inherit_bindings=False):
    """Shows lines under a title."""

    CSS_PATH = "page.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1", "close", words.KEY_CLOSE, id="page.close", tooltip=words.TIP_CLOSE),
        Binding("up,k", "scroll('up')", show=False, id="page.up", tooltip=words.TIP_LINE_UP),
        Binding("down,j", "scroll('down')", show=False, id="page.down", tooltip=words.TIP_LINE_DOWN),
        Binding("pageup", "scroll('page_up')", show=False, id="page.page_up", tooltip=words.TIP_PAGE_UP),
        Binding("pagedown,space", "scroll('page_down')", show=False, id="page.page_down", tooltip=words.TIP_PAGE_DOWN),
        Binding("home", "scroll('home')", show=False, id="page.first", tooltip=words.TIP_FIRST),
        Binding("end", "scroll('end')", show=False, id="page.last", tooltip=words.TIP_LATEST),
        # A screen that lies over another hides the app's own keys.
        Binding("ctrl+c,super+c", "app.copy_or_leave", show=False, id="app.copy", tooltip=words.TIP_COPY),
    ]

    def __init__(self, title: Content, lines: Iterable[Line], hint: str = "") -> None:
        """Take what to show; the hint stands beside the key that closes."""
        super().__init__()
        self._hint = hint
        self._title = title
        self._lines = tuple(lines)

    def compose(self) -> ComposeResult:
        """Put the title above and the text in a part that scrolls."""
        with Vertical(id="page"):
            hint = f"{self._hint}   " if self._hint else ""
            key = Content(f"{hint}{key_name(self, 'page.close')} ").stylize("$quiet")
            closing = key + link(words.PAGE_CLOSE, "screen.close")
            yield Flow([Line(self._title.stylize_before("bold"), tail=closing, clip=True)], id="page-title")
            with VerticalScroll(id="page-body", can_focus=False):
                yield Flow(self._lines, id="page-text")

    def action_close(self) -> None:
        """Go back to the conversation."""
        self.dismiss()

    def action_scroll(self, where: str) -> None:
        """Move through the text."""
        getattr(self.query_one("#page-body"), f"scroll_{where}")(animate=self.app.animation_level != "none")

    def on_click(self, event: events.Click) -> None:
        """Close where the click falls beside the page."""
        if event.widget is self:
            self.dismiss()
