"""Asks before the conversation is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from dimchat.apps.chat.flow import BLANK, Flow, Line, link
from dimchat.apps.chat.keys import key_name
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
