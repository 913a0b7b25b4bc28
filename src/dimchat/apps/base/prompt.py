"""Where somebody types: a message of a few lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from dimchat.apps.base.text_widget import visible

if TYPE_CHECKING:
    from textual import events

LONGEST_PASTE = 10_000
OWN_KEYS = frozenset({"copy", "cursor_up", "cursor_down", "cursor_page_up", "cursor_page_down"})
"""Actions that the prompt or the screen bind themselves."""
OTHER_KEYS = {
    "select_all": "alt+a",  # the chat needs Textual's F7 itself
    "cursor_word_left": "ctrl+left,alt+left",
    "cursor_word_right": "ctrl+right,alt+right",
}
"""Keys in place of Textual's; those with alt are what people are used to on a Mac."""


def _edit_id(action: str) -> str:
    """Return a name for an editing action that needs no quotes in a settings file."""
    bare = action.removesuffix("(True)")
    return f"edit.{bare}" if bare == action else f"edit.{bare.replace('cursor', 'select')}"


def editing_keys() -> list[BindingType]:
    """Return Textual's editing keys, each with an id so that it can be remapped."""
    return [
        replace(
            binding,
            key=OTHER_KEYS.get(binding.action, binding.key),
            id=_edit_id(binding.action),
            tooltip=binding.description,
            show=False,
        )
        for binding in TextArea.BINDINGS
        if isinstance(binding, Binding) and binding.action not in OWN_KEYS
    ]


class Prompt(TextArea, inherit_bindings=False):
    """A few lines to type in, which `Submitted` hands on; its keys are up to those who build on it."""

    @dataclass
    class Submitted(Message):
        """The message is ready to be asked."""

        text: str

    @dataclass
    class TooLong(Message):
        """A paste was cut."""

        limit: int

    def __init__(self, placeholder: str = "") -> None:
        """Start empty, with a cursor that stands still."""
        super().__init__(highlight_cursor_line=False, placeholder=placeholder)
        self.cursor_blink = False

    @property
    def value(self) -> str:
        """Return what is typed."""
        return self.text

    @value.setter
    def value(self, text: str) -> None:
        self.text = text
        self.move_cursor(self.document.end)

    def take(self) -> str:
        """Return what was typed, and begin a new line."""
        text, self.value = self.value, ""
        return text

    def action_submit(self) -> None:
        """Ask what is typed."""
        self.post_message(self.Submitted(self.take()))

    def action_delete_to_start_of_line(self) -> None:
        """Delete back to the start of the line as it was typed, however many rows it takes on the screen."""
        row, column = self.cursor_location
        self.delete((row, 0), (row, column))

    async def action_delete_to_end_of_line_or_delete_line(self) -> None:
        """Delete on to the end of the line as it was typed; at its end, the whole line."""
        row, column = self.cursor_location
        end = len(self.document[row])
        if column == end:
            self.action_delete_line()
        else:
            self.delete((row, column), (row, end))

    async def on_key(self, event: events.Key) -> None:
        """Do at once what a key is bound to: Textual would do it only after what was typed right behind it."""
        if event.is_printable:
            return
        bound = self.screen.active_bindings.get(event.key)
        if bound is not None and bound.enabled:
            event.stop()
            event.prevent_default()
            await self.app.run_action(bound.binding.action, bound.node)

    async def on_paste(self, event: events.Paste) -> None:
        """Take a paste with its lines, without what a terminal would obey; nothing is asked before somebody says so."""
        event.prevent_default()
        event.stop()
        self._insert(event.text)

    def action_paste(self) -> None:
        """Take what was copied in the chat."""
        self._insert(self.app.clipboard)

    def _insert(self, pasted: str) -> None:
        lines = (visible(line).rstrip() for line in pasted[: 2 * LONGEST_PASTE].splitlines())
        text = "\n".join(line for line in lines if line)
        if len(text) > LONGEST_PASTE:
            text = text[:LONGEST_PASTE]
            self.post_message(self.TooLong(LONGEST_PASTE))
        self.replace(text, *self.selection)
        self.move_cursor(self.selection.end)
