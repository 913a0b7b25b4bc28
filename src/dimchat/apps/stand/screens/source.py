"""Where an answer comes from: as text, and as a QR code for the visitor's own phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen

from dimchat.apps.chat.flow import BLANK, Flow, Line
from dimchat.apps.chat.text import literal
from dimchat.apps.stand.qr import fitting_rows, qr_lines
from dimchat.apps.stand.widgets.pad import Pad
from dimchat.wording import chat as chat_words
from dimchat.wording import kiosk as words

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from dimchat.model import Citation

BESIDE = 26
"""Columns that the text needs beside a code."""


class SourceScreen(ModalScreen[None], inherit_bindings=False):
    """Shows one source; nothing is ever opened."""

    CSS_PATH = "source.tcss"
    AUTO_FOCUS = "#source-close"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", show=False, id="source.close")]

    def __init__(self, citation: Citation) -> None:
        """Take the source."""
        super().__init__()
        self._citation = citation
        self._text = Flow(id="source-text")
        self._square = Flow(id="source-code")

    def compose(self) -> ComposeResult:
        """Put the text beside the code."""
        with Vertical(id="source"), Horizontal(id="source-row"):
            with Vertical(id="source-left"):
                yield self._text
                yield Pad(words.CLOSE, "close", id="source-close")
            yield self._square

    def on_mount(self) -> None:
        """Draw the code; whether there is colour is known only by a running app."""
        self._fit()

    def on_resize(self) -> None:
        """Show the code only where it fits whole: half a code is none."""
        self._fit()

    def _fit(self) -> None:
        url = self._citation.url
        rows = fitting_rows(url, self.size.width - BESIDE, self.size.height) if url else []
        self._square.display = bool(rows)
        self._square.styles.width = len(rows[0]) if rows else 0
        self._square.show(qr_lines(rows, colour=not self.app.native_ansi_color))
        self._text.show(self._lines(with_code=bool(rows)))

    def _lines(self, *, with_code: bool) -> list[Line]:
        citation = self._citation
        lines = [Line(Content(words.SOURCE_TITLE).stylize("$quiet")), BLANK]
        lines.append(Line(literal(citation.title).stylize("bold")))
        facts = (citation.publisher, citation.locator)
        lines += [Line(literal(fact).stylize("$quiet")) for fact in facts if fact]
        if citation.accessed:
            lines.append(Line(literal(f"{chat_words.SOURCE_ACCESSED} {citation.accessed}").stylize("$quiet")))
        lines.append(BLANK)
        if citation.url is None:
            return [*lines, Line(Content(words.SOURCE_NO_ADDRESS))]
        told = words.SOURCE_SCAN if with_code else words.SOURCE_NOTE_ONLY
        return [*lines, Line(literal(citation.url).stylize("$accent")), BLANK, Line(Content(told).stylize("$quiet"))]

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()

    def on_pad_pressed(self, event: Pad.Pressed) -> None:
        """Go back."""
        event.stop()
        self.dismiss()

    def on_click(self, event: events.Click) -> None:
        """Go back where the touch falls beside it."""
        if event.widget is self:
            self.dismiss()
