"""Small windows over the conversation that end with a decision: leave, an address, a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.style import Style
from textual.widgets import Input

from dimchat.apps.base.text_widget import BLANK, Flow, Line, key_name, link, literal
from dimchat.apps.chat.commands import COMMANDS, Command
from dimchat.wording import chat as words

if TYPE_CHECKING:
    from textual.app import ComposeResult


class LeaveScreen(ModalScreen[bool], inherit_bindings=False):
    """Ends with whether to leave."""

    CSS_PATH = "leave.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y,ctrl+c", "leave", words.KEY_LEAVE, id="leave.leave", tooltip=words.TIP_LEAVE),
        Binding("escape,n", "stay", words.KEY_STAY, id="leave.stay", tooltip=words.TIP_STAY),
    ]

    def __init__(self, *, saved: bool = False, notice: str = "") -> None:
        """Ask; `saved` says that the conversation can be resumed, the notice what the journal keeps."""
        super().__init__()
        self._note = words.LEAVE_NOTE_SAVED if saved else notice or words.LEAVE_NOTE

    def compose(self) -> ComposeResult:
        """Ask, and name both keys."""
        leave = Content(key_name(self, "leave.leave") + " ").stylize("$quiet") + link(words.KEY_LEAVE, "screen.leave")
        stay = Content(key_name(self, "leave.stay") + " ").stylize("$quiet") + link(words.KEY_STAY, "screen.stay")
        with Vertical(id="leave"):
            yield Flow(
                [
                    Line(Content(words.LEAVE_QUESTION).stylize("bold")),
                    Line(Content(self._note).stylize("$quiet")),
                    BLANK,
                    Line(leave + Content("     ") + stay),
                ]
            )

    def action_leave(self) -> None:
        """Leave."""
        self.dismiss(result=True)

    def action_stay(self) -> None:
        """Stay."""
        self.dismiss(result=False)


Wish = Literal["copy", "open"]


class LinkScreen(ModalScreen[Wish | None], inherit_bindings=False):
    """Ends with what to do with the address."""

    CSS_PATH = "link.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c,ctrl+c", "wish('copy')", words.KEY_COPY, id="link.copy", tooltip=words.TIP_LINK_COPY),
        Binding("o,enter", "wish('open')", words.KEY_OPEN, id="link.open", tooltip=words.TIP_LINK_OPEN),
        Binding("escape,q", "close", words.KEY_CLOSE, id="link.close", tooltip=words.TIP_LINK_CLOSE),
    ]

    def __init__(self, address: str, *, can_open: bool) -> None:
        """Take the address, and whether there is a browser for it."""
        super().__init__()
        self.address = address
        self._can_open = can_open

    def compose(self) -> ComposeResult:
        """Show the whole address, and the keys."""
        doing = [("link.copy", words.KEY_COPY, "screen.wish('copy')")]
        if self._can_open:
            doing.append(("link.open", words.KEY_OPEN, "screen.wish('open')"))
        doing.append(("link.close", words.KEY_CLOSE, "screen.close"))
        keys = [Content(key_name(self, name) + " ").stylize("$quiet") + link(label, act) for name, label, act in doing]
        with Vertical(id="link"):
            yield Flow(
                [
                    Line(Content(words.LINK_TITLE).stylize("bold")),
                    BLANK,
                    Line(literal(self.address).stylize("$accent")),
                    BLANK,
                    *([] if self._can_open else [Line(Content(words.LINK_NO_BROWSER).stylize("$quiet")), BLANK]),
                    Line(Content("     ").join(keys)),
                ]
            )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to open it only where there is a browser."""
        return self._can_open or (action, parameters) != ("wish", ("open",))

    def action_wish(self, wish: Wish) -> None:
        """End with what is wanted."""
        self.dismiss(wish)

    def action_close(self) -> None:
        """End with nothing."""
        self.dismiss(None)


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
