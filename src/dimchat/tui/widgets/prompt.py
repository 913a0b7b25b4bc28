"""Where the visitor types."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from dimchat import wording
from dimchat.tui.text import visible

if TYPE_CHECKING:
    from textual import events

LONGEST_PASTE = 10_000
OWN_KEYS = frozenset({"submit", "copy"})
"""Actions that the prompt or the app bind themselves."""


def _editing() -> list[BindingType]:
    """Return Textual's editing keys, each with an id so that it can be remapped."""
    return [
        replace(binding, id=f"edit.{binding.action}", tooltip=binding.description, show=False)
        for binding in Input.BINDINGS
        if isinstance(binding, Binding) and binding.action not in OWN_KEYS
    ]


class Prompt(Input, inherit_bindings=False):
    """One line to type in; up and down bring back what was asked before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", wording.KEY_ASK, id="prompt.ask", tooltip=wording.TIP_ASK),
        Binding("up", "earlier", show=False, id="prompt.earlier", tooltip=wording.TIP_EARLIER),
        Binding("down", "later", show=False, id="prompt.later", tooltip=wording.TIP_LATER),
        *_editing(),
    ]

    @dataclass
    class TooLong(Message):
        """A paste was cut."""

        limit: int

    def __init__(self) -> None:
        """Start empty, with a cursor that stands still."""
        super().__init__(
            placeholder=wording.CHAT_PLACEHOLDER, compact=True, select_on_focus=False, max_length=LONGEST_PASTE
        )
        self.cursor_blink = False
        self._past: list[str] = []
        self._at = 0
        self._draft = ""

    def take(self) -> str:
        """Return what was typed, remember it, and begin a new line."""
        text = self.value
        if text.strip() and (not self._past or self._past[-1] != text):
            self._past.append(text)
        self._at = len(self._past)
        self._draft = ""
        self.value = ""
        return text

    def action_earlier(self) -> None:
        """Bring back the message before."""
        if self._at == len(self._past):
            self._draft = self.value
        self._recall(self._at - 1)

    def action_later(self) -> None:
        """Go forward again, at last to what was being typed."""
        self._recall(self._at + 1)

    def _recall(self, index: int) -> None:
        if 0 <= index <= len(self._past):
            self._at = index
            self.value = self._past[index] if index < len(self._past) else self._draft
            self.cursor_position = len(self.value)

    def _on_paste(self, event: events.Paste) -> None:
        """Take a paste as one line, without what a terminal would obey."""
        event.prevent_default()
        event.stop()
        text = visible(" ".join(event.text.splitlines()))
        if len(text) > LONGEST_PASTE:
            text = text[:LONGEST_PASTE]
            self.post_message(self.TooLong(LONGEST_PASTE))
        self.replace(text, *self.selection)
