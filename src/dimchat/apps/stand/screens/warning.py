"""Asks whether somebody is still there, over whatever else is shown."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from dimchat.apps.chat.flow import Flow, Line
from dimchat.wording import kiosk as words

if TYPE_CHECKING:
    from textual.app import ComposeResult


class WarningScreen(ModalScreen[None], inherit_bindings=False):
    """Shows how long is left; the app takes it away at any sign of life."""

    CSS_PATH = "warning.tcss"

    def __init__(self, left: float) -> None:
        """Take the seconds that are left."""
        super().__init__()
        self._left = Flow([_left(left)], id="warning-left")

    def compose(self) -> ComposeResult:
        """Put the three lines into a frame."""
        with Vertical(id="warning"):
            yield Flow([Line(Content(words.WARNING_HEAD).stylize("bold $warning"))])
            yield Flow([Line(Content(words.WARNING_ACT))])
            yield self._left

    def count(self, left: float) -> None:
        """Show how many seconds are left."""
        self._left.show([_left(left)])


def _left(left: float) -> Line:
    seconds = max(math.ceil(left), 1)
    text = words.WARNING_LEFT_ONE if seconds == 1 else words.WARNING_LEFT.format(seconds=seconds)
    return Line(Content(text))
