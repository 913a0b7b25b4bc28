"""Small windows over the conversation that end with a decision: leave, an address, a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.style import Style
from textual.widgets import Input

from dimchat.apps.base.text_widget import BLANK, PROMPT, Flow, Line, key_name, link, literal, words_of
from dimchat.apps.chat.commands import COMMANDS, Command

if TYPE_CHECKING:
    from textual.app import ComposeResult


class LeaveScreen(ModalScreen[bool], inherit_bindings=False):
    """Ends with whether to leave."""

    CSS_PATH = "leave.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y,ctrl+c", "leave", "chat.key.leave", id="leave.leave", tooltip="chat.tip.leave"),
        Binding("escape,n", "stay", "chat.key.stay", id="leave.stay", tooltip="chat.tip.stay"),
    ]

    def __init__(self, *, saved: bool = False, notice: str = "") -> None:
        """Ask; `saved` says that the conversation can be resumed, the notice what the journal keeps."""
        super().__init__()
        self._saved = saved
        self._notice = notice

    def compose(self) -> ComposeResult:
        """Ask, and name both keys."""
        words = words_of(self)
        note = words("chat.leave_note_saved") if self._saved else self._notice or words("chat.leave_note")
        leave = Content(key_name(self, "leave.leave") + " ").stylize("$quiet")
        leave += link(words("chat.key.leave"), "screen.leave")
        stay = Content(key_name(self, "leave.stay") + " ").stylize("$quiet")
        stay += link(words("chat.key.stay"), "screen.stay")
        with Vertical(id="leave"):
            yield Flow(
                [
                    Line(Content(words("chat.leave_question")).stylize("bold")),
                    Line(Content(note).stylize("$quiet")),
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
        Binding("c,ctrl+c", "wish('copy')", "chat.key.copy", id="link.copy", tooltip="chat.tip.link_copy"),
        Binding("o,enter", "wish('open')", "chat.key.open", id="link.open", tooltip="chat.tip.link_open"),
        Binding("escape,q", "close", "chat.key.close", id="link.close", tooltip="chat.tip.link_close"),
    ]

    def __init__(self, address: str, *, can_open: bool) -> None:
        """Take the address, and whether there is a browser for it."""
        super().__init__()
        self.address = address
        self._can_open = can_open

    def compose(self) -> ComposeResult:
        """Show the whole address, and the keys."""
        words = words_of(self)
        doing = [("link.copy", words("chat.key.copy"), "screen.wish('copy')")]
        if self._can_open:
            doing.append(("link.open", words("chat.key.open"), "screen.wish('open')"))
        doing.append(("link.close", words("chat.key.close"), "screen.close"))
        keys = [Content(key_name(self, name) + " ").stylize("$quiet") + link(label, act) for name, label, act in doing]
        with Vertical(id="link"):
            yield Flow(
                [
                    Line(Content(words("chat.link_title")).stylize("bold")),
                    BLANK,
                    Line(literal(self.address).stylize("$accent")),
                    BLANK,
                    *(
                        []
                        if self._can_open
                        else [Line(Content(words("chat.link_no_browser")).stylize("$quiet")), BLANK]
                    ),
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
        Binding("escape,ctrl+p", "close", "chat.key.close", id="palette.close", tooltip="chat.tip.close"),
        Binding("up,shift+tab", "move(-1)", show=False, id="palette.previous", tooltip="chat.tip.previous"),
        Binding("down,tab", "move(1)", show=False, id="palette.next", tooltip="chat.tip.next"),
    ]

    def __init__(self) -> None:
        """Show everything, the first one lit."""
        super().__init__()
        self._fitting = list(COMMANDS)
        self._at = 0

    def compose(self) -> ComposeResult:
        """Put the words to look for above what was found."""
        with Vertical(id="palette"):
            yield Input(placeholder=words_of(self)("chat.palette_placeholder"), compact=True, id="palette-words")
            yield Flow(id="palette-rows")

    def on_mount(self) -> None:
        """Let the cursor stand still."""
        self.query_one(Input).cursor_blink = False
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep what holds all the words, first what is called so."""
        typed = event.value.casefold().removeprefix("/").split()
        texts = {each: f"{each.name} {each.help(words_of(self)).casefold()}" for each in COMMANDS}
        fitting = [each for each, text in texts.items() if all(word in text for word in typed)]
        self._fitting = sorted(fitting, key=lambda each: not any(each.name.startswith(word) for word in typed))
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
        words = words_of(self)
        width = max(len(command.name) for command in COMMANDS) + 2
        rows = []
        for index, command in enumerate(self._fitting):
            lit = index == self._at
            click = Style.from_meta({"@click": f"screen.pick({index})"})
            mark = Content(f"{PROMPT} " if lit else "  ")
            name = Content(f"{command.name:<{width}}").stylize("bold" if lit else "")
            lead = (mark + name).stylize("$accent").stylize(click)
            told = Content(command.help(words))
            rows.append(Line(told.stylize("" if lit else "$quiet").stylize(click), lead, clip=True))
        self.query_one("#palette-rows", Flow).show(
            rows or [Line(Content(words("chat.palette_none")).stylize("$quiet"))]
        )
