"""What can be touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from dimchat.apps.chat.flow import Flow, Line
from dimchat.apps.chat.text import literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events

Act = tuple[str, ...]
"""What a pad does: a name, and what the name needs."""


class Pad(Flow, can_focus=True, inherit_bindings=False):
    """A place to touch; with a keyboard, reached with tab or arrows and pressed with enter."""

    ALLOW_SELECT = False
    FOCUS_ON_CLICK = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "press", show=False, id="pad.press"),
        Binding("up", "screen.go(0, -1)", show=False, id="pad.up"),
        Binding("down", "screen.go(0, 1)", show=False, id="pad.down"),
        Binding("left", "screen.go(-1, 0)", show=False, id="pad.left"),
        Binding("right", "screen.go(1, 0)", show=False, id="pad.right"),
    ]

    @dataclass
    class Pressed(Message):
        """It was touched, or entered."""

        act: Act

    @dataclass
    class Typed(Message):
        """Somebody typed while it was lit."""

        character: str

    def __init__(
        self,
        label: str | Iterable[Line],
        *act: str,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Take what stands on it and what it does."""
        lines = [Line(literal(label))] if isinstance(label, str) else label
        super().__init__(lines, id=id, classes=classes)
        self.act = act

    def name_anew(self, label: str) -> None:
        """Put other words on it."""
        self.show([Line(literal(label))])

    def action_press(self) -> None:
        """Do what it does."""
        self.post_message(self.Pressed(self.act))

    def on_click(self, event: events.Click) -> None:
        """Do what it does."""
        event.stop()
        self.action_press()

    def on_key(self, event: events.Key) -> None:
        """Hand what is typed on; space and enter are bound."""
        if event.is_printable and event.character and event.character != " ":
            event.stop()
            self.post_message(self.Typed(event.character))


def tile_lines(title: str, about: str) -> list[Line]:
    """Return a title with a few words below it."""
    lines = [Line(literal(title).stylize("bold"), clip=True)]
    if about:
        lines.append(Line(literal(about).stylize("$quiet"), clip=True))
    return lines


def source_line(number: int, title: str, publisher: str | None) -> list[Line]:
    """Return a source as it stands under an answer."""
    text = literal(" · ".join(part for part in (title, publisher) if part))
    return [Line(text, Content(f"[{number}] ").stylize("$accent"), Content("QR").stylize("$accent"), clip=True)]
