"""The rows under the last turn that can be picked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from dimchat.apps.chat.flow import Flow, Line
from dimchat.apps.chat.text import literal, visible
from dimchat.wording import chat as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from dimchat.apps.chat.choices import Choice


class ChoiceRow(Flow, can_focus=True, inherit_bindings=False):
    """One choice: its number, its words, and for a category its size."""

    ALLOW_SELECT = False
    FOCUS_ON_CLICK = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", words.KEY_PICK, id="choice.pick", tooltip=words.TIP_PICK),
        Binding("down", "next", show=False, id="choice.next", tooltip=words.TIP_NEXT),
        Binding("up", "previous", show=False, id="choice.previous", tooltip=words.TIP_PREVIOUS),
        Binding("escape", "leave", words.KEY_BACK, id="choice.leave", tooltip=words.TIP_BACK),
    ]

    @dataclass
    class Picked(Message):
        """A row was clicked, or entered."""

        choice: Choice

    @dataclass
    class Typed(Message):
        """Somebody typed while a row was lit: the words belong to the prompt."""

        character: str

    @dataclass
    class Left(Message):
        """The prompt is wanted back."""

    def __init__(self, choice: Choice, key_width: int, label_width: int) -> None:
        """Show a choice, aligned with the widest of its list."""
        self.choice = choice
        lead = Content(f"{choice.key:>{key_width}}").stylize("$accent") + Content("  ")
        body = literal(choice.label)
        if choice.about or choice.count:
            body = body.pad_right(max(label_width - body.cell_length, 0))
            body += Content(f"  {visible(choice.about)}").stylize("$quiet")
        super().__init__([Line(body, lead, Content(choice.count).stylize("$quiet"), clip=bool(choice.count))])

    def action_pick(self) -> None:
        """Pick this row."""
        self.post_message(self.Picked(self.choice))

    def action_next(self) -> None:
        """Light the row below."""
        self.screen.focus_next()

    def action_previous(self) -> None:
        """Light the row above."""
        self.screen.focus_previous()

    def action_leave(self) -> None:
        """Go back to the prompt."""
        self.post_message(self.Left())

    def on_click(self) -> None:
        """Pick this row."""
        self.action_pick()

    def on_key(self, event: events.Key) -> None:
        """Hand what is typed to the prompt."""
        if event.is_printable and event.character:
            event.stop()
            self.post_message(self.Typed(event.character))


class ChoiceList(Vertical, inherit_bindings=False):
    """The choices of the last turn."""

    def __init__(self, choices: Sequence[Choice], *, inside: bool) -> None:
        """Take the rows; `inside` continues the accent bar of the answer above."""
        super().__init__(classes="-inside" if inside else "")
        self.choices = tuple(choices)

    def compose(self) -> ComposeResult:
        """Make a row of each choice."""
        keys = max(len(choice.key) for choice in self.choices)
        labels = max(literal(choice.label).cell_length for choice in self.choices)
        for choice in self.choices:
            yield ChoiceRow(choice, keys, labels)
