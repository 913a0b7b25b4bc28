"""The source of an answer, as text and as a QR code for the visitor's phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import segno
from segno import DataOverflowError
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen

from dimchat.apps.base.text_widget import BLANK, Flow, Line, literal, words_of
from dimchat.apps.stand.touch import Pad

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from dimchat.model import Citation


QUIET = 4
"""Modules of light around a code, as ISO/IEC 18004 asks for."""
LEAST_QUIET = 2
"""With how many cameras still do, where a small screen has no room for more."""
_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def qr_rows(address: str, quiet: int = QUIET) -> list[str]:
    """Return a code as rows of text, two modules a character, a full block being dark; empty where it is too long."""
    try:
        code = segno.make(address, error="l", micro=False)
    except DataOverflowError:
        return []
    modules = [[bool(module) for module in row] for row in code.matrix_iter(border=quiet)]
    if len(modules) % 2:
        modules.append([False] * len(modules[0]))
    return [
        "".join(_BLOCKS[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(modules[::2], modules[1::2], strict=True)
    ]


def fitting_rows(address: str, width: int, height: int) -> list[str]:
    """Return a code with as much light around it as fits, up to what is due; empty where it does not fit."""
    for quiet in range(QUIET, LEAST_QUIET - 1, -1):
        rows = qr_rows(address, quiet)
        if rows and len(rows) <= height and len(rows[0]) <= width:
            return rows
    return []


def qr_lines(rows: list[str], *, colour: bool = True) -> list[Line]:
    """Return a code as lines; without colour it is drawn in reverse, for a terminal that writes light on dark."""
    swap = str.maketrans(" ▀▄█", "█▄▀ ")
    style = "#000000 on #ffffff"
    return [Line(Content(row).stylize(style) if colour else Content(row.translate(swap)), clip=True) for row in rows]


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
                yield Pad(words_of(self)("stand.close"), "close", id="source-close")
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
        citation, words = self._citation, words_of(self)
        lines = [Line(Content(words("stand.source_title")).stylize("$quiet")), BLANK]
        lines.append(Line(literal(citation.title).stylize("bold")))
        facts = (citation.publisher, citation.locator)
        lines += [Line(literal(fact).stylize("$quiet")) for fact in facts if fact]
        if citation.accessed:
            read = f"{words('chat.source_accessed')} {citation.accessed}"
            lines.append(Line(literal(read).stylize("$quiet")))
        lines.append(BLANK)
        if citation.url is None:
            return [*lines, Line(Content(words("stand.source_no_address")))]
        told = words("stand.source_scan" if with_code else "stand.source_note_only")
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
