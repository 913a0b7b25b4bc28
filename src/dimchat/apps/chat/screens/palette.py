"""Everything that can be done, found by a few letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.style import Style
from textual.widgets import Input

from dimchat.apps.chat.commands import COMMANDS, Command
from dimchat.apps.chat.flow import Flow, Line
from dimchat.wording import chat as words

if TYPE_CHECKING:
    from textual.app import ComposeResult


class PaletteScreen(ModalScreen[Command | None], inherit_bindings=False):
    """Ends with the command that was picked, or None."""

    CSS_PATH = "palette.tcss"
    AUTO_FOCUS = "#palette-words"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+p", "close", words.KEY_CLOSE, id="palette.close", tooltip=words.TIP_CLOSE),
        Binding("up,shift+tab", "move(-1)", show=False, id="palette.previous", tooltip=words.TIP_PREVIOUS),
        Binding("down,tab", "move(1)", show=False, id="palette.next", tooltip=words.TIP_NEXT),
    ]

    def __init__(self) -> None:
        """Show everything, the first one lit."""
        super().__init__()
        self._fitting = list(COMMANDS)
        self._at = 0

    def compose(self) -> ComposeResult:
        """Put the words to look for above what was found."""
        with Vertical(id="palette"):
            yield Input(placeholder=words.PALETTE_PLACEHOLDER, compact=True, id="palette-words")
            yield Flow(id="palette-rows")

    def on_mount(self) -> None:
        """Let the cursor stand still."""
        self.query_one(Input).cursor_blink = False
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep what holds all the words, first what is called so."""
        words = event.value.casefold().removeprefix("/").split()
        fitting = [each for each in COMMANDS if all(word in f"{each.name} {each.help}" for word in words)]
        self._fitting = sorted(fitting, key=lambda each: not any(each.name.startswith(word) for word in words))
        self._at = 0
        self._show()

    def on_input_submitted(self) -> None:
        """End with what is lit."""
        if self._fitting:
            self.dismiss(self._fitting[self._at])

    def action_move(self, step: int) -> None:
        """Light another one."""
        if self._fitting:
            self._at = (self._at + step) % len(self._fitting)
            self._show()

    def action_pick(self, index: int) -> None:
        """End with a row that was clicked."""
        self.dismiss(self._fitting[index])

    def action_close(self) -> None:
        """End with nothing."""
        self.dismiss(None)

    def _show(self) -> None:
        width = max(len(command.name) for command in COMMANDS) + 2
        rows = []
        for index, command in enumerate(self._fitting):
            lit = index == self._at
            click = Style.from_meta({"@click": f"screen.pick({index})"})
            mark = Content(f"{words.CHAT_PROMPT} " if lit else "  ")
            name = Content(f"{command.name:<{width}}").stylize("bold" if lit else "")
            lead = (mark + name).stylize("$accent").stylize(click)
            rows.append(Line(Content(command.help).stylize("" if lit else "$quiet").stylize(click), lead, clip=True))
        self.query_one("#palette-rows", Flow).show(rows or [Line(Content(words.PALETTE_NONE).stylize("$quiet"))])
