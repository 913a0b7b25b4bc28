"""Where a visitor types."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from dimchat.apps.chat.widgets.prompt import Prompt, editing_keys
from dimchat.apps.stand.widgets.keyboard import ASK, CLEAR, DELETE
from dimchat.wording import kiosk as words


class KioskPrompt(Prompt, inherit_bindings=False):
    """One line that grows; up and down go to what can be touched."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", show=False, id="prompt.ask"),
        Binding("up", "screen.go(0, -1)", show=False, id="prompt.up"),
        Binding("down", "screen.go(0, 1)", show=False, id="prompt.down"),
        *editing_keys(),
    ]

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.placeholder = words.PLACEHOLDER

    def take(self) -> str:
        """Return what was typed, and begin a new line; nothing is remembered."""
        text = self.value
        self.value = ""
        return text

    def touch(self, means: str) -> None:
        """Do what a key of the screen's keyboard does."""
        if means == ASK:
            self.action_submit()
        elif means == DELETE:
            self.action_delete_left()
        elif means == CLEAR:
            self.value = ""
        else:
            self.insert(means)
